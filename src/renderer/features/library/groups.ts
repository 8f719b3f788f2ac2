/** How heads and tracks lie in one list: each group's head, then its tracks. Lines are counted over both, tracks over tracks alone. */
export interface GroupLayout {
  readonly lines: number;
  readonly groups: number;
  /** What is on a line. */
  at(line: number): { readonly head: number } | { readonly track: number };
  /** The line that a track is on. */
  lineOf(track: number): number;
  /** The tracks of a group, from the first to after the last. */
  tracksOf(group: number): { readonly from: number; readonly to: number };
  /** The group that a track is in. */
  groupOf(track: number): number;
}

/** A list without groups. */
const plain = (tracks: number): GroupLayout => ({
  lines: tracks,
  groups: 0,
  at: (line) => ({ track: line }),
  lineOf: (track) => track,
  tracksOf: () => ({ from: 0, to: 0 }),
  groupOf: () => -1,
});

/** @param counts how many tracks each group has, in order; empty: the list has no groups, and so many tracks as `tracks` says */
export function groupLayout(counts: readonly number[], tracks: number): GroupLayout {
  if (counts.length === 0) return plain(tracks);
  const starts = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => {
    starts[i + 1] = (starts[i] ?? 0) + count;
  });
  const startOf = (group: number): number => starts[group] ?? 0;
  /** The last group for which `begins` is at or before the place. */
  const last = (place: number, begins: (group: number) => number): number => {
    let low = 0;
    let high = counts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (begins(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const groupOf = (track: number): number => last(track, startOf);
  return {
    lines: startOf(counts.length) + counts.length,
    groups: counts.length,
    at: (line) => {
      const group = last(line, (each) => startOf(each) + each);
      const head = startOf(group) + group;
      return line === head ? { head: group } : { track: line - group - 1 };
    },
    lineOf: (track) => track + groupOf(track) + 1,
    tracksOf: (group) => ({ from: startOf(group), to: startOf(group + 1) }),
    groupOf,
  };
}
