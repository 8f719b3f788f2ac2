import { MAGMA } from './magma';

export type Colours = 'grey' | 'magma' | 'repeat';

/** Turns a level 0..1 to a channel's value 0..1. */
type Channel = (level: number) => number;

const grey: Channel = (level) => level;
const ofMagma =
  (channel: number): Channel =>
  (level) =>
    MAGMA[3 * Math.max(0, Math.min(255, Math.floor(256 * level))) + channel]! / 255;

/** What the channels of a picture show. */
export const CHANNELS: Readonly<Record<Colours, readonly Channel[]>> = {
  grey: [grey],
  repeat: [grey, grey, grey],
  magma: [ofMagma(0), ofMagma(1), ofMagma(2)],
};

/**
 * Gives a picture its channels.
 * @param levels 0..1, row by row.
 * @param interleaved whether a pixel's channels lie side by side; else each channel is a plane of its own.
 * @param normalisation a number a channel: (value + add) / divide; nothing is done where absent.
 */
export function coloured(
  levels: Float32Array,
  colours: Colours,
  interleaved: boolean,
  normalisation?: { readonly add: readonly number[]; readonly divide: readonly number[] },
): Float32Array {
  const channels = CHANNELS[colours];
  const values = new Float32Array(channels.length * levels.length);
  const [pixel, plane] = interleaved ? [channels.length, 1] : [1, levels.length];
  channels.forEach((channel, c) => {
    const add = normalisation?.add[c] ?? 0;
    const divide = normalisation?.divide[c] ?? 1;
    for (let i = 0; i < levels.length; i++) values[i * pixel + c * plane] = (channel(levels[i]!) + add) / divide;
  });
  return values;
}
