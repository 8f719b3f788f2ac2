import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from './measure.mjs';

const require = createRequire(import.meta.url);

/** Times real time of the resampler and of the mel stage, one thread, minutes of noise in chunks as a decoder gives them. */
export function frontEnd({ createResampler, createMelStream, DEFAULT_MEL }) {
  const seconds = 120;
  const noise = Float32Array.from({ length: 44_100 * seconds }, () => Math.random() * 0.6 - 0.3);
  const factor = (stream, samples) => {
    const start = performance.now();
    for (let i = 0; i < samples.length; i += 16_384) stream.push(samples.subarray(i, i + 16_384));
    stream.flush();
    return (seconds * 1000) / (performance.now() - start);
  };
  return {
    resample: factor(createResampler(44_100, 16_000), noise),
    mel: factor(createMelStream(DEFAULT_MEL), noise.subarray(0, 16_000 * seconds)),
  };
}

/** Milliseconds per window of the model on one CPU thread, by batch size. */
export async function inference(modelDir, manifest, rounds) {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const ort = require('onnxruntime-node');
  const { name, windowFrames, nMels, layout } = manifest.input;
  const session = await ort.InferenceSession.create(join(modelDir, manifest.file), { intraOpNumThreads: 1 });
  const outputs = manifest.outputs.map((output) => output.name);
  const shape = layout === 'NCTM' ? [windowFrames, nMels] : [nMels, windowFrames];
  const result = {};
  for (const batch of [1, 4, 8, 16, 32]) {
    const data = Float32Array.from({ length: batch * windowFrames * nMels }, () => Math.random() * 3);
    const input = { [name]: new ort.Tensor('float32', data, [batch, 1, ...shape]) };
    await session.run(input, outputs);
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      for (let i = 0; i < 64; i += batch) await session.run(input, outputs);
      times.push((performance.now() - start) / Math.max(64, batch));
    }
    result[batch] = median(times);
  }
  return result;
}
