import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleSchema, smartPlaylistSchema } from '#shared/contract/playlists';
import { TRACK_STATES } from '#shared/contract/schemas';
import { builtInGenreGraph } from '#shared/domain/genres/graph';
import { holds, type RuleTrack } from '#shared/domain/playlists/evaluate';
import {
  DATE_FIELDS,
  LABEL_FIELDS,
  LABEL_OPERATORS,
  NUMBER_FIELDS,
  ORDER_FIELDS,
  TEXT_FIELDS,
  TEXT_OPERATORS,
  type Order,
  type Rule,
  type SmartPlaylist,
} from '#shared/domain/playlists/playlist';
import { problemsOf } from '#shared/domain/playlists/problems';
import type { Context } from '../../../src/main/backend/context';
import { createEventHub } from '../../../src/main/backend/events';
import { playlistFinding, playlistIds } from '../../../src/main/backend/playlists/find';
import { createLikeness } from '../../../src/main/backend/review/likeness';
import { openStore, type Store } from '../../../src/main/store';
import { fakeResult } from '../../builders/fake-analysis';
import { temporaryFolder } from '../../builders/temporary-folder';

const MODEL = { model: 'fake@1.0.0', frontEnd: 'fake-1' };
const DAY = 24 * 60 * 60 * 1000;
const NOW = new Date(2026, 10, 22, 12).getTime();

const NAMES = ['Queen', 'queen live', 'Élan', 'A', '100%', 'Straße (live)', ' x', null];
const name = fc.constantFrom(...NAMES);
const GENRES = ['Rock', 'Hard Rock', 'hip hop', 'Rap', 'Jazz-Funk', 'Other', '???'];
const genres = fc.subarray(GENRES);
const moods = fc.subarray(['Sad', 'calm']);
const LABELS = ['rock', 'hip-hop', 'pop/rock'];
const MOODS = ['sad', 'calm'];
const share = fc.constantFrom(0, 0.25, 0.3, 0.5, 1);
/** Days around now, at noon and at midnight. */
const time = fc
  .tuple(fc.constantFrom(0, 1, 7, 30, 400), fc.constantFrom(0, 0.5))
  .map(([days, part]) => NOW - (days + part) * DAY);

const track = fc.record({
  folder: fc.constantFrom('/music/Live', '/music/Élan/1', '/'),
  title: name,
  artist: name,
  albumArtist: name,
  album: name,
  codec: fc.constantFrom('FLAC', 'MPEG 1 Layer 3', null),
  texts: fc.constantFrom<Record<string, string[]>>(
    {},
    { COMPOSER: ['Bach', 'Élan'] },
    { COMPOSER: ['bach'], 'X"Y': ['1'] },
  ),
  year: fc.option(fc.integer({ min: 1988, max: 1991 })),
  trackNumber: fc.option(fc.integer({ min: 1, max: 3 })),
  rating: fc.option(fc.constantFrom(0.5, 3, 5)),
  duration: fc.option(fc.constantFrom(30, 240.5, 600)),
  bitrate: fc.option(fc.constantFrom(320_000, 191_600)),
  sampleRate: fc.option(fc.constantFrom(44_100, 48_000)),
  size: fc.constantFrom(1_000_000, 5_000_000),
  added: time,
  modified: time,
  ownGenres: genres,
  ownMoods: moods,
  heard: fc.option(
    fc.record({
      shares: fc.array(share, { minLength: 3, maxLength: 3 }),
      moodShares: fc.array(share, { minLength: 2, maxLength: 2 }),
      confidence: share,
      abstained: fc.boolean(),
      wide: fc.subarray(['Techno', 'house']),
      affect: fc.option(fc.record({ valence: fc.constantFrom(-1, 0, 0.5), arousal: fc.constantFrom(-0.25, 0.5) })),
      embedding: fc.option(fc.constantFrom([1, 0], [0, 1], [1, 1], [-1, 0.5])),
      at: time,
    }),
  ),
  decision: fc.option(
    fc.record({
      action: fc.constantFrom<'change' | 'skip'>('change', 'skip'),
      genres,
      moods,
      at: time,
      written: fc.option(fc.constantFrom(1, 2)),
    }),
  ),
});
type Track = typeof track extends fc.Arbitrary<infer T> ? T : never;

const pathOf = ({ folder, title }: Track, n: number): string => join(folder, `${n} ${title ?? ''}.mp3`);

