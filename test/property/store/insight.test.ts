import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isNamed, type TrackAnalysis, type WideGenre } from '#shared/domain/analysis';
import { CLASSIC_GENRES, displayLabel, foldLabel } from '#shared/domain/vocabulary';
import { openStore, type Store, type StoredRow } from '../../../src/main/store';
import type { Tally } from '../../../src/main/store/insight-distributions';
import { temporaryFolder } from '../../builders/backend';
import { fakeResult } from '../../builders/fake-analysis';
import {
  isCounted,
  plainDistributions,
  plainMatrix,
  plainMatrixTracks,
  plainReliability,
  type Judged,
} from '../../builders/plain-insight';

const ACTIVE = { model: 'fake@1.0.0', frontEnd: 'fake-1' };
const OTHER = 'other@2.0.0';

/** Spellings of what the model knows, and more genres of others than have rows of their own. */
const OWN = [
  ...['Rock', 'rock', 'HIP HOP', 'Rap', 'Métal', 'Heavy Metal', 'Blues', 'Q1', '!!!', 'Pop/Rock'],
  ...Array.from({ length: 16 }, (_, i) => `Polka no. ${i % 4 === 0 ? i : i + 1}`),
];
const WIDE = ['ambient', 'dub', 'folk', 'soul'];

const heard = fc.record({
  genre: fc.nat(9),
  mood: fc.nat(3),
  percent: fc.nat(100),
  model: fc.constantFrom(ACTIVE.model, ACTIVE.model, ACTIVE.model, OTHER),
  plan: fc.constantFrom('12', 'all'),
  speech: fc.nat(7).map((n) => n === 0),
  wide: fc.option(fc.array(fc.nat(9), { minLength: WIDE.length, maxLength: WIDE.length })),
});
type Heard = (typeof heard)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

const track = fc.record({
  own: fc.array(fc.constantFrom(...OWN), { maxLength: 3 }),
  missing: fc.nat(9).map((n) => n === 0),
  /** At times 10 and 30. */
  results: fc.array(heard, { maxLength: 2 }),
  decision: fc.option(
    fc.record({
      at: fc.constantFrom(5, 20, 40),
      action: fc.constantFrom('accept' as const, 'change' as const, 'skip' as const),
      notMusic: fc.boolean(),
      genres: fc.array(fc.constantFrom('Rock', 'Hip Hop', 'Polka', 'Jazz'), { maxLength: 2 }),
    }),
  ),
});
type Track = (typeof track)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

const folder = temporaryFolder();
let libraries = 0;
afterAll(() => {
  folder.cleanUp();
});

const hashOf = (n: number): string => createHash('sha256').update(String(n)).digest('hex');

function resultOf(n: number, { genre, mood, percent, model, speech, wide }: Heard): TrackAnalysis {
  const payload = Uint8Array.from([genre, mood, percent]);
  const result = fakeResult(payload, model, ACTIVE.frontEnd);
  const said = { ...result, contentHash: hashOf(n), wide: wide && wide.map(wideGenre) };
  if (!speech) return said;
  const bar = { label: 'speech', share: 1, votes: 2 };
  return {
    ...said,
    content: { top: 'speech', confidence: 1, abstained: false, abstainReason: null, histogram: [bar] },
    genre: { ...said.genre!, abstained: true, abstainReason: 'not-music' },
  };
}

const wideGenre = (tenths: number, i: number): WideGenre => ({
  label: WIDE[i]!,
  score: tenths / 10,
  threshold: 0.5,
  votes: 1,
});

function build(tracks: readonly Track[]): Store {
  const store = openStore(join(folder.path, `${libraries++}.db`));
  store.activate(ACTIVE);
  store.transaction(() => {
    tracks.forEach((each, n) => {
      const id = store.tracks.insert({ ...fileOf(n), tags: { ...tagsOf(n), genres: each.own } }, n);
      each.results.forEach((result, i) => {
        store.results.store(id, resultOf(n, result), result.plan, 10 + 20 * i);
      });
      if (each.decision) {
        const { at, action, genres, notMusic } = each.decision;
        const decision = {
          action,
          genres: action === 'skip' ? [] : genres,
          moods: [],
          decidedAt: at,
          ...(action === 'skip' && notMusic && { notMusic: true as const }),
        };
        store.decisions.set([{ trackId: id, decision }]);
      }
      if (each.missing) store.tracks.markMissing([id]);
    });
  });
  return store;
}

