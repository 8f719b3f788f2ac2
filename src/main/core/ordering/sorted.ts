/** What is sorted at a time, and merged between two yields: about a millisecond. */
const STRIDE = 2048;

/** A stable merge sort that yields often, so that whoever runs it may turn to other things in between. */
export function* sorted<T>(values: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < values.length; at += STRIDE) {
    runs.push(values.slice(at, at + STRIDE).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [left = [], right] = [runs[i], runs[i + 1]];
      merged.push(right ? yield* merge(left, right, compare) : left);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  const out: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const fromLeft = r === right.length || (l < left.length && compare(left[l]!, right[r]!) <= 0);
    out.push(fromLeft ? left[l++]! : right[r++]!);
    if (out.length % STRIDE === 0) yield;
  }
  return out;
}
