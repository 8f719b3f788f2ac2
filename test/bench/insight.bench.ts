import { join } from 'node:path';
import type { MatrixCell } from '#shared/contract/insight';
import { afterAll, bench, describe } from 'vitest';
import { openDatabase } from '../../src/main/store/driver';
import { packEmbedding } from '../../src/main/store/embedding-blob';
import { openStore, type Tally } from '../../src/main/store';
import { temporaryFolder } from '../builders/backend';
import { buildBigLibrary } from '../builders/big-library';

/** `npx vitest bench --run test/bench/insight`: the library of 100,000 tracks as a whole (some minutes to build). */
const folder = temporaryFolder();
const path = join(folder.path, 'library.db');
buildBigLibrary(path, 100_000).close();
fill();
const store = openStore(path);
store.activate({ model: 'fake@1.0.0', frontEnd: 'fake-1' });
const { insight } = store;

/** As many bytes a result as the base model leaves of a track of eight minutes: windows, the wide vocabulary, an embedding. */
function fill(): void {
  const db = openDatabase(path);
  const wide = Array.from({ length: 31 }, (_, i) => ({
    label: `genre number ${i}`,
    score: 0.9 - 0.0291234 * i,
    threshold: 0.512345,
    votes: 80 - i,
  }));
  db.run(
    `UPDATE results SET genre_windows = randomblob(1600), mood_windows = randomblob(640), wide = :wide, embedding = :embedding,
       starts_sec = :starts`,
    {
      starts: JSON.stringify(Array.from({ length: 160 }, (_, i) => i * 2.972)),
      wide: JSON.stringify(wide),
      embedding: packEmbedding(Float32Array.from({ length: 128 }, (_, i) => Math.sin(i))),
    },
  );
  db.close();
}

afterAll(() => {
  store.close();
  folder.cleanUp();
});

const few = { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 };

describe('100,000 tracks: one turn, in which others wait', () => {
  bench('the matrix: 5,000 tracks', () => void insight.groups().step(5000), few);
  bench('the distributions: 1,000 tracks', () => void insight.distributions().step(1000), few);
  bench('the wide genres: 1,000 tracks', () => void insight.wide().step(1000), few);
  bench('the decisions: 1,000 of 2,500', () => void insight.reliability().step(1000), few);
  bench('the embeddings: 2,000 tracks', () => void insight.embeddings(40_000, 2000), few);
});

describe('100,000 tracks: the whole', () => {
  bench('the matrix', () => void whole(insight.groups(), 5000).matrix(), few);
  bench('the tracks of a cell', () => void tracksIn({ row: 'genre:rock', column: 'genre:blues' }), few);
  bench('the tracks of its largest row', () => void tracksIn({ row: 'none', column: null }), few);
  bench('the distributions', () => void whole(insight.distributions(), 1000), few);
  bench('the wide genres', () => void whole(insight.wide(), 1000), few);
  bench('the decisions, 2,500', () => void whole(insight.reliability(), 1000), few);
});

function whole<T>(tally: Tally<T>, atOnce: number): T {
  while (tally.step(atOnce));
  return tally.result();
}

const tracksIn = (cell: MatrixCell): number[] =>
  store.tracks.inPathOrder(whole(insight.groupTracks(whole(insight.groups(), 5000).groupsIn(cell)), 5000));
