import type { Handlers } from '#shared/contract/methods';
import type { TrackRow } from '#shared/contract/schemas';
import { isNamed } from '#shared/domain/analysis';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import type { FakeLibrary } from './fake-backend';
import { fakeDetail, randomFrom } from './fake-tracks';
import { isCounted, plainDistributions, plainMatrix, plainMatrixTracks, plainReliability } from './plain-insight';

type Names =
  | 'insight.matrix'
  | 'insight.matrixTracks'
  | 'insight.distributions'
  | 'insight.wide'
  | 'insight.reliability'
  | 'insight.embeddings'
  | 'handsFree.threshold';

const DIMENSIONS = 16;

export function insightHandlers(library: FakeLibrary): Pick<Handlers, Names> {
  return {
    'handsFree.threshold': () => ({
      ...{ source: 'none', model: 'fake@1.0.0', protocol: null },
      ...{ own: 0, judged: 0, needed: 100, chosen: null, surest: null },
    }),
    'insight.matrix': () => plainMatrix(library.rows, CLASSIC_GENRES),
    'insight.matrixTracks': (cell) => plainMatrixTracks(library.rows, cell, CLASSIC_GENRES),
    'insight.distributions': () => plainDistributions(library.rows),
    'insight.wide': () => {
      const heard = library.rows.filter(isCounted).flatMap((row) => fakeDetail(row).wide ?? []);
      const counts = new Map<string, number>();
      for (const wide of heard) if (isNamed(wide)) counts.set(wide.label, (counts.get(wide.label) ?? 0) + 1);
      return {
        labels: [...counts].map(([label, tracks]) => ({ label, tracks })).sort((a, b) => b.tracks - a.tracks),
        heard: library.rows.filter((row) => isCounted(row) && fakeDetail(row).wide !== null).length,
      };
    },
    'insight.reliability': () =>
      plainReliability(
        library.rows.flatMap(({ decision, genre }) =>
          decision ? [{ decision, verdict: genre && !genre.abstained ? genre : null }] : [],
        ),
      ),
    'insight.embeddings': ({ after, limit }) => {
      const heard = library.rows.filter(isCounted);
      const rows = heard.filter(({ id }) => id > after).slice(0, limit);
      const vectors = Buffer.concat(rows.map((row) => fakeEmbedding(row)));
      return {
        ids: rows.map(({ id }) => id),
        genres: rows.map(({ genre }) => (genre.abstained ? null : genre.top)),
        dimensions: DIMENSIONS,
        vectors: vectors.toString('base64'),
        next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
      };
    },
  };
}

/** What was heard, so to say, and some noise. */
function fakeEmbedding(row: TrackRow): Buffer {
  const random = randomFrom(row.id + 77);
  const shares = CLASSIC_GENRES.map((label) => row.genre?.histogram.find((bar) => bar.label === label)?.share ?? 0);
  return Buffer.from(
    Int8Array.from({ length: DIMENSIONS }, (_, i) => Math.round(100 * (shares[i] ?? 0) + 16 * (random() - 0.5))).buffer,
  );
}
