/** The list with one entry a place further up or down; null where there is no such place. */
export function moved<T>(list: readonly T[], index: number, step: -1 | 1): readonly T[] | null {
  const entry = list[index];
  if (entry === undefined || list[index + step] === undefined) return null;
  return list.toSpliced(index, 1).toSpliced(index + step, 0, entry);
}

/** The name with the lowest number behind it that none of the others has: "Jazz (2)". */
export function freeName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/ \(\d+\)$/, '');
  for (let number = 2; ; number++) {
    const next = `${stem} (${number})`;
    if (!taken.includes(next)) return next;
  }
}
