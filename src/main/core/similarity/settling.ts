import type { VectorTable } from './vectors';

/** A row and how many others of its cell are near it and settled by none before. */
export interface Settler {
  readonly row: number;
  readonly settles: number;
}

export interface SettlingLimits {
  /** Rows in a cell, about. */
  readonly cell: number;
  /** Rows that may become settlers. */
  readonly candidates: number;
}

/** 100,000 rows then take some ten million comparisons instead of 5,000 million; up to 2,250 rows are compared with all others. */
export const SETTLING_LIMITS: SettlingLimits = { cell: 1500, candidates: 2500 };

/**
 * The rows of which one answer would settle most others, the best first: greedy coverage, in which a row covers those whose
 * cosine with it reaches the threshold. Rows are first parted into cells, each with the nearest of some pivots drawn at equal
 * distances, and only compared within their cell; what lies over its border is missed, so the counts are lower bounds.
 *
 * Among equals the first of `rows` comes first, wherever it lies in the table.
 *
 * @param rows of the table, each once; also what the pivots and candidates are drawn from, so their order should be one in
 *   which like does not lie evenly (as by path)
 * @yields often: the work is long
 */
export function* settlers(
  table: VectorTable,
  rows: Int32Array,
  threshold: number,
  limits: SettlingLimits = SETTLING_LIMITS,
): Generator<void, Settler[]> {
  const cells = yield* cellsOf(table, rows, Math.max(1, Math.round(rows.length / limits.cell)));
  const share = Math.min(1, limits.candidates / Math.max(1, rows.length));
  const found: Settler[] = [];
  for (const cell of cells) found.push(...(yield* settleCell(table, cell, threshold, share)));
  return found.sort((a, b) => b.settles - a.settles);
}

function* cellsOf(table: VectorTable, rows: Int32Array, count: number): Generator<void, Int32Array[]> {
  if (count === 1) return [rows];
  const pivots = evenly(rows, count);
  const cells: number[][] = Array.from(pivots, () => []);
  for (const [n, row] of rows.entries()) {
    if (n % 32 === 0) yield;
    cells[nearest(table, pivots, row)]!.push(row);
  }
  return cells.map((cell) => Int32Array.from(cell));
}

function nearest(table: VectorTable, pivots: Int32Array, row: number): number {
  let best = 0;
  let largest = -Infinity;
  for (let i = 0; i < pivots.length; i++) {
    const similarity = table.cosine(row, pivots[i]!);
    if (similarity > largest) [best, largest] = [i, similarity];
  }
  return best;
}

/** By how many they are near, each then takes what none before took. */
function* settleCell(
  table: VectorTable,
  cell: Int32Array,
  threshold: number,
  share: number,
): Generator<void, Settler[]> {
  const candidates: { row: number; near: Int32Array }[] = [];
  for (const row of evenly(cell, Math.ceil(cell.length * share))) {
    yield;
    const near = cell.filter((other) => other !== row && table.cosine(row, other) >= threshold);
    if (near.length > 0) candidates.push({ row, near });
  }
  candidates.sort((a, b) => b.near.length - a.near.length);
  const settled = new Set<number>();
  const found: Settler[] = [];
  for (const { row, near } of candidates) {
    if (settled.has(row)) continue;
    const fresh = near.filter((other) => !settled.has(other));
    if (fresh.length === 0) continue;
    settled.add(row);
    for (const other of fresh) settled.add(other);
    found.push({ row, settles: fresh.length });
  }
  return found;
}

/** `count` of the values at equal distances. */
const evenly = (values: Int32Array, count: number): Int32Array =>
  Int32Array.from(
    { length: Math.min(count, values.length) },
    (_, i) => values[Math.floor((i * values.length) / count)]!,
  );
