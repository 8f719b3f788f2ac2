/** How many from the first on fit: the next one would exceed what there is room for. */
export function fitting<T>(items: readonly T[], size: (item: T) => number, room: number): number {
  let sum = 0;
  for (const [index, item] of items.entries()) {
    sum += size(item);
    if (sum > room) return index;
  }
  return items.length;
}

/** So many items at equal distances, the first and the last among them. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / Math.max(1, count - 1))]!);
}

/** As many items at equal distances as fit into the room, about: one more step of the search finds no more. */
export function evenlyFitting<T>(items: readonly T[], size: (item: T) => number, room: number): T[] {
  let [fits, exceeds] = [0, items.length + 1];
  while (exceeds - fits > 1) {
    const count = (fits + exceeds) >> 1;
    if (evenly(items, count).reduce((sum, item) => sum + size(item), 0) <= room) fits = count;
    else exceeds = count;
  }
  return evenly(items, fits);
}
