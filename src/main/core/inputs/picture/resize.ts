/** Where each place of a resized axis lies between two places of the old one. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Share of `high`, 0..1. */
  readonly share: Float64Array;
}

/**
 * Resizes pictures bilinearly: half-pixel centres, edges held, no antialiasing, as torch's interpolate(mode='bilinear',
 * align_corners=False) does.
 * @returns a function from row-major [height, width] to row-major [toHeight, toWidth], an array of the caller's own.
 */
export function bilinear(
  height: number,
  width: number,
  toHeight: number,
  toWidth: number,
): (picture: Float32Array) => Float32Array {
  const rows = taps(height, toHeight);
  const columns = taps(width, toWidth);
  return (picture) => {
    const resized = new Float32Array(toHeight * toWidth);
    for (let y = 0; y < toHeight; y++) {
      const above = rows.low[y]! * width;
      const below = rows.high[y]! * width;
      const down = rows.share[y]!;
      for (let x = 0; x < toWidth; x++) {
        const left = columns.low[x]!;
        const right = columns.high[x]!;
        const across = columns.share[x]!;
        const top = picture[above + left]! * (1 - across) + picture[above + right]! * across;
        const bottom = picture[below + left]! * (1 - across) + picture[below + right]! * across;
        resized[y * toWidth + x] = top * (1 - down) + bottom * down;
      }
    }
    return resized;
  };
}

function taps(from: number, to: number): Taps {
  const at = Float64Array.from({ length: to }, (_, i) => Math.max(0, ((i + 0.5) * from) / to - 0.5));
  const low = Int32Array.from(at, (place) => Math.min(from - 1, Math.floor(place)));
  return {
    low,
    high: low.map((place) => Math.min(from - 1, place + 1)),
    share: at.map((place, i) => place - low[i]!),
  };
}
