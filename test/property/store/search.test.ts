import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_BYS, type GroupBy } from '#shared/contract/grouping';
import { SORT_COLUMNS, type TrackDetail } from '#shared/contract/schemas';
import { parseSearch } from '#shared/domain/search/parse';
import { openStore, type Store } from '../../../src/main/store';
import { fakeResult } from '../../builders/fake-analysis';
import { matchesPlainly } from '../../builders/plain-search';
import { temporaryFolder } from '../../builders/temporary-folder';

const MODEL = { model: 'fake@1.0.0', frontEnd: 'fake-1' };
const LABELS = ['rock', 'hip-hop', 'métal', 'pop/rock', 'r&b'];
const NAMES = ['Queen', 'queen live', 'Élan', 'A', '', '100%', 'or', 'say "hi"', null];

const name = fc.constantFrom(...NAMES);
const genres = fc.subarray(['Rock', 'Hip Hop', 'Pop/Rock', 'Other', '???']);
const share = fc.constantFrom(0, 0.1, 0.25, 0.3, 0.35, 0.5, 0.6, 1);
const track = fc.record({
  file: fc.record({
    folder: fc.constantFrom('/music/Live', '/music/Élan/1', '/vinyl'),
    title: name,
    artist: name,
    album: name,
  }),
  albumArtist: name,
  year: fc.option(fc.integer({ min: 1988, max: 2001 })),
  durationSec: fc.option(fc.constantFrom(30, 240, 599.6, 600, 1200)),
  genres,
  moods: fc.subarray(['Sad', 'Calm']),
  heard: fc.option(
    fc.record({
      model: fc.constantFrom(MODEL.model, MODEL.model, 'former@1.0.0'),
      shares: fc.array(share, { minLength: LABELS.length, maxLength: LABELS.length }),
      confidence: share,
      abstained: fc.boolean(),
      notMusic: fc.boolean(),
      mood: fc.constantFrom('sad', 'happy'),
      wide: fc.subarray(['Techno', 'house']),
      affect: fc.option(fc.record({ valence: fc.constantFrom(-1, 0, 0.5), arousal: fc.constantFrom(-0.25, 0.5) })),
    }),
  ),
  decision: fc.option(fc.record({ action: fc.constantFrom('change', 'skip'), genres, written: fc.boolean() })),
  failed: fc.boolean(),
});
type Track = typeof track extends fc.Arbitrary<infer T> ? T : never;

function add(store: Store, one: Track, n: number): void {
  const { folder, ...tags } = one.file;
  const fileName = `${n} ${one.file.title ?? ''}.mp3`.replaceAll('/', '');
  const path = join(folder, fileName);
  const rest = {
    trackNumber: null,
    bitrate: null,
    sampleRate: null,
    container: null,
    codec: null,
    rating: null,
    texts: {},
  };
  const { albumArtist, year, durationSec, genres: own, moods } = one;
  const id = store.tracks.insert(
    {
      path,
      rootId: null,
      size: n,
      mtimeNs: '1',
      inode: String(n),
      contentHash: null,
      tags: { ...tags, ...rest, albumArtist, year, durationSec, genres: own, moods },
    },
    0,
  );
  if (one.failed) store.failures.set(path, 'analysis', id, { code: 'decode-failed', message: 'x' }, 0);
  if (one.heard) store.results.store(id, resultOf(one.heard, n), 'all', n);
  if (!one.decision) return;
  const { action, genres: chosen, written } = one.decision;
  const decided = action === 'skip' ? [] : chosen;
  store.decisions.set([
    { trackId: id, decision: { action: action as 'skip', genres: decided, moods: [], decidedAt: 1 } },
  ]);
  if (written) store.decisions.setWritten(id, 2);
}

function resultOf(heard: NonNullable<Track['heard']>, n: number) {
  const base = fakeResult(new Uint8Array([n, n >> 8, 80]), heard.model, MODEL.frontEnd);
  const histogram = LABELS.map((label, i) => ({ label, share: heard.shares[i] ?? 0, votes: 0 }));
  const top = LABELS[heard.shares.indexOf(Math.max(...heard.shares) as 0)]!;
  const abstained = heard.abstained || heard.notMusic;
  const reason = heard.notMusic ? ('not-music' as const) : heard.abstained ? ('unsure' as const) : null;
  const verdict = { top, confidence: heard.confidence, abstained, abstainReason: reason, histogram };
  const content = { ...verdict, top: heard.notMusic ? 'speech' : 'music', abstained: false, abstainReason: null };
  return {
    ...base,
    genre: verdict,
    mood: { ...verdict, top: heard.mood, histogram: [] },
    content,
    wide: ['Techno', 'house'].map((label) => ({
      label,
      score: heard.wide.includes(label) ? 0.5 : 0.1,
      threshold: 0.4,
      votes: 0,
    })),
    affect: heard.affect && { ...heard.affect, valenceSpread: 0, arousalSpread: 0 },
  };
}

const number = fc.constantFrom('0', '0.3', '0.30', '30%', '0.6', '1', '-1', '0.5', '1990', '600', '10:00', 'x', '');
const comparison = fc
  .tuple(fc.constantFrom(':', '<', '<=', '>', '>=', '=', ' > '), number)
  .map((parts) => parts.join(''));
