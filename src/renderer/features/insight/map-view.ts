/** Which part of the map is in sight: a place (x, y) is shown at (x * scale + left, top - y * scale), in CSS pixels. */
export interface MapView {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

const MARGIN = 16;

/** All places in sight, in the middle. */
export function viewOfAll(places: Float32Array, width: number, height: number): MapView {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < places.length; i += 2) {
    const [x, y] = [places[i]!, places[i + 1]!];
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  if (!(minX <= maxX)) return { scale: 1, left: width / 2, top: height / 2 };
  const scale = Math.min((width - 2 * MARGIN) / (maxX - minX || 1), (height - 2 * MARGIN) / (maxY - minY || 1));
  return { scale, left: width / 2 - ((minX + maxX) / 2) * scale, top: height / 2 + ((minY + maxY) / 2) * scale };
}

/** `factor` times as large around a point of the screen. */
export const zoomed = ({ scale, left, top }: MapView, factor: number, x: number, y: number): MapView => ({
  scale: scale * factor,
  left: x + (left - x) * factor,
  top: y + (top - y) * factor,
});

export const moved = (view: MapView, dx: number, dy: number): MapView => ({
  ...view,
  left: view.left + dx,
  top: view.top + dy,
});

/** The number of the place nearest to a point of the screen, at most `reach` pixels off; null if there is none. */
export function nearest(places: Float32Array, view: MapView, x: number, y: number, reach: number): number | null {
  let best: number | null = null;
  let least = reach * reach;
  for (let i = 0; i + 1 < places.length; i += 2) {
    const dx = places[i]! * view.scale + view.left - x;
    const dy = view.top - places[i + 1]! * view.scale - y;
    const distance = dx * dx + dy * dy;
    if (distance <= least) {
      least = distance;
      best = i / 2;
    }
  }
  return best;
}

export type Point = readonly [x: number, y: number];

/** The numbers of the places inside a closed line on the screen (even-odd rule). */
export function inside(places: Float32Array, view: MapView, line: readonly Point[]): number[] {
  const xs = line.map(([x]) => x);
  const ys = line.map(([, y]) => y);
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const found: number[] = [];
  for (let i = 0; i + 1 < places.length; i += 2) {
    const x = places[i]! * view.scale + view.left;
    const y = view.top - places[i + 1]! * view.scale;
    if (x >= minX && x <= maxX && y >= minY && y <= maxY && isInside(x, y, line)) found.push(i / 2);
  }
  return found;
}

function isInside(x: number, y: number, line: readonly Point[]): boolean {
  let odd = false;
  line.forEach(([x1, y1], i) => {
    const [x2, y2] = line[(i + 1) % line.length]!;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  });
  return odd;
}
