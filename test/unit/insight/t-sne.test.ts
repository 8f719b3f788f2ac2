import { describe, expect, it } from 'vitest';
import { affinities, divergence, gradientOf, layOutByTsne } from '#shared/domain/t-sne';

const DIMENSIONS = 6;

/** Three clouds of points around corners that lie far from one another, in turn. */
function clouds(count: number): Float32Array {
  const noise = (i: number): number => Math.sin(i * 12.9898) * 0.5 + Math.sin(i * 78.233) * 0.5;
  return Float32Array.from({ length: count * DIMENSIONS }, (_, i) => {
    const [row, d] = [Math.floor(i / DIMENSIONS), i % DIMENSIONS];
    return (d === row % 3 ? 8 : 0) + noise(i);
  });
}

function ended(points: Float32Array): { places: Float32Array; shares: number[] } {
  const shares: number[] = [];
  for (const layout = layOutByTsne(points, DIMENSIONS); ;) {
    const next = layout.next();
    if (next.done) return { places: next.value, shares };
    shares.push(next.value);
  }
}

describe('t-SNE', () => {
  it('gives every point neighbours of the perplexity asked for', () => {
    const count = 40;
    const points = clouds(count);
    const affinity = affinities(points, DIMENSIONS, 5);
    expect(affinity.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    // Worked out anew from the distances: the one width whose Gaussian has the entropy of 5 neighbours.
    const distance = (j: number): number =>
      Math.hypot(...Array.from({ length: DIMENSIONS }, (_, d) => points[d]! - points[j * DIMENSIONS + d]!)) ** 2;
    const rowFor = (sharpness: number): number[] => {
      const weights = Array.from({ length: count }, (_, j) => (j === 0 ? 0 : Math.exp(-sharpness * distance(j))));
      const sum = weights.reduce((a, b) => a + b, 0);
      return weights.map((weight) => weight / sum);
    };
    const entropy = (row: number[]): number => -row.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
    let [low, high] = [1e-3, 10];
    for (let i = 0; i < 80; i++) {
      const middle = (low + high) / 2;
      if (entropy(rowFor(middle)) > Math.log(5)) low = middle;
      else high = middle;
    }
    // Symmetric: what point 0 gives to j and j to 0; with the first known the second has to be one of its own row.
    const own = rowFor(low);
    for (let j = 1; j < count; j++) {
      const back = 2 * count * affinity[j]! - own[j]!;
      expect(back).toBeGreaterThan(-1e-4);
      expect(back).toBeLessThan(1);
      expect(affinity[j]).toBe(affinity[j * count]);
    }
    expect(Array.from({ length: count }, (_, i) => affinity[i * count + i])).toEqual(new Array(count).fill(0));
  });

  it('goes down the divergence: its gradient is that of finite differences', () => {
    const points = clouds(12);
    const affinity = affinities(points, DIMENSIONS, 3);
    const places = Float64Array.from({ length: 24 }, (_, i) => Math.sin(3 * i) + 0.1 * i);
    const gradient = new Float64Array(24);
    gradientOf(affinity, places, 1, gradient);
    const at = (i: number, by: number): number =>
      divergence(
        affinity,
        places.map((value, k) => (k === i ? value + by : value)),
      );
    gradient.forEach((value, i) => {
      expect(value).toBeCloseTo((at(i, 1e-5) - at(i, -1e-5)) / 2e-5, 6);
    });
  });

  it('keeps clouds together and apart from one another, the same each time', () => {
    const count = 90;
    const { places, shares } = ended(clouds(count));
    const away = (i: number, j: number): number =>
      Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
    for (let i = 0; i < count; i++) {
      const others = Array.from({ length: count }, (_, j) => j).filter((j) => j !== i);
      const nearest = others.sort((a, b) => away(i, a) - away(i, b)).slice(0, 20);
      expect(nearest.every((j) => j % 3 === i % 3)).toBe(true);
    }
    expect(shares[0]).toBe(0);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(ended(clouds(count)).places).toEqual(places);
  });

  it('has a place for each of a few points, of points that are the same, and of none', () => {
    expect(ended(clouds(2)).places).toHaveLength(4);
    expect(ended(new Float32Array()).places).toHaveLength(0);
    const same = new Float32Array(5 * DIMENSIONS).fill(1);
    expect([...ended(same).places].every(Number.isFinite)).toBe(true);
  });
});
