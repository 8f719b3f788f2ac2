/** At most so many places may a track stand from where its arousal alone would put it, and a tenth of the list at most. */
const MOST_MOVED = 24;

/** Steps between two yields: some thousand comparisons. */
const STRIDE = 64;

/**
 * Brings tracks that are sorted by arousal into an order in which neighbours sound alike and arousal still rises: each next one is, of the few
 * that are calmest of those left, the one most like the one before; who has been passed over for long enough comes next in any case. So
 * no track moves more than a window's width, and the work is that width for each.
 *
 * @param items in order of arousal
 * @param likeness -1..1
 */
export function* smoothArc<T>(items: readonly T[], likeness: (a: T, b: T) => number): Generator<void, T[]> {
  const width = Math.min(MOST_MOVED, Math.max(1, Math.ceil(items.length / 10)));
  const waiting: { item: T; rank: number }[] = [];
  const order: T[] = [];
  let next = 0;
  while (order.length < items.length) {
    while (waiting.length < width && next < items.length) waiting.push({ item: items[next]!, rank: next++ });
    const overdue = order.length - waiting[0]!.rank >= width;
    const chosen = overdue || order.length === 0 ? 0 : mostAlike(waiting, order.at(-1)!, likeness);
    order.push(waiting.splice(chosen, 1)[0]!.item);
    if (order.length % STRIDE === 0) yield;
  }
  return order;
}

function mostAlike<T>(waiting: readonly { item: T }[], last: T, likeness: (a: T, b: T) => number): number {
  let best = 0;
  let largest = -Infinity;
  waiting.forEach(({ item }, index) => {
    const value = likeness(last, item);
    if (value > largest) [best, largest] = [index, value];
  });
  return best;
}
