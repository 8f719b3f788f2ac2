import { VectorTable } from '../../core/similarity/vectors';
import type { Store } from '../../store';
import type { Shown } from '../../store/review';
import type { EventHub } from '../events';
import { inSlices } from '../slices';

/** The embeddings of the results shown, in memory: 132 bytes a track. */
export interface Likeness {
  readonly table: VectorTable;
  /** Null where the track has no embedding. */
  readonly rowOf: (trackId: number) => number | null;
  /** Several where files hold the same audio. */
  readonly tracksOf: (row: number) => readonly number[];
}

/** Pairs of ids, and embeddings, that are read at a time; each takes some milliseconds. */
const PAIRS = 5000;
const EMBEDDINGS = 500;

/**
 * Gives the library's embeddings, read when they are first asked for and brought up to date after something was added, or the
 * library changed (as by another model). A change that names its tracks is one of decisions, which have no part in this.
 */
export function createLikeness(store: Store, events: EventHub): () => Promise<Likeness> {
  let table = new VectorTable();
  let rowOfResult = new Map<number, number>();
  let current: Promise<Likeness> | null = null;
  let asOf = '';
  let last: Promise<unknown> = Promise.resolve();
  events.watch((name, data) => {
    if (name === 'library.changed' && !('trackIds' in data && data.trackIds)) current = null;
  });

  function* load(): Generator<void, Likeness> {
    const shown = yield* allShown(store);
    if (rowOfResult.size > 2 * shown.length) forget();
    yield* addMissing(shown);
    const rowOf = new Map<number, number>();
    const tracksOf = new Map<number, number[]>();
    for (const [trackId, resultId] of shown) {
      const row = rowOfResult.get(resultId);
      if (row === undefined) continue;
      rowOf.set(trackId, row);
      const tracks = tracksOf.get(row);
      if (tracks) tracks.push(trackId);
      else tracksOf.set(row, [trackId]);
      if (rowOf.size % PAIRS === 0) yield;
    }
    return { table, rowOf: (id) => rowOf.get(id) ?? null, tracksOf: (row) => tracksOf.get(row) ?? [] };
  }

  /** Most of what is kept belongs to results that are shown no more. */
  function forget(): void {
    table = new VectorTable();
    rowOfResult = new Map();
  }

  function* addMissing(shown: readonly Shown[]): Generator<void> {
    const missing = [...new Set(shown.map(([, resultId]) => resultId))].filter((id) => !rowOfResult.has(id));
    for (let at = 0; at < missing.length; at += EMBEDDINGS) {
      yield;
      for (const [resultId, bytes] of store.review.embeddingBytes(missing.slice(at, at + EMBEDDINGS)))
        rowOfResult.set(resultId, table.add(bytes));
    }
  }

  return () => {
    const newest = store.review.newest();
    if (current && newest === asOf) return current;
    asOf = newest;
    // One after the other, since all of them add to one table.
    const loading = last.then(() => inSlices(load()));
    last = loading.catch(() => undefined);
    current = loading;
    loading.catch(() => {
      if (current === loading) current = null;
    });
    return loading;
  };
}

function* allShown(store: Store): Generator<void, Shown[]> {
  const shown: Shown[] = [];
  for (let last: Shown | undefined = [0, 0]; last;) {
    const page: Shown[] = store.review.shownAfter(last, PAIRS);
    shown.push(...page);
    last = page.at(-1);
    yield;
  }
  return shown;
}
