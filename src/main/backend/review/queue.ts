import type { QueueOrder } from '#shared/contract/review';
import { assertNever } from '#shared/domain/failure';
import { settlers } from '../../core/similarity/settling';
import type { Store } from '../../store';
import { inSlices } from '../slices';
import type { Likeness } from './likeness';
import { SAME_SOUND } from './same-sound';

/** Ids of all tracks that wait for a decision, each once, in the order asked for. */
export async function queueOf(
  { review }: Pick<Store, 'review'>,
  likeness: () => Promise<Likeness>,
  order: QueueOrder,
): Promise<number[]> {
  const first = review.list('lookAgain');
  switch (order) {
    case 'doubtful':
      return [...first, ...review.list('doubtful')];
    case 'disagrees':
      return [...first, ...review.list('disagreeing'), ...review.list('agreeing')];
    case 'album':
      return [...first, ...review.list('byPath')];
    case 'settles': {
      const settling = await settlingFirst(review.list('byPath'), await likeness());
      // What was decided while they were compared does not come back, and what is new is not left out.
      const waiting = new Set(review.list('doubtful'));
      const leaders = settling.filter((id) => waiting.delete(id));
      return [...first, ...leaders, ...waiting];
    }
    default:
      return assertNever(order);
  }
}

/** Of the tracks those whose answer may serve for others, the most of them first. */
async function settlingFirst(ids: readonly number[], likeness: Likeness): Promise<number[]> {
  const trackOf = new Map<number, number>();
  for (const id of ids) {
    const row = likeness.rowOf(id);
    if (row !== null && !trackOf.has(row)) trackOf.set(row, id);
  }
  const found = await inSlices(settlers(likeness.table, Int32Array.from(trackOf.keys()), SAME_SOUND));
  return found.flatMap(({ row }) => trackOf.get(row) ?? []);
}
