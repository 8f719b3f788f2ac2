import type { Order } from '#shared/domain/playlists/playlist';
import { smoothArc } from '../../core/ordering/arc';
import { shuffledPlace } from '../../core/ordering/shuffle';
import { sorted } from '../../core/ordering/sorted';
import { orderColumn } from '../../store/playlists-sql';
import type { RuleSql } from '../../store/playlists-sql';
import type { Likeness } from '../review/likeness';

/** A track that a rule holds of. */
export interface Found {
  readonly id: number;
  /** What it is ordered by; null where it has no value. */
  readonly key: string | number | null;
  /** Of what its limit is of; 0 where it has none. */
  readonly size: number;
}

type Sounds = Pick<Likeness, 'table' | 'rowOf'>;
type Place = (found: Found) => string | number | null;

/** What the store is to say of each track, so that it can be ordered; null where nothing is. */
export function keyColumn(order: Order): RuleSql | null {
  if (order.by === 'arc') return orderColumn({ by: 'arousal' });
  if (order.by === 'random' || order.by === 'similarity' || order.by === 'path') return null;
  return orderColumn(order);
}

/** Whether the order leaves no ties, so that it is all the same in which order the tracks come. */
export const hasNoTies = (order: Order): boolean => order.by === 'random';

/** Whether embeddings are needed. */
export const comparesSounds = (order: Order): boolean => order.by === 'similarity' || order.by === 'arc';

/**
 * Brings tracks, given by path (unless it has no ties), into an order; those without a value are last, ties stay as they are.
 *
 * @param to row of the track that the others are compared with, where the order is by similarity
 */
export function* inOrder(
  found: readonly Found[],
  order: Order,
  sounds: Sounds | null,
  to: number | null,
): Generator<void, Found[]> {
  if (order.by === 'random') return yield* byKey(found, ({ id }) => shuffledPlace(id, order.seed), 1);
  if (order.by === 'similarity') return yield* byKey(found, similarityTo(sounds!, to!), -1);
  if (order.by === 'path') return order.descending ? [...found].reverse() : [...found];
  return yield* byKey(found, ({ key }) => key, order.descending ? -1 : 1);
}

/** Of an arc, which is in order of arousal, neighbours alike; tracks without a value stay at its end. */
export function* smoothed(arc: readonly Found[], { table, rowOf }: Sounds): Generator<void, Found[]> {
  const placed = arc.filter(({ key }) => key !== null).map((found) => ({ found, row: rowOf(found.id) }));
  const smooth = yield* smoothArc(placed, (a, b) =>
    a.row === null || b.row === null ? 0 : table.cosine(a.row, b.row),
  );
  return [...smooth.map(({ found }) => found), ...arc.filter(({ key }) => key === null)];
}

function similarityTo({ table, rowOf }: Sounds, to: number): Place {
  return ({ id }) => {
    const row = rowOf(id);
    return row === null ? null : row === to ? 2 : table.cosine(to, row);
  };
}

function* byKey(found: readonly Found[], place: Place, direction: 1 | -1): Generator<void, Found[]> {
  const placed = found.map((each) => ({ each, at: place(each) }));
  const order = yield* sorted(placed, (a, b) => {
    if (a.at === null || b.at === null) return Number(a.at === null) - Number(b.at === null);
    return a.at === b.at ? 0 : a.at < b.at ? -direction : direction;
  });
  return order.map(({ each }) => each);
}
