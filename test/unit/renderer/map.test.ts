import { describe, expect, it } from 'vitest';
import { pack } from '../../../src/renderer/features/insight/draw-map';
import { genresOf, mapSheet } from '../../../src/renderer/features/insight/map-model';
import {
  inside,
  moved,
  nearest,
  viewOfAll,
  zoomed,
  type MapView,
} from '../../../src/renderer/features/insight/map-view';

const places = Float32Array.from([0, 0, 1, 0, 1, 1, -3, 1]);
const onScreen = ({ scale, left, top }: MapView, i: number) => [
  places[2 * i]! * scale + left,
  top - places[2 * i + 1]! * scale,
];

describe('the view of a map', () => {
  const view = viewOfAll(places, 432, 232);

  it('has all places in it, as large as the margins allow, and up is up', () => {
    // 4 units in 400 pixels of width are the tighter fit than 1 in 200 of height.
    expect(view.scale).toBeCloseTo(100);
    expect(onScreen(view, 3)).toEqual([16, 66]);
    expect(onScreen(view, 1)).toEqual([416, 166]);
    expect(viewOfAll(new Float32Array(), 100, 50)).toEqual({ scale: 1, left: 50, top: 25 });
  });

  it('zooms around a point, which stays where it is', () => {
    const [x, y] = onScreen(view, 2) as [number, number];
    const closer = zoomed(view, 2.5, x, y);
    expect(onScreen(closer, 2)[0]).toBeCloseTo(x);
    expect(onScreen(closer, 2)[1]).toBeCloseTo(y);
    expect(closer.scale).toBeCloseTo(250);
    expect(onScreen(moved(view, 7, -3), 2)).toEqual([x + 7, y - 3]);
  });

  it('finds the point that is meant, if one is near', () => {
    const [x, y] = onScreen(view, 1) as [number, number];
    expect(nearest(places, view, x + 3, y - 3, 8)).toBe(1);
    expect(nearest(places, view, x + 30, y, 8)).toBeNull();
  });

  it('finds the points inside a line, also of one that bends inwards', () => {
    const box = (x: number, y: number, width: number, height: number) =>
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ] as const;
    expect(inside(places, view, box(0, 0, 432, 232))).toEqual([0, 1, 2, 3]);
    const [x, y] = onScreen(view, 0) as [number, number];
    expect(inside(places, view, box(x - 5, y - 5, 110, 10))).toEqual([0, 1]);
    // A U around the point in the middle leaves it out.
    const bent = [
      [0, 0],
      [432, 0],
      [432, 232],
      [x + 20, 232],
      [x + 20, 20],
      [x - 20, 20],
      [x - 20, 232],
      [0, 232],
    ] as const;
    expect(inside(places, view, bent)).toEqual([1, 2, 3]);
  });
});

describe('genres on a map', () => {
  const layout = { ids: [7, 8, 9, 10], genres: ['rock', null, 'rock', 'jazz'], places };

  it('are listed by their tracks, with those of which none is named last', () => {
    expect(genresOf(layout).map(({ name, points }) => [name, points])).toEqual([
      ['Rock', [0, 2]],
      ['Jazz', [3]],
      ['None named', [1]],
    ]);
  });

  it('have a middle and a spread', () => {
    const { rows } = mapSheet(layout);
    expect(rows[0]).toEqual(['Rock', 2, 0.5, 0.5, Number(Math.SQRT1_2.toFixed(4))]);
    expect(rows[1]).toEqual(['Jazz', 1, -3, 1, 0]);
  });
});

describe('colours as pixels', () => {
  it('are the same in either spelling, and opaque', () => {
    expect(pack('#1b1e24')).toBe(0xff241e1b);
    expect(pack('rgb(27, 30, 36)')).toBe(0xff241e1b);
  });
});
