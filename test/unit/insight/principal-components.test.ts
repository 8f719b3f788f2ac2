import { describe, expect, it } from 'vitest';
import { principalComponents, project } from '#shared/domain/principal-components';

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Three directions at right angles, and points that lie 3, 2 and 1 along them, both ways, around (5, 5, 5). */
const DIRECTIONS = [
  [2 / 3, 2 / 3, 1 / 3],
  [-2 / 3, 1 / 3, 2 / 3],
  [1 / 3, -2 / 3, 2 / 3],
] as const;
const cross = Float32Array.from(
  DIRECTIONS.flatMap((direction, i) => [1, -1].flatMap((sign) => direction.map((part) => 5 + sign * (3 - i) * part))),
);

describe('principal components', () => {
  it('of a cross are its arms, longest first, with their shares of the variance', () => {
    const { mean, axes, explained } = principalComponents(cross, 3, 3);
    mean.forEach((value) => expect(value).toBeCloseTo(5, 5));
    axes.forEach((axis, i) => expect(Math.abs(dot(axis, DIRECTIONS[i]!))).toBeCloseTo(1, 6));
    [9 / 14, 4 / 14, 1 / 14].forEach((share, i) => expect(explained[i]).toBeCloseTo(share, 5));
    for (const axis of axes) expect(Math.max(...axis)).toBeGreaterThanOrEqual(-Math.min(...axis));
  });

  it('place each point where it lies along the axes', () => {
    const found = principalComponents(cross, 3, 2);
    const places = project(cross, 3, found);
    expect(places).toHaveLength(12);
    const along = Array.from(places, Math.abs);
    [3, 0, 3, 0, 0, 2, 0, 2, 0, 0, 0, 0].forEach((place, i) => expect(along[i]).toBeCloseTo(place, 4));
  });

  it('are at right angles, keep lengths and lose nothing when all are kept', () => {
    const size = 7;
    const points = Float32Array.from({ length: 40 * size }, (_, i) => Math.sin(i * i) * (1 + (i % size)));
    const found = principalComponents(points, size, size);
    expect(found.axes).toHaveLength(size);
    found.axes.forEach((a, i) => found.axes.forEach((b, j) => expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 6)));
    expect(found.explained.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect([...found.explained].sort((a, b) => b - a)).toEqual(found.explained);
    const places = project(points, size, found);
    const back = found.axes.reduce(
      (sum, axis, a) => sum.map((value, i) => value + places[a]! * axis[i]!),
      Array.from(found.mean),
    );
    back.forEach((value, i) => expect(value).toBeCloseTo(points[i]!, 4));
  });

  it('of points on a line are one, of points in one place none', () => {
    const line = Float32Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? i : 3 * i - 3));
    expect(principalComponents(line, 2, 2).axes.length).toBe(1);
    expect(principalComponents(new Float32Array(20).fill(0.5), 2, 2).axes).toEqual([]);
    expect(principalComponents(new Float32Array(), 2, 2).axes).toEqual([]);
  });
});
