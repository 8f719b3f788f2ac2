import { principalComponents, project } from './principal-components';

/**
 * t-SNE: places points on a plane so that those near each other in many dimensions lie near each other there (van der Maaten and Hinton:
 * Visualizing Data using t-SNE, JMLR 2008). Exact: each round looks at every pair. Begun from the first two principal components (Kobak and
 * Berens 2019), so that the same points give the same places, with the learning rate of Belkina et al. 2019.
 */

const EXAGGERATION = 12;
const EXAGGERATED_ROUNDS = 250;
const ROUNDS = 750;
/** Momentum before and after the exaggerated rounds. */
const MOMENTUM = [0.5, 0.8] as const;
const SLOWEST = 50;
const LEAST_GAIN = 0.01;
/** Spread of the places at the start. */
const START = 1e-4;
/** Halvings in the search for a width, and how near its entropy must come. */
const MOST_TRIES = 60;
const NEAR_ENOUGH = 1e-5;
const NEXT_TO_NOTHING = 1e-12;
/** Told so often how far it is. */
const TOLD_EVERY = 10;

/**
 * @param points row-major [points, dimensions]
 * @param perplexity about how many neighbours count; less where there are too few points for it
 * @returns told the share done now and then; at last row-major [points, 2]
 */
export function* layOutByTsne(
  points: Float32Array,
  dimensions: number,
  perplexity = 30,
): Generator<number, Float32Array> {
  const count = dimensions === 0 ? 0 : points.length / dimensions;
  const places = startOf(points, dimensions, count);
  if (count < 3) return Float32Array.from(places);
  const affinity = affinities(points, dimensions, Math.min(perplexity, (count - 1) / 3));
  const step = Math.max(count / EXAGGERATION, SLOWEST);
  const gradient = new Float64Array(2 * count);
  const moved = new Float64Array(2 * count);
  const gains = new Float64Array(2 * count).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    const early = round < EXAGGERATED_ROUNDS;
    gradientOf(affinity, places, early ? EXAGGERATION : 1, gradient);
    const momentum = MOMENTUM[early ? 0 : 1];
    for (let i = 0; i < places.length; i++) {
      // A step that goes on in its direction is lengthened, one that turns is shortened (Jacobs 1988).
      const turns = gradient[i]! > 0 === moved[i]! > 0;
      gains[i] = Math.max(LEAST_GAIN, turns ? gains[i]! * 0.8 : gains[i]! + 0.2);
      moved[i] = momentum * moved[i]! - step * gains[i]! * gradient[i]!;
      places[i]! += moved[i]!;
    }
    if (round % TOLD_EVERY === 0) yield round / ROUNDS;
  }
  return Float32Array.from(places);
}

/** The first two principal components, small; where the points lie on one line, the other side is even. */
function startOf(points: Float32Array, dimensions: number, count: number): Float64Array {
  const found = principalComponents(points, dimensions, 2);
  const along = project(points, dimensions, found);
  const axes = found.axes.length;
  const places = new Float64Array(2 * count);
  let square = 0;
  for (let i = 0; i < count; i++) square += (along[i * axes] ?? 0) ** 2 / count;
  const scale = square > 0 ? START / Math.sqrt(square) : 0;
  for (let i = 0; i < count; i++)
    for (let side = 0; side < 2; side++)
      places[2 * i + side] = side < axes ? along[i * axes + side]! * scale : START * Math.sin(i);
  return places;
}

/**
 * How much two points are neighbours, symmetric and summing to 1: Gaussians around each point, as wide as gives each the perplexity asked for.
 *
 * @returns row-major [points, points]
 */
export function affinities(points: Float32Array, dimensions: number, perplexity: number): Float32Array {
  const count = points.length / dimensions;
  const given = new Float32Array(count * count);
  const distances = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) distances[j] = squaredDistance(points, dimensions, i, j);
    const row = given.subarray(i * count, (i + 1) * count);
    neighbours(distances, i, Math.log(perplexity), row);
  }
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const mean = (given[i * count + j]! + given[j * count + i]!) / (2 * count);
      const value = Math.max(mean, NEXT_TO_NOTHING);
      given[i * count + j] = value;
      given[j * count + i] = value;
    }
  return given;
}

function squaredDistance(points: Float32Array, dimensions: number, i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (points[i * dimensions + d]! - points[j * dimensions + d]!) ** 2;
  return sum;
}

/** Probabilities of the others as neighbours of point `self`, of the entropy asked for (in nats) as nearly as the distances allow. */
function neighbours(distances: Float64Array, self: number, entropy: number, row: Float32Array): void {
  const nearest = distances.reduce((least, value, j) => (j === self ? least : Math.min(least, value)), Infinity);
  let [low, high] = [0, Infinity];
  let sharpness = 1;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    let sum = 0;
    let weighted = 0;
    for (let j = 0; j < distances.length; j++) {
      // The nearest weighs 1 whatever the sharpness, so that the sum is never nothing.
      const away = distances[j]! - nearest;
      const weight = j === self ? 0 : Math.exp(-sharpness * away);
      row[j] = weight;
      sum += weight;
      weighted += weight * away;
    }
    for (let j = 0; j < row.length; j++) row[j]! /= sum;
    const gap = Math.log(sum) + (sharpness * weighted) / sum - entropy;
    if (Math.abs(gap) < NEAR_ENOUGH) return;
    if (gap > 0) low = sharpness;
    else high = sharpness;
    sharpness = high === Infinity ? sharpness * 2 : (low + high) / 2;
  }
}

/**
 * The gradient of the divergence, equation 5 of the paper.
 *
 * @param into [points, 2]
 */
export function gradientOf(
  affinity: Float32Array,
  places: Float64Array,
  exaggeration: number,
  into: Float64Array,
): void {
  const count = places.length / 2;
  const apart = new Float64Array(2 * count);
  let total = 0;
  into.fill(0);
  for (let i = 0; i < count; i++) {
    const [x, y] = [places[2 * i]!, places[2 * i + 1]!];
    for (let j = 0; j < i; j++) {
      const dx = x - places[2 * j]!;
      const dy = y - places[2 * j + 1]!;
      const near = 1 / (1 + dx * dx + dy * dy);
      total += 2 * near;
      const pull = exaggeration * affinity[i * count + j]! * near;
      const push = near * near;
      into[2 * i]! += pull * dx;
      into[2 * i + 1]! += pull * dy;
      into[2 * j]! -= pull * dx;
      into[2 * j + 1]! -= pull * dy;
      apart[2 * i]! += push * dx;
      apart[2 * i + 1]! += push * dy;
      apart[2 * j]! -= push * dx;
      apart[2 * j + 1]! -= push * dy;
    }
  }
  for (let i = 0; i < into.length; i++) into[i] = 4 * (into[i]! - apart[i]! / total);
}

/** What t-SNE makes small: the Kullback-Leibler divergence of the places' neighbourhoods from the points' own. In nats, 0 at best. */
export function divergence(affinity: Float32Array, places: Float64Array): number {
  const count = places.length / 2;
  const near = (i: number, j: number): number =>
    1 / (1 + (places[2 * i]! - places[2 * j]!) ** 2 + (places[2 * i + 1]! - places[2 * j + 1]!) ** 2);
  let total = 0;
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) total += 2 * near(i, j);
  let sum = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const value = affinity[i * count + j]!;
      sum += 2 * value * Math.log((value * total) / near(i, j));
    }
  return sum;
}