/** What is put into the library, and what a rule should see of it. */
function add(store: Store, one: Track, n: number): RuleTrack {
  const path = pathOf(one, n);
  const { title, artist, albumArtist, album, codec, texts, year, trackNumber, rating, bitrate, sampleRate, size } = one;
  const id = store.tracks.insert(
    {
      path,
      rootId: null,
      size,
      mtimeNs: String(BigInt(one.modified) * 1_000_000n),
      inode: String(n),
      contentHash: null,
      tags: {
        ...{ title, artist, albumArtist, album, codec, texts, year, trackNumber, rating, bitrate, sampleRate },
        ...{ genres: one.ownGenres, moods: one.ownMoods, durationSec: one.duration, container: null },
      },
    },
    one.added,
  );
  const heard = one.heard;
  if (heard) store.results.store(id, resultOf(heard, n), 'all', heard.at);
  const skips = one.decision?.action === 'skip';
  const chosen = one.decision && !skips ? one.decision : null;
  if (one.decision) {
    const { action, at, written } = one.decision;
    const decision = { action, genres: chosen?.genres ?? [], moods: chosen?.moods ?? [], decidedAt: at };
    store.decisions.set([{ trackId: id, decision }]);
    if (written !== null) store.decisions.setWritten(id, at + written);
  }
  const written = one.decision?.written != null ? one.decision.at + one.decision.written : null;
  const top = heard && !heard.abstained ? topOf(LABELS, heard.shares) : null;
  return {
    ...{ path, title, artist, albumArtist, album, codec, texts, year, trackNumber, rating, sampleRate, size },
    duration: one.duration ?? (heard ? resultOf(heard, n).durationSec : null),
    bitrate: bitrate === null ? null : Math.round(bitrate / 1000),
    ownGenres: one.ownGenres,
    ownMoods: one.ownMoods,
    confirmedGenres: chosen?.genres ?? [],
    confirmedMoods: chosen?.moods ?? [],
    heardGenre: top,
    heardMood: heard ? topOf(MOODS, heard.moodShares) : null,
    wideGenres: heard?.wide ?? [],
    state: skips ? 'skipped' : written !== null ? 'written' : one.decision ? 'decided' : heard ? 'analysed' : 'new',
    genreShares: heard && LABELS.map((label, i) => ({ label, share: heard.shares[i]! })),
    moodShares: heard && MOODS.map((label, i) => ({ label, share: heard.moodShares[i]! })),
    confidence: heard?.confidence ?? null,
    valence: heard?.affect?.valence ?? null,
    arousal: heard?.affect?.arousal ?? null,
    added: one.added,
    modified: one.modified,
    analysed: heard?.at ?? null,
    decided: one.decision?.at ?? null,
    written,
  };
}

const topOf = (labels: readonly string[], shares: readonly number[]): string =>
  labels[shares.indexOf(Math.max(...shares))]!;

function resultOf(heard: NonNullable<Track['heard']>, n: number) {
  const base = fakeResult(new Uint8Array([n, n >> 8, 80]), MODEL.model, MODEL.frontEnd);
  const verdict = {
    top: topOf(LABELS, heard.shares),
    confidence: heard.confidence,
    abstained: heard.abstained,
    abstainReason: heard.abstained ? ('unsure' as const) : null,
    histogram: LABELS.map((label, i) => ({ label, share: heard.shares[i]!, votes: 0 })),
  };
  return {
    ...base,
    genre: verdict,
    mood: {
      ...verdict,
      top: topOf(MOODS, heard.moodShares),
      abstained: false,
      abstainReason: null,
      histogram: MOODS.map((label, i) => ({ label, share: heard.moodShares[i]!, votes: 0 })),
    },
    wide: ['Techno', 'house'].map((label) => ({
      label,
      score: heard.wide.includes(label) ? 0.5 : 0.1,
      threshold: 0.4,
      votes: 0,
    })),
    affect: heard.affect && { ...heard.affect, valenceSpread: 0, arousalSpread: 0 },
    embedding: heard.embedding && Float32Array.from(heard.embedding),
  };
}

const presence = fc.constantFrom<'missing' | 'present'>('missing', 'present');
const text = fc.constantFrom(
  'queen',
  'QUEEN',
  'elan',
  'é',
  '',
  'live',
  '100%',
  'mp3',
  '/music',
  'l',
  'bach',
  'strasse',
  ' x',
  '?',
);
const pattern = fc.constantFrom('^q', 'é', 'e.*n$', '\\d', '[aq]', 'live|bach', '');
const textField = fc.oneof(
  fc.record({ field: fc.constantFrom(...TEXT_FIELDS.filter((field) => field !== 'tag')) }),
  fc.record({ field: fc.constant('tag' as const), tag: fc.constantFrom('COMPOSER', 'composer', 'X"Y', 'NONE') }),
);
const labelField = fc.record({ field: fc.constantFrom(...LABEL_FIELDS.filter((field) => field !== 'state')) });
const label = fc.constantFrom(
  'rock',
  'Hip-Hop',
  'funk',
  'hard rock',
  'sad',
  'CALM',
  'techno',
  'electronic',
  'Jazz',
  'other',
  '!',
  'pop rock',
);
const numberTest = fc.oneof(
  fc.record({
    op: fc.constantFrom(...(['is', 'isNot', 'over', 'under', 'atLeast', 'atMost'] as const)),
    value: fc.constantFrom(-1, 0, 0.25, 0.5, 3, 30, 192, 320, 1989, 44_100, 5_000_000),
  }),
  fc
    .record({
      op: fc.constant('between' as const),
      from: fc.constantFrom(-1, 0, 0.25, 1989),
      to: fc.constantFrom(1989, 600, 1990),
    })
    .filter(({ from, to }) => from <= to),
);
const day = fc.constantFrom('2026-11-22', '2026-11-21', '2026-11-15', '2026-10-23', '2025-10-18', '0050-01-01');
const dateField = fc.record({ field: fc.constantFrom(...DATE_FIELDS) });
const both = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }));