const fileOf = (n: number) => ({
  path: `/music/${String((n * 37) % 101).padStart(3, '0')}.mp3`,
  rootId: null,
  size: n,
  mtimeNs: '1',
  inode: String(n),
  contentHash: hashOf(n),
});
const tagsOf = (n: number) => ({
  title: `Title ${n}`,
  artist: null,
  album: null,
  albumArtist: null,
  year: null,
  trackNumber: null,
  moods: [],
  durationSec: 100,
  bitrate: null,
  sampleRate: null,
  container: null,
  codec: null,
  rating: null,
  texts: {},
});

const rowsOf = (store: Store): StoredRow[] => store.rows(store.tracks.idsUnder('/music'));

/** All at once, and a few at a time. */
function bothWays<T>(start: () => Tally<T>, seen: (result: T) => unknown = (result) => result): T {
  const [whole, parts] = [start(), start()];
  while (whole.step(1000));
  while (parts.step(3));
  expect(seen(parts.result())).toEqual(seen(whole.result()));
  return whole.result();
}

const tracksIn = (store: Store, groups: readonly string[]): number[] =>
  store.tracks.inPathOrder(bothWays(() => store.insight.groupTracks(groups)));

const check = (law: (store: Store, tracks: readonly Track[]) => void): void => {
  fc.assert(
    fc.property(fc.array(track, { maxLength: 60 }), (tracks) => {
      const store = build(tracks);
      try {
        law(store, tracks);
      } finally {
        store.close();
      }
    }),
    { numRuns: 25 },
  );
};

