import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING_SCANNED, type ScanCounts } from '#shared/contract/schemas';
import type { Walked, WalkedFile } from '../../../src/main/adapters/walk';
import type { Context } from '../../../src/main/backend/context';
import { findFiles, type FreshFile } from '../../../src/main/backend/stages/find-files';
import { KnownFiles, type KnownFile } from '../../../src/main/backend/stages/known-files';
import { isUnder, openStore, type Store } from '../../../src/main/store';
import { temporaryFolder } from '../../builders/backend';

const few = (n: number) => fc.nat(n).map(String);
const stamp = fc.record({ size: fc.nat(3), mtimeNs: few(3) });

describe('files known from the last scan', () => {
  const path = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    few(40).map((n) => `/music/${n}.mp3`),
  );
  const library = fc.uniqueArray(
    fc.record({ path, settled: fc.boolean() }).chain((one) => stamp.map((s) => ({ ...one, ...s }))),
    {
      selector: (file) => file.path,
      maxLength: 300,
    },
  );
  /** Ids rise, with gaps. */
  const numbered = (files: readonly Omit<KnownFile, 'id'>[]): KnownFile[] =>
    files.map((file, i) => ({ ...file, id: i * 3 + 1 }));

  it('are found as in a map from path to track, and those not met are left', () => {
    fc.assert(
      fc.property(library, fc.array(fc.tuple(path, stamp)), fc.array(fc.nat(299)), (files, walked, asked) => {
        const tracks = numbered(files);
        const known = new KnownFiles();
        for (const track of tracks) known.add(track);
        const byPath = new Map(tracks.map((track) => [track.path, track]));
        const met = new Set<number>();
        const strangers = walked.map(([strange, its]) => ({ path: strange, ...its }));
        for (const file of [...strangers, ...tracks.filter((_, i) => i % 2 === 0)]) {
          const track = byPath.get(file.path);
          const same = track?.settled && track.size === file.size && track.mtimeNs === file.mtimeNs;
          expect(known.unchanged(file)).toBe(same ? track.id : null);
          if (same) met.add(track.id);
        }
        for (const id of asked) {
          known.meet(id);
          met.add(id);
        }
        expect(known.missed()).toEqual(tracks.map(({ id }) => id).filter((id) => !met.has(id)));
      }),
    );
  });

  it('are never taken for one another, though their hashes be the same', () => {
    fc.assert(
      fc.property(library, (files) => {
        const tracks = numbered(files);
        const known = new KnownFiles((text, into, offset) => {
          into[offset] = text.length % 3;
          into[offset + 1] = 7;
        });
        for (const track of tracks) known.add(track);
        for (const track of tracks) expect([null, track.id]).toContain(known.unchanged(track));
      }),
    );
  });
});

type State = 'there' | 'gone';
const FOLDERS = ['/music', '/music/a', '/music/a/b', '/music/c', '/musical'];
const NAMES = ['x.mp3', 'ä.mp3', 'z.flac'];
const PATHS = FOLDERS.flatMap((folder) => NAMES.map((name) => join(folder, name)));

/** What lies on a disk: a stamp for each file that is there, and folders that can't be read. */
const disk = fc.record({
  files: fc.array(fc.option(stamp, { freq: 3 }), { minLength: PATHS.length, maxLength: PATHS.length }),
  unreadable: fc.subarray(['/music/a', '/music/c', '/music/c/x.mp3'], { maxLength: 1 }),
});

function walkOf({ files, unreadable }: typeof disk extends fc.Arbitrary<infer T> ? T : never, root: string): Walked[] {
  const hidden = (path: string): boolean => unreadable.some((folder) => isUnder(path, folder));
  const found = PATHS.flatMap((path, i): WalkedFile[] => {
    const file = files[i];
    return file && isUnder(path, root) && !hidden(path) ? [{ kind: 'file', path, inode: String(i), ...file }] : [];
  });
  const failures = unreadable
    .filter((path) => isUnder(path, root))
    .map((path) => ({ kind: 'failure' as const, path, code: 'permission-denied' as const, message: 'No.' }));
  return [...found, ...failures];
}

