import { describe, expect, test } from 'vitest';
import { limited } from '../../../src/main/adapters/decoders/length-limit';
import type { DecodedAudio } from '../../../src/main/ports';

/** Minutes of silence, a second a chunk; notes how many were asked for. */
function silence(minutes: number, declaredSec: number | null): { audio: DecodedAudio; given: () => number } {
  let given = 0;
  function* chunks(): Generator<Float32Array> {
    for (; given < minutes * 60; given++) yield new Float32Array(100);
  }
  const from = chunks();
  const audio = { sampleRate: 100, declaredSec, warnings: [], chunks: { [Symbol.asyncIterator]: () => asAsync(from) } };
  return { audio, given: () => given };
}

const asAsync = (from: Generator<Float32Array>): AsyncGenerator<Float32Array> =>
  (async function* () {
    yield* from;
    await Promise.resolve();
  })();

async function heard({ chunks }: DecodedAudio): Promise<number> {
  let samples = 0;
  for await (const chunk of chunks) samples += chunk.length;
  return samples;
}

describe('the limit of length', () => {
  test('what is no longer is heard whole', async () => {
    expect(await heard(limited(silence(2, 120).audio, 2))).toBe(12_000);
  });

  test('what says that it is longer is refused at its first chunk', async () => {
    const { audio, given } = silence(3, 180);
    await expect(heard(limited(audio, 2))).rejects.toMatchObject({
      code: 'too-long',
      message: expect.stringMatching(/limit of 2 minutes; raise the limit/) as string,
    });
    expect(given()).toBe(0);
  });

  test('what does not say it is refused when so much has been heard', async () => {
    const { audio, given } = silence(600, null);
    await expect(heard(limited(audio, 2))).rejects.toMatchObject({ code: 'too-long' });
    expect(given()).toBe(120);
  });
});