describe('the library as a whole, as the store tells it', () => {
  it('has the matrix that counting track by track gives, and the tracks of its cells, rows and columns', () => {
    check((store) => {
      const rows = rowsOf(store);
      // Nothing was heard: then nothing is known of the vocabulary.
      const vocabulary = rows.some(({ genre, stale }) => genre !== null && !stale) ? CLASSIC_GENRES : [];
      const groups = bothWays(store.insight.groups, (each) => each.matrix());
      const matrix = groups.matrix();
      const plain = plainMatrix(rows, vocabulary);
      const nameless = ({ rows: own, ...rest }: typeof matrix) => ({
        ...rest,
        rows: own.map(({ key, kind }) => ({ key, kind })),
      });
      expect(nameless(matrix)).toEqual(nameless(plain));
      for (const { key, name, kind } of matrix.rows)
        if (kind === 'known' || kind === 'foreign') expect(`genre:${foldLabel(name)}`).toBe(key);

      const total = matrix.counts.flat().reduce((sum, count) => sum + count, 0);
      expect(total + matrix.notHeard + matrix.notMusic).toBe(rows.length);
      expect(matrix.disagree).toBe(rows.filter(({ disagrees }) => disagrees).length);

      const axes = [null, ...matrix.rows.map(({ key }) => key)];
      for (const row of axes)
        for (const column of [null, 'unsure', 'genre:rock', 'genre:hiphop', 'genre:nosuch'])
          expect(tracksIn(store, groups.groupsIn({ row, column }))).toEqual(
            plainMatrixTracks(rows, { row, column }, vocabulary),
          );
    });
  });

  it('has the mean histograms, verdicts and confidences of all that is music', () => {
    check((store) => {
      const told = bothWays(store.insight.distributions);
      const plain = plainDistributions(rowsOf(store));
      expect(told.confidence).toEqual(plain.confidence);
      for (const task of ['genre', 'mood'] as const) {
        const { bars, ...rest } = told[task];
        const { bars: expected, ...plainRest } = plain[task];
        expect(rest).toEqual(plainRest);
        expect(bars).toHaveLength(expected.length);
        for (const { label, share, tracks } of bars) {
          const bar = expected.find((each) => each.label === label)!;
          expect(tracks).toBe(bar.tracks);
          expect(share).toBeCloseTo(bar.share, 10);
        }
        expect(bars.map(({ share }) => share)).toEqual(bars.map(({ share }) => share).sort((a, b) => b - a));
      }
    });
  });

  it('counts the tracks that each wide genre is named in', () => {
    check((store) => {
      const told = bothWays(store.insight.wide);
      const wides = rowsOf(store)
        .filter(isCounted)
        .flatMap(({ id }) => {
          const { wide } = store.detail(id)!;
          return wide ? [wide] : [];
        });
      const counts = WIDE.map((label) => ({
        label,
        tracks: wides.filter((wide) => wide.some((each) => each.label === label && isNamed(each))).length,
      })).filter(({ tracks }) => tracks > 0);
      expect(told.heard).toBe(wides.length);
      expect([...told.labels].sort((a, b) => (a.label < b.label ? -1 : 1))).toEqual(counts);
      expect(told.labels.map(({ tracks }) => tracks)).toEqual(counts.map(({ tracks }) => tracks).sort((a, b) => b - a));
    });
  });

  it('holds each decision against the verdict that was there when it was made', () => {
    check((store, tracks) => {
      const made = tracks.flatMap(({ decision, results, missing }): Judged[] => {
        if (!decision || missing) return [];
        const { at, action } = decision;
        const saidNoMusic = action === 'skip' && decision.notMusic;
        const genres = action === 'skip' ? [] : decision.genres;
        // A later result of the same model and plan takes the earlier one's place, and with it what was decided on.
        const kept = results.flatMap((result, i) => {
          const renewed = results.some(
            (later, j) => j > i && later.model === result.model && later.plan === result.plan,
          );
          return renewed ? [] : [{ ...result, at: 10 + 20 * i }];
        });
        const basis = kept.filter((result) => result.at <= at).at(-1);
        const names = basis && basis.model === ACTIVE.model && !basis.speech && basis.percent >= 30;
        return [
          {
            decision: { action, genres, moods: [], decidedAt: at, ...(saidNoMusic && { notMusic: true as const }) },
            verdict: names ? { top: CLASSIC_GENRES[basis.genre]!, confidence: basis.percent / 100 } : null,
          },
        ];
      });
      const told = bothWays(store.insight.reliability);
      const plain = plainReliability(made);
      expect({ ...told, bins: null }).toEqual({ ...plain, bins: null });
      told.bins.forEach(({ meanConfidence, ...outcomes }, i) => {
        const { meanConfidence: expected, ...plainOutcomes } = plain.bins[i]!;
        expect(outcomes).toEqual(plainOutcomes);
        if (expected === null) expect(meanConfidence).toBeNull();
        else expect(meanConfidence).toBeCloseTo(expected, 10);
      });
    });
  });

  it('gives embeddings by parts, with what was heard, of what is music', () => {
    const store = build([]);
    const vectors = [
      [1, 0, -0.25],
      [0, -2, 0.3],
      [0.25, 0.25, 0.25],
    ];
    vectors.forEach((vector, n) => {
      const id = store.tracks.insert({ ...fileOf(n), tags: { ...tagsOf(n), genres: [] } }, n);
      const said: Heard = {
        genre: n,
        mood: 0,
        percent: n === 1 ? 10 : 90,
        model: ACTIVE.model,
        plan: 'all',
        speech: false,
        wide: null,
      };
      store.results.store(id, { ...resultOf(n, said), embedding: Float32Array.from(vector) }, 'all', 1);
    });
    const first = store.insight.embeddings(0, 2);
    const second = store.insight.embeddings(first.next!, 2);
    store.close();
    expect(first).toMatchObject({ ids: [1, 2], genres: [CLASSIC_GENRES[0], null], dimensions: 3, next: 2 });
    expect(second).toMatchObject({ ids: [3], genres: [CLASSIC_GENRES[2]], next: null });
    const bytes = new Int8Array(Buffer.concat([first, second].map((part) => Buffer.from(part.vectors, 'base64'))));
    vectors.forEach((vector, row) => {
      const largest = Math.max(...vector.map(Math.abs));
      vector.forEach((value, i) => expect(bytes[row * 3 + i]).toBe(Math.round((127 * value) / largest)));
    });
  });

  it('writes a foreign genre as the library does', () => {
    const store = build([
      { own: ['Psytrance Goa'], missing: false, decision: null, results: [] },
      { own: ['Psytrance Goa'], missing: false, decision: null, results: [] },
    ]);
    const said: Heard = { genre: 2, mood: 0, percent: 90, model: ACTIVE.model, plan: 'all', speech: false, wide: null };
    for (const id of [1, 2]) store.results.store(id, resultOf(id - 1, said), 'all', 1);
    const { rows, columns, counts } = bothWays(store.insight.groups, (each) => each.matrix()).matrix();
    store.close();
    const row = rows.findIndex(({ name }) => name === 'Psytrance Goa');
    const column = columns.findIndex(({ name }) => name === displayLabel(CLASSIC_GENRES[2]));
    expect(rows[row]?.kind).toBe('foreign');
    expect(counts[row]?.[column]).toBe(2);
  });
});
