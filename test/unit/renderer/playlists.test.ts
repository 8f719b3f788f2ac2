import { describe, expect, it } from 'vitest';
import { smartPlaylistSchema } from '#shared/contract/playlists';
import type { Condition, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { readCondition } from '../../../src/renderer/features/playlists/condition-draft';
import {
  addCondition,
  addGroup,
  changeCondition,
  duplicateNode,
  emptyRule,
  indentNode,
  isGroup,
  moveNode,
  outdentNode,
  removeNode,
  setField,
  setKind,
  type DraftNode,
  type DraftRule,
} from '../../../src/renderer/features/playlists/draft';
import { FIELDS, kindOf, OPERATORS } from '../../../src/renderer/features/playlists/fields';
import { oneAtATime } from '../../../src/renderer/features/playlists/one-at-a-time';
import { assemble, draftOf, emptyDraft, isSame } from '../../../src/renderer/features/playlists/playlist-draft';
import { playlistText, readPlaylistText } from '../../../src/renderer/features/playlists/playlist-json';
import { freeName, moved } from '../../../src/renderer/features/playlists/playlist-list';
import { readScaled, scaleOf, writeScaled } from '../../../src/renderer/features/playlists/scales';
import { inWords } from '../../../src/renderer/features/playlists/sentence';

const CONDITIONS: readonly Condition[] = [
  { field: 'artist', op: 'contains', value: 'Björk' },
  { field: 'tag', tag: 'COMPOSER', op: 'present' },
  { field: 'title', op: 'matches', value: '^live|unplugged$' },
  { field: 'heardGenre', op: 'isWithin', value: 'Rock' },
  { field: 'ownGenre', op: 'missing' },
  { field: 'state', op: 'is', value: 'decided' },
  { field: 'genreShare', of: 'Metal', op: 'atLeast', value: 0.29 },
  { field: 'moodShare', of: 'Calm', op: 'between', from: 0.1, to: 0.57 },
  { field: 'confidence', op: 'over', value: 0.58 },
  { field: 'valence', op: 'under', value: -0.25 },
  { field: 'duration', op: 'between', from: 90, to: 3723 },
  { field: 'duration', op: 'atMost', value: 90.5 },
  { field: 'size', op: 'over', value: 1_100_000 },
  { field: 'year', op: 'isNot', value: 1999 },
  { field: 'rating', op: 'present' },
  { field: 'added', op: 'inLast', days: 30 },
  { field: 'modified', op: 'between', from: '2025-01-01', to: '2025-12-31' },
  { field: 'written', op: 'on', value: '2026-02-28' },
  { field: 'similarity', op: 'atLeast', to: '/music/a.flac', value: -0.1 },
];

const playlist = (rule: Rule, rest: Partial<SmartPlaylist> = {}): SmartPlaylist => ({
  version: 1,
  name: 'Evening',
  rule,
  order: { by: 'path' },
  limit: null,
  ...rest,
});

/** The shape of a rule: numbers of conditions, groups with their kind. */
const shape = (node: DraftNode): unknown => (isGroup(node) ? { [node.kind]: node.children.map(shape) } : node.id);
const shapeOf = (rule: DraftRule): unknown => shape(rule.root);

/** all [1, 2, any [4, 5]] */
function example(): DraftRule {
  let { rule } = addCondition(emptyRule, 0);
  ({ rule } = addCondition(rule, 1));
  ({ rule } = addGroup(rule, 0));
  ({ rule } = addCondition(rule, 4));
  return rule;
}

describe('a rule on its way', () => {
  it('grows by conditions and groups, and says where one goes on', () => {
    expect(shapeOf(example())).toEqual({ all: [1, 2, { any: [4, 5] }] });
    expect(addCondition(example(), 1)).toMatchObject({ focus: 6 });
    expect(shapeOf(addCondition(example(), 1).rule)).toEqual({ all: [1, 6, 2, { any: [4, 5] }] });
    expect(shapeOf(addGroup(example(), 3).rule)).toEqual({ all: [1, 2, { any: [4, 5, { all: [7] }] }] });
  });

  it('begins a further condition with the field of the one before', () => {
    const rule = setField(example(), 1, 'year');
    expect(addCondition(rule, 1).rule.root.children[1]).toMatchObject({ field: 'year', value: '' });
  });

  it('loses nodes, and goes on with the next, else the one before, else the group', () => {
    expect(removeNode(example(), 1)).toMatchObject({ focus: 2 });
    expect(removeNode(example(), 5)).toMatchObject({ focus: 4 });
    const empty = removeNode(removeNode(example(), 5).rule, 4);
    expect(empty.focus).toBe(3);
    expect(shapeOf(empty.rule)).toEqual({ all: [1, 2, { any: [] }] });
  });

  it('has copies with numbers of their own', () => {
    const { rule, focus } = duplicateNode(example(), 3);
    expect(shapeOf(rule)).toEqual({ all: [1, 2, { any: [4, 5] }, { any: [7, 8] }] });
    expect(focus).toBe(6);
    expect(rule.nextId).toBe(9);
    expect(duplicateNode(rule, 0).rule).toBe(rule);
  });

  it('moves nodes among their neighbours, and no further', () => {
    expect(shapeOf(moveNode(example(), 2, -1).rule)).toEqual({ all: [2, 1, { any: [4, 5] }] });
    const rule = example();
    expect(moveNode(rule, 1, -1).rule).toBe(rule);
    expect(moveNode(rule, 5, 1).rule).toBe(rule);
  });

  it('puts nodes into the group before them, or into one of their own, and out again', () => {
    const behind = moveNode(example(), 3, -1).rule;
    expect(shapeOf(behind)).toEqual({ all: [1, { any: [4, 5] }, 2] });
    expect(shapeOf(indentNode(behind, 2).rule)).toEqual({ all: [1, { any: [4, 5, 2] }] });
    const own = indentNode(example(), 2).rule;
    expect(shapeOf(own)).toEqual({ all: [1, { any: [2] }, { any: [4, 5] }] });
    expect(shapeOf(outdentNode(own, 2).rule)).toEqual({ all: [1, 2, { any: [4, 5] }] });
    expect(shapeOf(outdentNode(example(), 4).rule)).toEqual({ all: [1, 2, { any: [5] }, 4] });
    const rule = example();
    expect(outdentNode(rule, 1).rule).toBe(rule);
  });

  it('keeps what was typed where another field means the same by it', () => {
    const typed = changeCondition(setField(example(), 1, 'artist'), 1, { op: 'startsWith', value: 'The' });
    expect(setField(typed, 1, 'album').root.children[0]).toMatchObject({
      field: 'album',
      op: 'startsWith',
      value: 'The',
    });
    expect(setField(typed, 1, 'year').root.children[0]).toMatchObject({ field: 'year', op: 'atLeast', value: '' });
    const years = changeCondition(setField(example(), 1, 'year'), 1, { op: 'over', value: '1990' });
    expect(setField(years, 1, 'bitrate').root.children[0]).toMatchObject({ op: 'over', value: '' });
    expect(shapeOf(setKind(example(), 3, 'none'))).toEqual({ all: [1, 2, { none: [4, 5] }] });
  });
});

describe('conditions', () => {
  it.each(CONDITIONS.map((condition) => [JSON.stringify(condition), condition] as const))('%s', (_, condition) => {
    const draft = draftOf(playlist({ all: [condition] }));
    const { playlist: again, unfinished } = assemble(draft, '-');
    expect(unfinished).toEqual([]);
    expect(again.rule).toEqual({ all: [condition] });
    expect(smartPlaylistSchema.safeParse(again).success).toBe(true);
  });

  it('are offered only such comparisons as the form has', () => {
    const filled: Record<string, { value: string; until: string }> = {
      date: { value: '2025-01-01', until: '2025-02-01' },
      number: { value: '0', until: '1' },
    };
    for (const field of FIELDS)
      for (const op of OPERATORS[kindOf(field)]) {
        const days = op === 'inLast' || op === 'inLastNot';
        const { value, until } = filled[days ? 'number' : kindOf(field)] ?? { value: '0', until: '1' };
        const condition = readCondition({ id: 1, field, op, subject: 'x', value, until });
        const made = playlist({ all: [condition as Condition] });
        expect(smartPlaylistSchema.safeParse(made).success, `${field} ${op}`).toBe(true);
      }
  });

  it.each([
    ['artist', 'is', {}, 'text'],
    ['tag', 'present', {}, 'tag'],
    ['title', 'matches', { value: '(' }, 'expression'],
    ['genre', 'is', { value: '  ' }, 'label'],
    ['genreShare', 'over', { value: '30' }, 'label'],
    ['confidence', 'over', { value: '' }, 'number'],
    ['confidence', 'over', { value: '130' }, 'range'],
    ['valence', 'over', { value: 'high' }, 'range'],
    ['year', 'between', { value: '1990' }, 'number'],
    ['year', 'between', { value: '1999', until: '1990' }, 'order'],
    ['added', 'on', { value: '' }, 'date'],
    ['added', 'between', { value: '2025-02-01', until: '2025-01-01' }, 'order'],
    ['added', 'inLast', { value: 'two' }, 'days'],
    ['similarity', 'atLeast', { value: '70' }, 'track'],
  ] as const)('%s %s %j lack: %s', (field, op, typed, lack) => {
    expect(readCondition({ id: 1, field, op, subject: '', value: '', until: '', ...typed })).toBe(lack);
  });

  it('take numbers as people type them', () => {
    expect(readScaled('30 %', scaleOf('confidence'))).toBe(0.3);
    expect(readScaled('−0,5', scaleOf('valence'))).toBe(-0.5);
    expect(readScaled('1:02:03', scaleOf('duration'))).toBe(3723);
    expect(readScaled('1e3', scaleOf('year'))).toBeNull();
    expect(writeScaled(0.07, scaleOf('confidence'))).toBe('7');
  });
});

describe('a playlist on its way', () => {
  it('is sent without what is unfinished, and says where that is', () => {
    let draft = draftOf(playlist({ all: [CONDITIONS[0]!, { any: [{ field: 'year', op: 'over', value: 1990 }] }] }));
    draft = { ...draft, rule: changeCondition(draft.rule, 3, { value: 'soon' }), name: ' ' };
    draft = { ...draft, limit: { by: 'tracks', amount: '2.5' }, order: { ...draft.order, by: 'similarity' } };
    const { playlist: made, unfinished } = assemble(draft, 'Unnamed');
    expect(made).toEqual(playlist({ all: [CONDITIONS[0]!] }, { name: 'Unnamed' }));
    expect(unfinished).toEqual([
      { at: 'name', lack: 'name' },
      { at: 3, lack: 'range' },
      { at: 'order', lack: 'track' },
      { at: 'limit', lack: 'amount' },
    ]);
  });

  it('keeps order, limit, comment and empty groups', () => {
    const whole = playlist(
      { any: [{ none: [] }, CONDITIONS[3]!] },
      { comment: 'For Sundays', order: { by: 'genreShare', of: 'Jazz', descending: true }, limit: { hours: 1.5 } },
    );
    expect(assemble(draftOf(whole), '-').playlist).toEqual(whole);
    expect(assemble(emptyDraft('New'), '-').playlist).toEqual(playlist({ all: [] }, { name: 'New' }));
    // A bare condition is shown as a group of one.
    expect(assemble(draftOf(playlist(CONDITIONS[0]!)), '-').playlist.rule).toEqual({ all: [CONDITIONS[0]] });
  });

  it('is the same however its parts are ordered', () => {
    const other = JSON.parse(
      '{"limit":null,"order":{"by":"path"},"rule":{"all":[]},"name":"Evening","version":1}',
    ) as SmartPlaylist;
    expect(isSame(playlist({ all: [] }), other)).toBe(true);
    expect(isSame(playlist({ all: [] }), playlist({ any: [] }))).toBe(false);
  });

  it('reads as a sentence', () => {
    const rule: Rule = { all: [CONDITIONS[3]!, { any: [CONDITIONS[6]!, { none: [CONDITIONS[15]!] }] }] };
    expect(inWords(playlist(rule, { order: { by: 'year', descending: true }, limit: { tracks: 100 } }))).toBe(
      'Tracks where heard genre is (a kind of) Rock and (share of genre Metal is at least 29% or (not added in the last 30 days)); by year, descending; 100 tracks at most',
    );
    expect(inWords(playlist({ all: [] }))).toBe('Every track; by path');
    expect(inWords(playlist({ any: [] }))).toBe('No track; by path');
  });
});

describe('a playlist as JSON', () => {
  it('comes back as it was', () => {
    const whole = playlist({ all: CONDITIONS }, { comment: 'All kinds' });
    expect(readPlaylistText(playlistText(whole))).toEqual({ playlist: whole });
  });

  const problemsOf = (text: string): readonly string[] => {
    const read = readPlaylistText(text);
    return 'problems' in read ? read.problems : [];
  };
  const withRule = (rule: unknown): string => JSON.stringify({ ...playlist({ all: [] }), rule });

  it.each([
    ['{\n  "version": 1,\n  "name"\n}', 'Line 4 is no JSON. Look for a missing comma, quote or bracket there.'],
    ['', 'Line 1 is no JSON. Look for a missing comma, quote or bracket there.'],
    ['[]', 'A playlist is an object with version, name, rule, order and limit.'],
    ['{"version": 2}', 'Only version 1 of this form is known. Look for a newer Genregram.'],
    [JSON.stringify({ ...playlist({ all: [] }), name: '' }), 'name: is missing or of the wrong kind.'],
    [JSON.stringify({ ...playlist({ all: [] }), colour: 'red' }), 'There is no part called “colour”.'],
    [
      withRule({ all: [{ any: [{ field: 'colour', op: 'is', value: 'red' }] }] }),
      'rule.all[1].any[1]: There is no field “colour”.',
    ],
    [
      withRule({ all: [{ field: 'state', op: 'over', value: 1 }] }),
      'rule.all[1]: “state” is not compared by “over”, but by is, isNot.',
    ],
    [
      withRule({ all: [{ field: 'year', op: 'over', value: '1990' }] }),
      'rule.all[1]: “year” with “over” lacks its value, or has one of the wrong kind.',
    ],
    [withRule({ some: [] }), 'rule: is neither a condition (field, op, …) nor all, any or none with a list.'],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });
});

describe('the list of playlists', () => {
  it('moves entries, and finds names for copies', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 1)).toBeNull();
    expect(freeName('Jazz', ['Jazz', 'Jazz (2)'])).toBe('Jazz (3)');
    expect(freeName('Jazz (2)', ['Jazz (2)'])).toBe('Jazz (3)');
  });

  it('asks one question after the other, and none that nobody waits for any more', async () => {
    const turns = oneAtATime();
    const asked: string[] = [];
    let finish = (): void => undefined;
    const first = turns(() => {
      asked.push('first');
      return new Promise<void>((resolve) => (finish = resolve));
    }, new AbortController().signal);
    const left = new AbortController();
    const second = turns(() => Promise.resolve(asked.push('second')), left.signal);
    const third = turns(() => Promise.resolve(asked.push('third')), new AbortController().signal);
    left.abort();
    await Promise.resolve();
    expect(asked).toEqual(['first']);
    finish();
    await first;
    await expect(second).rejects.toThrow();
    await third;
    expect(asked).toEqual(['first', 'third']);
  });
});