describe('a scan that compares in bulk', () => {
  interface Row {
    size: number;
    mtimeNs: string;
    rootId: number | null;
    state: State;
    /** It could not be read the last time, so it is looked into again. */
    retry: boolean;
  }

  /** The same, one file after the other. */
  function oneByOne(
    rows: Map<string, Row>,
    walked: readonly Walked[],
    target: { path: string; rootId: number | null },
  ) {
    const counts: ScanCounts = { ...NOTHING_SCANNED };
    const fresh: string[] = [];
    const seen = new Set<string>();
    const blocked: string[] = [];
    for (const one of walked) {
      if (one.kind === 'failure') {
        counts.failed++;
        blocked.push(one.path);
        const row = rows.get(one.path);
        if (row) row.retry = true;
      }
      if (one.kind !== 'file') continue;
      counts.found++;
      seen.add(one.path);
      const row = rows.get(one.path);
      if (row && row.size === one.size && row.mtimeNs === one.mtimeNs) {
        if (row.state === 'there') counts.unchanged++;
        else counts.new++;
        row.rootId = target.rootId;
        if (row.retry) fresh.push(one.path);
      } else {
        fresh.push(one.path);
        if (row) counts.changed++;
      }
    }
    for (const [path, row] of rows)
      if (
        row.state === 'there' &&
        isUnder(path, target.path) &&
        !seen.has(path) &&
        !blocked.some((b) => isUnder(path, b))
      ) {
        row.state = 'gone';
        counts.removed++;
      }
    for (const one of walked)
      if (one.kind === 'file')
        rows.set(one.path, {
          size: one.size,
          mtimeNs: one.mtimeNs,
          rootId: target.rootId,
          state: 'there',
          retry: false,
        });
    return { counts, fresh };
  }

  /** As the next stage does, without looking into files. */
  function keep(store: Store, fresh: readonly FreshFile[]): void {
    for (const { file, rootId, known } of fresh) {
      const scanned = { ...file, rootId, tags: null, contentHash: null };
      if (known) store.tracks.update(known.id, scanned);
      else store.tracks.insert(scanned, 0);
      if (known) store.failures.clear(file.path, 'scan', known.id);
    }
  }

  it('finds what one file after the other would: new, changed, unchanged, back again, gone, of another folder', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(disk, fc.constantFrom('/music', '/music/a')), { maxLength: 6 }),
        async (scans) => {
          const folder = temporaryFolder();
          const store = openStore(join(folder.path, 'library.db'));
          try {
            const roots = new Map(['/music', '/music/a'].map((path) => [path, store.roots.add(path, 0).id]));
            const rows = new Map<string, Row>();
            for (const [content, path] of scans) {
              const target = { kind: 'folder' as const, path, rootId: roots.get(path)! };
              const walked = walkOf(content, path);
              const walk = async function* (): AsyncGenerator<Walked> {
                for (const one of walked) yield await Promise.resolve(one);
              };
              const counts: ScanCounts = { ...NOTHING_SCANNED };
              const context = { store, walk } as unknown as Context;
              const fresh = await findFiles(context, [target], counts, new AbortController().signal, () => undefined);
              keep(store, fresh);
              const expected = oneByOne(rows, walked, target);
              expect(counts).toEqual(expected.counts);
              expect(fresh.map(({ file }) => file.path)).toEqual(expected.fresh);
              for (const [known, row] of rows) {
                const { missing, rootId, size, mtimeNs, retry } = store.tracks.byPath(known)!;
                const state = missing ? 'gone' : 'there';
                expect({ known, state, rootId, size, mtimeNs, retry: retry === 1 }).toEqual({ known, ...row });
              }
            }
          } finally {
            store.close();
            folder.cleanUp();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
