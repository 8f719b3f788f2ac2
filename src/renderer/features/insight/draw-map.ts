import type { MapView } from './map-view';

/** Width of a point in CSS pixels. */
const POINT = 3;

/**
 * Draws points as small squares straight into pixels: a hundred thousand take a few milliseconds, where as many calls of a
 * canvas would take ten times that.
 *
 * @param colours of each point, as packed by `pack`
 * @param picked points drawn as they are, over the others, which step back; null: all as they are
 */
export function drawMap(
  canvas: HTMLCanvasElement,
  places: Float32Array,
  colours: Uint32Array,
  view: MapView,
  surface: number,
  picked: ReadonlySet<number> | null,
): void {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(surface);
  const ratio = width / (canvas.clientWidth || width);
  const size = Math.max(1, Math.round(POINT * ratio));

  const square = (i: number, colour: number): void => {
    const x = Math.round((places[2 * i]! * view.scale + view.left) * ratio - size / 2);
    const y = Math.round((view.top - places[2 * i + 1]! * view.scale) * ratio - size / 2);
    if (x < 0 || y < 0 || x + size > width || y + size > height) return;
    for (let row = y; row < y + size; row++) pixels.fill(colour, row * width + x, row * width + x + size);
  };
  for (let i = 0; i < colours.length; i++) square(i, picked ? between(colours[i]!, surface) : colours[i]!);
  if (picked) for (const i of picked) square(i, colours[i]!);
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
