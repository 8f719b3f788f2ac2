import { describe, expect, it } from 'vitest';
import { SPECTROGRAM_BANDS } from '#shared/contract/audio';
import { SpectrogramMeter } from '../../../src/main/core/playback/spectrogram';
import { colourMap, outlineOf, pixelsOf, readSpectrogram } from '../../../src/renderer/features/detail/spectrogram';

describe('a spectrogram of bounded size', () => {
  it('has the mean of the frames of each part, however they are cut', () => {
    const frames = Float32Array.from({ length: 10 * 2 }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2) : 9));
    for (const cut of [2, 6, 20]) {
      const meter = new SpectrogramMeter(10, 2, 5);
      for (let from = 0; from < frames.length; from += cut) meter.push(frames.subarray(from, from + cut));
      const means = [0.5, 2.5, 4.5, 6.5, 8.5];
      expect([...meter.image()]).toEqual(means.flatMap((mean) => [Math.round((255 * mean) / 9), 255]));
    }
  });

  it('has no more columns than frames, takes more frames than were known of, and is dark where none came', () => {
    const short = new SpectrogramMeter(2, 1, 100);
    short.push(Float32Array.of(1, 2, 4));
    expect([...short.image()]).toEqual([85, 255]);
    const cutOff = new SpectrogramMeter(4, 1, 4);
    cutOff.push(Float32Array.of(2, 1));
    expect([...cutOff.image()]).toEqual([255, 128, 0, 0]);
    expect([...new SpectrogramMeter(0, 2, 10).image()]).toEqual([0, 0]);
  });
});

describe('its picture', () => {
  const values = new Uint8Array(3 * SPECTROGRAM_BANDS);
  values[1 * SPECTROGRAM_BANDS + 0] = 255;
  values[2 * SPECTROGRAM_BANDS + 63] = 100;
  const read = readSpectrogram({ columns: 3, image: Buffer.from(values).toString('base64') });

  it('has low below and high above, from left to right', () => {
    expect(read.values).toEqual(values);
    const pixels = pixelsOf(read);
    expect(pixels).toHaveLength(3 * SPECTROGRAM_BANDS * 4);
    const at = (x: number, y: number): number[] => [...pixels.subarray(4 * (y * 3 + x), 4 * (y * 3 + x) + 4)];
    expect(at(1, 63)).toEqual([0xfd, 0xe7, 0x25, 255]);
    expect(at(0, 0)).toEqual([0x44, 0x01, 0x54, 255]);
    expect(at(2, 0)).not.toEqual(at(0, 0));
  });

  it('grows lighter with each value, so that it is read without colours too', () => {
    const map = colourMap();
    const linear = (value: number): number => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const lightness = Array.from(
      { length: 256 },
      (_, i) => 0.2126 * linear(map[3 * i]!) + 0.7152 * linear(map[3 * i + 1]!) + 0.0722 * linear(map[3 * i + 2]!),
    );
    expect(lightness.every((value, i) => i === 0 || value > lightness[i - 1]! - 1e-4)).toBe(true);
    expect(lightness[255]! / lightness[0]!).toBeGreaterThan(20);
  });

  it('is put in words: where half of it lies, and where it is strongest', () => {
    expect(outlineOf(read).loudest).toBe(0.5);
    expect(outlineOf(read).halfBelowHz).toBeGreaterThan(40);
    expect(outlineOf(read).halfBelowHz).toBeLessThan(100);
    const high = new Uint8Array(SPECTROGRAM_BANDS);
    high[63] = 9;
    expect(outlineOf({ columns: 1, values: high }).halfBelowHz).toBeGreaterThan(7500);
  });
});
