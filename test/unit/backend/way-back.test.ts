import { describe, expect, it } from 'vitest';
import type { FieldDiff } from '#shared/domain/tags';
import { wayBack } from '../../../src/main/backend/undo/way-back';
import type { JournalEntry } from '../../../src/main/store';

/** Files are single letters here, and a file's hash is the file itself. */
function entry(id: number, kind: 'write' | 'undo', before: string, after: string, more: object = {}): JournalEntry {
  return {
    id,
    runId: id,
    kind,
    path: '/a.mp3',
    status: 'written',
    diffs: [diff('genre', before, after)],
    undo: {
      splices: [{ offset: 0, remove: 1, insert: Uint8Array.of(before.charCodeAt(0)) }],
      receipt: { sizeBefore: 1, sizeAfter: 1, hashBefore: before, hashAfter: after, audioHash: 'audio', ...more },
      mtimeNs: String(id),
    },
  };
}
const diff = (field: string, before: string, after: string): FieldDiff => ({
  field,
  names: ['TCON'],
  before: [before],
  after: [after],
});
const A = entry(1, 'write', 'a', 'b');
const B = entry(2, 'write', 'b', 'c');
const C = entry(3, 'write', 'c', 'd');

describe('the way back', () => {
  it('of one write leads from what it left to what it found, and nowhere else', () => {
    expect(wayBack([A, B], [B], 'c', false)).toMatchObject({ entry: B.undo });
    expect(wayBack([A, B], [A], 'b', false)).toMatchObject({ entry: A.undo });
    // Another write lies above: going through it would take that back too.
    expect(wayBack([A, B], [A], 'c', false)).toBeNull();
    expect(wayBack([A, B], [B], 'x', false)).toBeNull();
    expect(wayBack([A, B], [B], 'b', false)).toBe('as-before');
  });

  it('of all writes goes through them in one step', () => {
    const way = wayBack([A, B, C], [C, B, A], 'd', true);
    expect(way).toEqual({
      entry: {
        splices: [{ offset: 0, remove: 1, insert: Uint8Array.of(97) }],
        receipt: { sizeBefore: 1, sizeAfter: 1, hashBefore: 'a', hashAfter: 'd', audioHash: 'audio' },
        mtimeNs: '1',
      },
      diffs: [diff('genre', 'd', 'a')],
    });
  });

  it('finds its way through undos, also such as went field by field', () => {
    const byField = entry(3, 'undo', 'c', 'e');
    expect(wayBack([A, B, byField], [B], 'e', true)).toMatchObject({
      entry: { receipt: { hashAfter: 'e', hashBefore: 'a' } },
    });
  });

  it('ends at what another program did', () => {
    const later = entry(2, 'write', 'x', 'y');
    expect(wayBack([A, later], [later, A], 'y', true)).toBeNull();
    // Where the first write was undone before, nothing of ours was in the file then.
    const undo = entry(3, 'undo', 'b', 'a');
    const last = entry(4, 'write', 'x', 'y');
    expect(wayBack([A, undo, last], [last], 'y', true)).toMatchObject({ entry: last.undo });
  });

  it('leaves fields out that are the same at both ends', () => {
    const there = entry(2, 'write', 'b', 'a');
    expect(wayBack([A, { ...there, diffs: [diff('genre', 'b', 'a'), diff('mood', 'x', 'y')] }], [A], 'a', true)).toBe(
      'as-before',
    );
    const again = { ...entry(2, 'write', 'b', 'c'), diffs: [diff('genre', 'b', 'a'), diff('mood', 'x', 'y')] };
    expect(wayBack([A, again], [again, A], 'c', true)).toMatchObject({ diffs: [diff('mood', 'y', 'x')] });
  });

  it('joins writes that were made in different ways as far as they go together', () => {
    const way = (...entries: JournalEntry[]) => wayBack(entries, [...entries].reverse(), 'c', true);
    const first = (more: object) => entry(1, 'write', 'a', 'b', more);
    const second = (more: object) => entry(2, 'write', 'b', 'c', more);
    const inPlace = { method: 'in-place' };
    expect(way(first({}), second(inPlace))).toMatchObject({ entry: { receipt: inPlace } });
    expect(way(first(inPlace), second({}))).toMatchObject({ entry: { receipt: inPlace } });
    const link = { method: 'own-file', target: '/t.mp3', brokenLink: 't.mp3' };
    expect(way(first(link), second({}))).toMatchObject({ entry: { receipt: link } });
    expect(way(first(link), second(inPlace))).toMatchObject({ entry: { receipt: link } });
    // What was written through the link is in its target still, not in the file that took the link's place.
    expect(way(first({ target: '/t.mp3' }), second(link))).toBeNull();
    expect(way(first({ target: '/t.mp3' }), second({ target: '/t.mp3' }))).not.toBeNull();
    expect(way(first({ target: '/t.mp3' }), second({}))).toBeNull();
  });
});
