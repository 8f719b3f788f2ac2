/** What the header of an MPEG audio frame says. */
export interface MpegFrame {
  /** Bytes, header included. */
  readonly length: number;
  /** Per channel. */
  readonly samples: number;
  readonly sampleRate: number;
}

/** kbit/s by index, per version (1, or 2 and 2.5) and layer (ISO 11172-3 2.4.2.3, ISO 13818-3 2.4.2.3). */
const BIT_RATES: Readonly<Record<string, readonly number[]>> = {
  '1/1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1/2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1/3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2/1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2/2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2/3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;
/** By the version field: MPEG 2.5, reserved, 2, 1. */
const RATE_DIVISORS = [4, 0, 2, 1] as const;

/** Reads the header of the MPEG audio frame at `i`; null if there is none (free format is not looked for). */
export function mpegFrame(bytes: Uint8Array, i: number): MpegFrame | null {
  if (i + 4 > bytes.length || bytes[i] !== 0xff || (bytes[i + 1]! & 0xe0) !== 0xe0) return null;
  const divisor = RATE_DIVISORS[(bytes[i + 1]! >> 3) & 3]!;
  const layer = 4 - ((bytes[i + 1]! >> 1) & 3);
  const baseRate = SAMPLE_RATES[(bytes[i + 2]! >> 2) & 3];
  const kbit = BIT_RATES[`${divisor === 1 ? 1 : 2}/${layer}`]?.[bytes[i + 2]! >> 4];
  if (divisor === 0 || baseRate === undefined || !kbit) return null;
  const sampleRate = baseRate / divisor;
  const padding = (bytes[i + 2]! >> 1) & 1;
  if (layer === 1)
    return { length: (Math.floor((12_000 * kbit) / sampleRate) + padding) * 4, samples: 384, sampleRate };
  const samples = layer === 3 && divisor > 1 ? 576 : 1152;
  return { length: Math.floor((samples * 125 * kbit) / sampleRate) + padding, samples, sampleRate };
}
