import { expect, test } from 'vitest';
import { MonoChunk } from '../../../src/main/adapters/decoders/mono-chunk';

const tone = (hertz: number, rate: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

const add = (chunk: MonoChunk, samples: Float32Array, rate: number): void => {
  chunk.add({ heap: samples, offsets: Uint32Array.of(0), length: samples.length }, rate);
};

/** Rising zero crossings a second: the frequency of a tone. */
function frequency(samples: Float32Array, rate: number): number {
  let crossings = 0;
  for (let i = 1; i < samples.length; i++) if (samples[i - 1]! < 0 && samples[i]! >= 0) crossings++;
  return (crossings * rate) / samples.length;
}

test('a part of another sample rate is brought to the first one, however it comes in', () => {
  for (const piece of [700, 22_050]) {
    const chunk = new MonoChunk();
    add(chunk, tone(440, 44_100, 44_100), 44_100);
    const slow = tone(440, 22_050, 22_050);
    for (let at = 0; at < slow.length; at += piece) add(chunk, slow.subarray(at, at + piece), 22_050);
    add(chunk, tone(440, 44_100, 44_100), 44_100);

    expect(chunk.sampleRate).toBe(44_100);
    expect(chunk.length).toBe(3 * 44_100);
    for (const second of [0, 1, 2])
      expect(frequency(chunk.samples.subarray(second * 44_100, (second + 1) * 44_100), 44_100)).toBeCloseTo(440, -1);
    const middle = chunk.samples.subarray(1.2 * 44_100, 1.8 * 44_100);
    expect(Math.max(...middle)).toBeCloseTo(1, 2);
  }
});

test('samples stay as they are where the rate is one and the memory has to grow', () => {
  const chunk = new MonoChunk();
  const samples = tone(1000, 16_000, 200_000);
  add(chunk, samples.subarray(0, 50_000), 16_000);
  add(chunk, samples.subarray(50_000), 16_000);
  expect(Buffer.from(chunk.samples.slice().buffer).equals(Buffer.from(samples.buffer))).toBe(true);
});