const condition = fc.oneof(
  both(textField, fc.record({ op: presence })),
  both(textField, fc.record({ op: fc.constantFrom(...TEXT_OPERATORS.filter((op) => op !== 'matches')), value: text })),
  both(textField, fc.record({ op: fc.constant('matches' as const), value: pattern })),
  both(labelField, fc.record({ op: presence })),
  both(labelField, fc.record({ op: fc.constantFrom(...LABEL_OPERATORS), value: label })),
  fc.record({
    field: fc.constant('state' as const),
    op: fc.constantFrom(...LABEL_OPERATORS),
    value: fc.constantFrom(...TRACK_STATES),
  }),
  both(
    fc.record({ field: fc.constantFrom<'genreShare' | 'moodShare'>('genreShare', 'moodShare'), of: label }),
    numberTest,
  ),
  both(fc.record({ field: fc.constantFrom(...NUMBER_FIELDS) }), fc.oneof(numberTest, fc.record({ op: presence }))),
  both(dateField, fc.record({ op: presence })),
  both(dateField, fc.record({ op: fc.constantFrom(...(['before', 'after', 'on'] as const)), value: day })),
  both(dateField, fc.record({ op: fc.constant('between' as const), from: day, to: day })).filter(
    ({ from, to }) => from <= to,
  ),
  both(
    dateField,
    fc.record({ op: fc.constantFrom(...(['inLast', 'inLastNot'] as const)), days: fc.constantFrom(0, 1, 7, 30.5) }),
  ),
) as fc.Arbitrary<Rule>;
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({ all: fc.array(tie('rule'), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('rule'), { maxLength: 4 }) }),
    fc.record({ none: fc.array(tie('rule'), { maxLength: 3 }) }),
  ),
}));

const playlist = (of: Rule, order: Order = { by: 'path' }): SmartPlaylist => ({
  version: 1,
  name: 'x',
  rule: of,
  order,
  limit: null,
});

/** A store, and what finding asks of a backend besides. */
function contextOf(store: Store): Pick<Context, 'store' | 'likeness'> {
  return { store, likeness: createLikeness(store, createEventHub()) };
}

describe('playlists', () => {
  it('find in SQL what a plain look at each track finds, and count it', async () => {
    const folder = temporaryFolder();
    let libraries = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(track, { minLength: 1, maxLength: 20 }),
        fc.array(rule, { minLength: 1, maxLength: 30 }),
        async (tracks, rules) => {
          const store = openStore(join(folder.path, `${libraries++}.db`));
          store.activate(MODEL);
          const seen = tracks.map((one, n) => add(store, one, n)).sort((a, b) => (a.path < b.path ? -1 : 1));
          const context = contextOf(store);
          const world = { now: NOW, graph: builtInGenreGraph(), similarity: () => null };
          for (const each of rules) {
            expect(problemsOf({ rule: each })).toEqual([]);
            const expected = seen.filter((one) => holds(each, one, world));
            const ids = await playlistIds(context, playlist(each), NOW);
            const paths = store.tracks.paths(ids);
            expect({ each, paths: ids.map((id) => paths.find((one) => one.id === id)!.path) }).toEqual({
              each,
              paths: expected.map(({ path }) => path),
            });
            expect(await playlistFinding(context, playlist(each), NOW)).toEqual({
              tracks: expected.length,
              matching: expected.length,
              durationSec: expected.reduce((sum, { duration }) => sum + (duration ?? 0), 0),
              sizeBytes: expected.reduce((sum, { size }) => sum + (size ?? 0), 0),
            });
          }
          store.close();
        },
      ),
      { numRuns: 15 },
    );
    folder.cleanUp();
  });

  it('are the same after a way through JSON', () => {
    fc.assert(
      fc.property(rule, fc.constantFrom(...ORDER_FIELDS), (of, by) => {
        expect(ruleSchema.parse(JSON.parse(JSON.stringify(of)))).toEqual(of);
        const whole = { ...playlist(of, { by }), comment: 'y', limit: { hours: 2 } };
        expect(smartPlaylistSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
      }),
    );
  });
});
