import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, bench, describe } from 'vitest';
import { nearTo } from '../../src/main/core/similarity/near';
import { createEventHub } from '../../src/main/backend/events';
import { createLikeness } from '../../src/main/backend/review/likeness';
import { queueOf } from '../../src/main/backend/review/queue';
import { SAME_SOUND } from '../../src/main/backend/review/same-sound';
import { inSlices } from '../../src/main/backend/slices';
import { openStore } from '../../src/main/store';
import { openDatabase } from '../../src/main/store/driver';
import { packEmbedding } from '../../src/main/store/embedding-blob';
import { temporaryFolder } from '../builders/backend';
import { buildBigLibrary } from '../builders/big-library';
import { randomFrom } from '../builders/fake-tracks';

/**
 * `npx vitest bench --run test/bench/review`: the review's queue over 100,000 tracks (a minute to build), of which 90,000 have an
 * embedding of 128 values: around one of 400 directions, about as near to each other as tracks of one kind are.
 */
const kinds = Array.from({ length: 400 }, (_, kind) => direction(randomFrom(kind + 1)));
const folder = temporaryFolder();
const path = join(folder.path, 'library.db');
buildBigLibrary(path, 100_000).close();
giveEmbeddings();
const store = openStore(path);
store.activateLast();
const events = createEventHub();
const random = randomFrom(5);

function direction(next: () => number): Float32Array {
  return Float32Array.from(
    { length: 128 },
    () => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next()),
  );
}

function giveEmbeddings(): void {
  const db = openDatabase(path);
  db.transaction(() => {
    for (const { id } of db.all<{ id: number }>('SELECT id FROM results'))
      db.run('UPDATE results SET embedding = ? WHERE id = ?', [packEmbedding(embeddingOf(id)), id]);
  });
  db.close();
}

function embeddingOf(n: number): Float32Array {
  const around = direction(randomFrom(n + 1000));
  const kind = kinds[n % kinds.length]!;
  return kind.map((value, i) => value + 0.25 * around[i]!);
}

afterAll(() => {
  events.close();
  store.close();
  folder.cleanUp();
});

/** Milliseconds for which the event loop was held up at most while the work ran. */
async function longestHold(name: string, work: () => Promise<unknown>): Promise<void> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  delays.disable();
  const held = [delays.percentile(50), delays.percentile(99), delays.max]
    .map((ns) => (ns / 1e6).toFixed(1))
    .join(' / ');
  console.log(`${name}: ${took.toFixed(0)} ms; event loop p50 / p99 / max ${held} ms`);
}

const likeness = createLikeness(store, events);
await longestHold('embeddings read for the first time', likeness);
const { table, rowOf } = await likeness();
await longestHold('one track against all', () => inSlices(nearTo(table, rowOf(1)!, SAME_SOUND)));
for (const order of ['doubtful', 'disagrees', 'album', 'settles'] as const)
  await longestHold(`queue ${order}`, () => queueOf(store, likeness, order));

describe('100,000 tracks', () => {
  bench(
    'one track against all',
    async () => void (await inSlices(nearTo(table, Math.floor(random() * table.size), SAME_SOUND))),
  );
  for (const order of ['doubtful', 'disagrees', 'album', 'settles'] as const)
    bench(`queue: ${order}`, async () => void (await queueOf(store, likeness, order)), { iterations: 3, time: 100 });
  bench('what the album and the artist say', () => {
    store.review.albumOf(500);
    store.review.artistOf(500);
  });
});
