import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ModelInput } from '#shared/contract/model-input';
import type { TrackAnalysis, WindowPlan } from '#shared/domain/analysis';
import { modelPacks } from '../../../src/main/adapters/models/packs';
import { frontEndOf, windowSeconds } from '../../../src/main/core/inputs';
import { never, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { largestDifference } from '../../builders/audio';
import { featuresInput, imageInput, waveformInput, weightsOf, writeInputPack } from '../../builders/input-packs';
import { musicLike, writeWav } from '../../builders/sounds';

const RATE = 16_000;
const SECONDS = 7;
const folder = temporaryFolder();
const { service } = watchedAnalysis();
afterAll(async () => {
  await service.close();
  folder.remove();
});

/** Sixteen bits at the models' own rate: nothing is resampled, and the test knows every sample. */
const sound = musicLike(3, SECONDS, 1, RATE).samples.map((sample) => Math.round(sample * 32_767) / 32_768);
const file = (name: string): string => join(folder.path, `${name}.wav`);
const write = (name: string, samples: Float32Array): void =>
  writeWav(file(name), (time) => (samples[Math.round(time * RATE)]! * 32_768) / 32_767, samples.length / RATE, RATE);
write('sound', sound);

async function heard(name: string, plan: WindowPlan = { kind: 'all' }): Promise<TrackAnalysis> {
  const outcome = await service.analyze({ path: file(name), plan, keepWindows: true }, never);
  if (outcome.status === 'failed') throw new Error(outcome.message);
  return outcome;
}
const genres = (track: TrackAnalysis): Float32Array => track.windowValues!.genre!.data;

/** The genres of a window that starts at this frame, worked out without the pipeline: its own stream, frames, and weights by hand. */
function expected(input: ModelInput, startFrame: number): number[] {
  const frontEnd = frontEndOf(input);
  const stream = frontEnd.createStream();
  const frames = [...stream.push(sound), ...stream.flush()];
  const from = startFrame * frontEnd.width;
  const row = frontEnd.render(Float32Array.from(frames.slice(from, from + frontEnd.windowFrames * frontEnd.width)));
  const weights = weightsOf(input);
  const logits = Array.from({ length: 10 }, (_, genre) =>
    row.reduce((sum, value, i) => sum + value * weights[i * 10 + genre]!, 0),
  );
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
}

describe.each([waveformInput, imageInput, featuresInput])('a pack that takes $kind', (input) => {
  const dir = writeInputPack(join(folder.path, input.kind), input);
  const frontEnd = frontEndOf(input);
  const total = frontEnd.framesOf(sound.length);

  test('is installed, tried and started', async () => {
    const pack = await modelPacks.inspect(dir, { models: [], failures: [] });
    expect(pack).toMatchObject({ ok: true, value: { windowSec: windowSeconds(frontEnd) } });
    expect((await service.tryModel(dir)).msPerWindow).toBeGreaterThan(0);
    const info = await service.start({ modelDir: dir, provider: 'cpu' });
    expect(info).toMatchObject({ model: { id: `tiny-${input.kind}` }, frontEnd: frontEnd.version });
  });

  test('hears windows end to end, each as it is by hand, the same every time', async () => {
    const track = await heard('sound');
    const whole = Math.floor(total / frontEnd.windowFrames);
    expect(track.windowSec).toBeCloseTo(windowSeconds(frontEnd), 9);
    expect(track.startsSec.slice(0, whole)).toEqual(
      Array.from({ length: whole }, (_, i) => (i * frontEnd.windowFrames * frontEnd.hop) / RATE),
    );
    expect(track.frontEnd).toBe(frontEnd.version);
    track.startsSec.forEach((start, window) => {
      const frame = Math.round((start * RATE) / frontEnd.hop);
      const row = genres(track).subarray(window * 10, (window + 1) * 10);
      expect(largestDifference(row, expected(input, frame))).toBeLessThan(2e-3);
    });
    expect(genres(await heard('sound'))).toEqual(genres(track));
  });

  test('hears windows drawn at random, and spread ones, as they are by hand', async () => {
    for (const plan of [
      { kind: 'random', count: 20 },
      { kind: 'spread', count: 2 },
    ] as const) {
      const track = await heard('sound', plan);
      expect(track.startsSec).toHaveLength(plan.count);
      for (const window of [0, plan.count - 1]) {
        const frame = Math.round((track.startsSec[window]! * RATE) / frontEnd.hop);
        const row = genres(track).subarray(window * 10, (window + 1) * 10);
        expect(largestDifference(row, expected(input, frame))).toBeLessThan(2e-3);
      }
    }
  });

  test('hears a track of one window the same by every plan', async () => {
    // A hop less gives as many frames as the window has.
    write('one', sound.subarray(0, (frontEnd.windowFrames - (frontEnd.hop > 1 ? 1 : 0)) * frontEnd.hop));
    const all = await heard('one');
    const random = await heard('one', { kind: 'random', count: 100 });
    expect([all.windows, random.windows]).toEqual([1, 100]);
    for (let window = 0; window < 100; window++)
      expect(largestDifference(genres(random).subarray(window * 10, (window + 1) * 10), genres(all))).toBeLessThan(
        1e-5,
      );
  });

  test('repeats a short track and says so, hears silence, and refuses next to nothing', async () => {
    write('short', sound.subarray(0, Math.max(8100, Math.floor(0.4 * frontEnd.windowFrames * frontEnd.hop))));
    const short = await heard('short');
    if (input.kind === 'waveform') expect(short.windows).toBe(1);
    else
      expect(short).toMatchObject({ windows: 1, warnings: [expect.stringContaining('it was repeated to fill one')] });
    write('silence', new Float32Array(SECONDS * RATE));
    const silence = await heard('silence');
    expect(silence.windows).toBeGreaterThan(0);
    expect(genres(silence).every(Number.isFinite)).toBe(true);
    expect(silence.genre!.histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    write('nothing', sound.subarray(0, 4000));
    expect(await service.analyze({ path: file('nothing'), plan: { kind: 'all' } }, never)).toMatchObject({
      status: 'failed',
      code: 'too-short',
    });
  });
});

test('a graph of another shape is refused by the manifest’s field', async () => {
  const refusal = async (graph: ModelInput, claimed: ModelInput, name: string): Promise<string> => {
    const dir = writeInputPack(join(folder.path, name), graph, claimed);
    return service.tryModel(dir).then(
      () => 'works',
      (error: unknown) => (error as Error).message,
    );
  };
  const longer = { ...waveformInput, windowSamples: 9000 };
  expect(await refusal(waveformInput, longer, 'longer')).toMatch(
    /input\.windowSamples: .*N x 1 x 9000, .* N x 1 x 8000/,
  );
  const flat = { ...waveformInput, layout: 'NT' } as const;
  expect(await refusal(waveformInput, flat, 'flat')).toMatch(/input\.layout: .*N x 8000, .* N x 1 x 8000/);
  const grey = { ...imageInput, colours: 'grey', normalisation: undefined } as const;
  expect(await refusal(imageInput, grey, 'grey')).toMatch(/input\.colours, size\.height, size\.width: /);
  const fewer = { ...featuresInput, columns: ['rms_mean'], normalisation: undefined };
  expect(await refusal(featuresInput, fewer, 'fewer')).toMatch(/input\.columns: .*N x 1, .* N x 5/);
});
