import type { Splice } from './splices';

/** Bytes from `start` to `end`, exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches that splices change where everything else keeps its place, so that they can be written over the old bytes: those
 * of splices that don't change the length, and what lies between such as make it longer and shorter again. Null if the length
 * of the whole changes.
 */
export function overwrittenBy(splices: readonly Splice[]): Range[] | null {
  const ranges: Range[] = [];
  let start = 0;
  let shift = 0;
  for (const { offset, remove, insert } of splices) {
    if (shift === 0) start = offset;
    shift += insert.length - remove;
    if (shift === 0) ranges.push({ start, end: offset + remove });
  }
  return shift === 0 ? ranges : null;
}

/** Do splices put as many bytes as they take, each in its place? */
export const keepPlaces = (splices: readonly Splice[]): boolean =>
  splices.every(({ remove, insert }) => remove === insert.length);

export const overlaps = (ranges: readonly Range[], { offset, length }: { offset: number; length: number }): boolean =>
  ranges.some(({ start, end }) => start < offset + length && offset < end);