const term = fc.oneof(
  fc.constantFrom(
    ...['queen', 'live', 'elan', 'é', '"queen live"', 'rock', '100%', '%', '_', 'mp3', '"', "'", ';--', 'or'],
  ),
  fc
    .tuple(
      fc.constantFrom(
        'artist',
        'album',
        'title',
        'path',
        'genre',
        'heard',
        'mood',
        'wide',
        'state',
        'nonsense',
        'GENRE',
      ),
      fc.constantFrom(
        'queen',
        '"hip hop"',
        'rock',
        'hiphop',
        'poprock',
        'RnB',
        'techno',
        'sad',
        '"',
        'decided',
        'failed',
        'new',
        'unreviewed',
        'live',
        '',
      ),
    )
    .map((parts) => parts.join(':')),
  fc.tuple(fc.constantFrom('confidence', 'year', 'duration', 'valence', 'arousal'), comparison).map((p) => p.join('')),
  fc
    .tuple(fc.constantFrom('rock', '"hip hop"', 'metal', 'polka'), comparison)
    .map(([label, c]) => `share:${label}${c}`),
  fc.constantFrom(
    'year:1990..1999',
    'year:..1992',
    'year:1999..1990',
    'duration:10:00..',
    'state:written',
    'state:skipped',
  ),
);
const query = fc
  .array(fc.tuple(fc.constantFrom('', '', '', '-'), term, fc.constantFrom(' ', '  ', ' or ')), { maxLength: 6 })
  .map((terms) => terms.flat().join(''));

const listing = { quick: 'all', rootId: null } as const;
const byPath = { column: 'path', descending: false } as const;

describe('searching a library', () => {
  it('finds in SQL what a plain look at each track finds, in any order and grouping', () => {
    const folder = temporaryFolder();
    let libraries = 0;
    fc.assert(
      fc.property(
        fc.array(track, { minLength: 1, maxLength: 25 }),
        fc.array(query, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...SORT_COLUMNS),
        fc.boolean(),
        fc.constantFrom(...GROUP_BYS),
        (tracks, queries, column, descending, groupBy) => {
          const store = openStore(join(folder.path, `${libraries++}.db`));
          store.activate(MODEL);
          tracks.forEach((one, n) => {
            add(store, one, n);
          });
          const all = store.queries
            .ids({ ...listing, text: '' }, byPath, -1, 0)
            .map((id) => store.detail(id) as TrackDetail);
          for (const text of queries) {
            const search = parseSearch(text);
            const expected = all.filter((one) => matchesPlainly(search, one)).map(({ id }) => id);
            expect({ text, ids: store.queries.ids({ ...listing, text }, byPath, -1, 0) }).toEqual({
              text,
              ids: expected,
            });
            expect(store.queries.count({ ...listing, text })).toBe(expected.length);

            const sort = { column, descending };
            const inOrder = store.queries.ids({ ...listing, text }, sort, -1, 0);
            const whole = store.queries.ids({ ...listing, text: '' }, sort, -1, 0);
            expect(inOrder).toEqual(whole.filter((id) => expected.includes(id)));
            expectGrouped(store, { ...listing, text, groupBy }, sort, inOrder, all);
          }
          store.close();
        },
      ),
      { numRuns: 40 },
    );
    folder.cleanUp();
  });
});

/** Groups are whole, none is empty, and within each the order is that of the list without groups. */
function expectGrouped(
  store: Store,
  grouped: Parameters<Store['queries']['groups']>[0] & { groupBy: GroupBy },
  sort: Parameters<Store['queries']['groups']>[1],
  inOrder: readonly number[],
  all: readonly {
    id: number;
    path: string;
    album: string | null;
    artist: string | null;
    genre: { top: string } | null;
  }[],
): void {
  const { groupBy } = grouped;
  const ids = store.queries.ids(grouped, sort, -1, 0);
  const counts = store.queries.groups(grouped, sort);
  expect([...ids].sort((a, b) => a - b)).toEqual([...inOrder].sort((a, b) => a - b));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
  const heads = store.queries.groupHeads(grouped, sort, 0, 100);
  expect(heads.map(({ tracks }) => tracks)).toEqual(counts);
  let start = 0;
  for (const head of heads) {
    const members = ids.slice(start, (start += head.tracks));
    expect(members).toEqual(inOrder.filter((id) => members.includes(id)));
    for (const { label, share: part } of head.bars) expect([label, part >= 0 && part <= 1]).toEqual([label, true]);
    for (const id of members) {
      const one = all.find((each) => each.id === id)!;
      if (groupBy === 'folder') expect(join(one.path, '..')).toBe(join(head.subtitle ?? '', head.title ?? ''));
      if (groupBy === 'album' && head.title === null) expect(one.album || null).toBeNull();
    }
  }
  const names = heads.map(({ title, subtitle }) => JSON.stringify([title, subtitle]).toLowerCase());
  if (groupBy === 'heard' || groupBy === 'folder') expect(new Set(names).size).toBe(names.length);
}
