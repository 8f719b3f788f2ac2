import type { MapView } from './map-view';

/** Width of a point in CSS pixels: the fewer there are, the larger they may be. */
export const pointSize = (count: number): number => (count > 2000 ? 3 : count > 400 ? 5 : 8);

/** How much wider the ring around a marked point is, in CSS pixels, of which the half is empty. */
const RING = 5;

export interface MapPoints {
  /** [points, 2] */
  readonly places: Float32Array;
  /** As packed by `pack`. */
  readonly colours: Uint32Array;
  /** Points with a ring; null for none. */
  readonly marked: ReadonlySet<number> | null;
  /** Width in CSS pixels. */
  readonly size: number;
}

/**
 * Draws points straight into pixels (small ones as squares, larger ones as discs): a hundred thousand take a few milliseconds, where as many
 * calls of a canvas would take ten times that.
 *
 * @param inks of what lies behind the points, and of rings; as packed by `pack`
 * @param picked points drawn as they are, over the others, which step back; null: all as they are
 */
export function drawMap(
  canvas: HTMLCanvasElement,
  { places, colours, marked, size: cssSize }: MapPoints,
  view: MapView,
  { surface, ink }: { readonly surface: number; readonly ink: number },
  picked: ReadonlySet<number> | null,
): void {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(surface);
  const ratio = width / (canvas.clientWidth || width);

  const spot = (i: number, wide: number, colour: number): void => {
    const size = Math.max(1, Math.round(wide * ratio));
    const x = Math.round((places[2 * i]! * view.scale + view.left) * ratio - size / 2);
    const y = Math.round((view.top - places[2 * i + 1]! * view.scale) * ratio - size / 2);
    if (x < 0 || y < 0 || x + size > width || y + size > height) return;
    for (let row = 0; row < size; row++) {
      const inset = size < 5 ? 0 : Math.round(size / 2 - Math.sqrt((size / 2) ** 2 - (row + 0.5 - size / 2) ** 2));
      const start = (y + row) * width + x;
      pixels.fill(colour, start + inset, start + size - inset);
    }
  };
  const point = (i: number, dim: boolean): void => {
    const faded = (colour: number): number => (dim ? between(colour, surface) : colour);
    if (marked?.has(i)) {
      spot(i, cssSize + RING, faded(ink));
      spot(i, cssSize + RING - 3, surface);
    }
    spot(i, cssSize, faded(colours[i]!));
  };
  for (let i = 0; i < colours.length; i++) point(i, picked !== null);
  if (picked) for (const i of picked) point(i, false);
  context.putImageData(image, 0, 0);
}

/** "#1b1e24" or "rgb(27, 30, 36)" as a pixel. */
export function pack(colour: string): number {
  const [red = 0, green = 0, blue = 0] = colour.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A quarter of the first colour and three of the second. */
function between(a: number, b: number): number {
  const mix = (shift: number): number => (((a >>> shift) & 255) + 3 * ((b >>> shift) & 255)) >> 2;
  return ((255 << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0;
}
