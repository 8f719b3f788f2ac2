import type { VectorTable } from './vectors';

export interface Near {
  readonly row: number;
  /** Cosine, from the threshold to 1. */
  readonly similarity: number;
}

/** Comparisons between two yields: well under a millisecond. */
const STRIDE = 4096;

/**
 * All rows whose cosine with one row reaches the threshold, the nearest first; the row itself is not among them. Yields often,
 * so that whoever runs it may turn to other things in between.
 */
export function* nearTo(table: VectorTable, row: number, threshold: number): Generator<void, Near[]> {
  const found: Near[] = [];
  for (let other = 0; other < table.size; other++) {
    if (other % STRIDE === STRIDE - 1) yield;
    if (other === row) continue;
    const similarity = table.cosine(row, other);
    if (similarity >= threshold) found.push({ row: other, similarity });
  }
  return found.sort((a, b) => b.similarity - a.similarity || a.row - b.row);
}
