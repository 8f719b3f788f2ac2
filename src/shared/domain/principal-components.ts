/**
 * Principal component analysis: the directions in which a cloud of points reaches furthest, by power iteration on its covariance
 * (Jolliffe 2002, chapter 1; Golub and Van Loan, section 7.3).
 */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Unit vectors, the furthest-reaching first; the largest entry of each is positive. */
  readonly axes: readonly Float64Array[];
  /** Share of all variance along each axis, 0..1. */
  readonly explained: readonly number[];
}

/** The covariance of so many points is that of all, near enough, and takes a second at most. */
const MOST_POINTS = 20_000;
const MOST_ROUNDS = 500;
const STILL = 1e-10;

/**
 * @param points row-major [points, dimensions]; of very many, evenly spaced ones are taken
 * @param count axes to give; fewer come back where the points reach in fewer directions
 */
export function principalComponents(points: Float32Array, dimensions: number, count: number): PrincipalComponents {
  const rows = evenRows(points.length / Math.max(1, dimensions));
  const mean = meanOf(points, dimensions, rows);
  const covariance = covarianceOf(points, dimensions, rows, mean);
  let total = 0;
  for (let i = 0; i < dimensions; i++) total += covariance[i * dimensions + i] ?? 0;
  const axes: Float64Array[] = [];
  const explained: number[] = [];
  while (axes.length < Math.min(count, dimensions)) {
    const { axis, variance } = strongest(covariance, dimensions, axes);
    // What is left is rounding.
    if (!(variance > total * 1e-9)) break;
    axes.push(axis);
    explained.push(variance / total);
  }
  return { mean, axes, explained };
}

/**
 * Where points lie along the axes.
 *
 * @returns row-major [points, axes]
 */
export function project(points: Float32Array, dimensions: number, { mean, axes }: PrincipalComponents): Float32Array {
  const count = dimensions === 0 ? 0 : points.length / dimensions;
  const places = new Float32Array(count * axes.length);
  for (let row = 0; row < count; row++)
    axes.forEach((axis, a) => {
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += axis[i]! * (points[row * dimensions + i]! - mean[i]!);
      places[row * axes.length + a] = sum;
    });
  return places;
}

function evenRows(count: number): number[] {
  const taken = Math.min(count, MOST_POINTS);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

function meanOf(points: Float32Array, dimensions: number, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(dimensions);
  for (const row of rows) for (let i = 0; i < dimensions; i++) mean[i]! += points[row * dimensions + i]!;
  return mean.map((sum) => sum / rows.length);
}

/** Row-major [dimensions, dimensions]. */
function covarianceOf(
  points: Float32Array,
  dimensions: number,
  rows: readonly number[],
  mean: Float64Array,
): Float64Array {
  const covariance = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (const row of rows) {
    for (let i = 0; i < dimensions; i++) centred[i] = points[row * dimensions + i]! - mean[i]!;
    for (let i = 0; i < dimensions; i++) {
      const value = centred[i]!;
      const line = i * dimensions;
      for (let j = i; j < dimensions; j++) covariance[line + j]! += value * centred[j]!;
    }
  }
  for (let i = 0; i < dimensions; i++)
    for (let j = i; j < dimensions; j++) {
      const value = covariance[i * dimensions + j]! / rows.length;
      covariance[i * dimensions + j] = value;
      covariance[j * dimensions + i] = value;
    }
  return covariance;
}

/** The direction of most variance among those at right angles to the axes known. */
function strongest(
  covariance: Float64Array,
  dimensions: number,
  known: readonly Float64Array[],
): { axis: Float64Array; variance: number } {
  // Any start will do that is not at right angles to the answer by design.
  let axis = unit(
    across(
      Float64Array.from({ length: dimensions }, (_, i) => 1 + Math.sin(1 + i)),
      known,
    ),
  );
  let variance = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = across(times(covariance, axis), known);
    variance = length(next);
    if (variance === 0) break;
    const turned = unit(next);
    const moved = length(turned.map((value, i) => value - axis[i]!));
    axis = turned;
    if (moved < STILL) break;
  }
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return { axis: largest < 0 ? axis.map((value) => -value) : axis, variance };
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * vector[j]!;
    return sum;
  });
}

/** The part of a vector that is at right angles to the axes. */
function across(vector: Float64Array, axes: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(vector);
  for (const axis of axes) {
    let along = 0;
    for (let i = 0; i < rest.length; i++) along += rest[i]! * axis[i]!;
    for (let i = 0; i < rest.length; i++) rest[i]! -= along * axis[i]!;
  }
  return rest;
}

const length = (vector: Float64Array): number => Math.hypot(...vector);
function unit(vector: Float64Array): Float64Array {
  const size = length(vector);
  return size === 0 ? vector : vector.map((value) => value / size);
}
