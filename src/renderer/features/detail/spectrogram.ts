import { SPECTROGRAM_BANDS, SPECTROGRAM_TOP_HZ } from '#shared/contract/audio';

/** A spectrogram as it came, row-major [columns, SPECTROGRAM_BANDS], the lowest band first, 0..255. */
export interface Spectrogram {
  readonly columns: number;
  readonly values: Uint8Array;
}

export const readSpectrogram = ({ columns, image }: { columns: number; image: string }): Spectrogram => ({
  columns,
  values: Uint8Array.from(atob(image), (byte) => byte.charCodeAt(0)),
});

/** Viridis (Smith and van der Walt 2015) at nine even steps: lightness rises evenly, and is told apart by colour-blind eyes and in grey. */
const VIRIDIS = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725];

/** Red, green and blue of each of 256 values, in turn. */
export function colourMap(): Uint8Array {
  const map = new Uint8Array(256 * 3);
  for (let value = 0; value < 256; value++) {
    const place = (value / 255) * (VIRIDIS.length - 1);
    const step = Math.min(VIRIDIS.length - 2, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const shift = 16 - 8 * channel;
      const [low, high] = [(VIRIDIS[step]! >> shift) & 0xff, (VIRIDIS[step + 1]! >> shift) & 0xff];
      map[value * 3 + channel] = Math.round(low + (place - step) * (high - low));
    }
  }
  return map;
}

/** The picture's pixels, four bytes each, by lines from the highest band down; `columns` wide. */
export function pixelsOf({ columns, values }: Spectrogram): Uint8ClampedArray<ArrayBuffer> {
  const colours = colourMap();
  const pixels = new Uint8ClampedArray(columns * SPECTROGRAM_BANDS * 4);
  for (let column = 0; column < columns; column++)
    for (let band = 0; band < SPECTROGRAM_BANDS; band++) {
      const at = 4 * ((SPECTROGRAM_BANDS - 1 - band) * columns + column);
      const from = 3 * values[column * SPECTROGRAM_BANDS + band]!;
      pixels.set([colours[from]!, colours[from + 1]!, colours[from + 2]!, 255], at);
    }
  return pixels;
}

/** The frequency below which half of the picture's values lie, in Hz, and where its strongest column is, 0..1. */
export function outlineOf({ columns, values }: Spectrogram): { halfBelowHz: number; loudest: number } {
  const byBand = new Float64Array(SPECTROGRAM_BANDS);
  let [most, loudest] = [-1, 0];
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let band = 0; band < SPECTROGRAM_BANDS; band++) {
      const value = values[column * SPECTROGRAM_BANDS + band]!;
      byBand[band]! += value;
      sum += value;
    }
    if (sum > most) [most, loudest] = [sum, column];
  }
  const half = byBand.reduce((a, b) => a + b, 0) / 2;
  let band = 0;
  for (let below = byBand[0]!; below < half && band < SPECTROGRAM_BANDS - 1; below += byBand[band]!) band++;
  return { halfBelowHz: upperEdge(band), loudest: (loudest + 0.5) / columns };
}

/** Slaney's mel scale: linear below 1 kHz, logarithmic above, as the analysis' front end has it. */
function upperEdge(band: number): number {
  const top = 15 + Math.log(SPECTROGRAM_TOP_HZ / 1000) / (Math.log(6.4) / 27);
  const mel = ((band + 1.5) / (SPECTROGRAM_BANDS + 1)) * top;
  return mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((Math.log(6.4) / 27) * (mel - 15));
}
