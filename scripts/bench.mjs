/**
 * `npm run bench`: how fast the analysis is, against the floor of bare decoding, all from one run on one machine.
 * Medians of five rounds in which the contestants take turns; writes test/bench/RESULTS.md.
 */
import { build } from 'esbuild';
import { execFileSync, fork, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, cpus, loadavg, platform, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { buildMain, root } from './build.mjs';

const ROUNDS = 5;
const PROCESSES = 2;
const require = createRequire(import.meta.url);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)}`;

/** The real music beside the repository, or sound made by ffmpeg where that is absent. */
function findMusic() {
  const songs = join(root, '..', 'shared', 'data', 'songs');
  if (existsSync(songs)) {
    const files = readdirSync(songs, { recursive: true }).filter((name) => /\.(mp3|ogg)$/.test(name));
    return {
      what: `${files.length} real songs and sounds (MP3, Ogg Vorbis)`,
      files: files.map((name) => join(songs, name)),
    };
  }
  const folder = join(tmpdir(), 'genregram-bench');
  mkdirSync(folder, { recursive: true });
  const files = Array.from({ length: 8 }, (_, i) => join(folder, `noise-${i}.mp3`));
  for (const [i, file] of files.entries()) {
    if (existsSync(file)) continue;
    const source = `anoisesrc=d=120:c=pink:seed=${i}:r=44100,aformat=channel_layouts=stereo`;
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-b:a', '192k', file]);
  }
  return { what: '8 files of 120 s of pink noise (MP3)', files };
}

/** Wall seconds of decoding all files to mono 16 kHz and throwing the result away, two ffmpeg processes at a time, at the analysis' low priority. */
async function floor(files) {
  const start = performance.now();
  const waiting = [...files];
  await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) await decodeToNothing(file);
    }),
  );
  return (performance.now() - start) / 1000;
}

function decodeToNothing(file) {
  const args = [
    '-nostdin',
    '-v',
    'error',
    '-threads',
    '1',
    '-i',
    file,
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    '16000',
    '-f',
    'null',
    '-',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', args, { stdio: 'ignore' }).once('error', reject).once('close', resolve);
    // The analysis lowers its priority, too; beside other work the comparison would be unfair otherwise.
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  });
}

/** Starts the analysis with one kind of decoder and loads the model; what is timed later is only the tracks. */
async function startAnalysis(decoder, modelDir, createAnalysisService) {
  let pid = 0;
  const service = createAnalysisService(() => {
    const child = fork(join(root, 'out/main/analysis.cjs'), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, GENREGRAM_DECODER: decoder },
    });
    pid = child.pid;
    return {
      post: (message) => child.connected && child.send(message, () => undefined),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
      kill: () => child.kill('SIGKILL'),
    };
  });
  const info = await service.start({ modelDir, provider: 'cpu' });
  return { service, info, peakMegabytes: () => peakMegabytes(pid) };
}

/** Of the analysis process with its worker threads, without the ffmpeg processes; null where /proc can't tell. */
function peakMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))[1]) / 1024;
}

async function analyseAll({ service, info }, files) {
  const start = performance.now();
  const outcomes = [];
  const waiting = [...files];
  const never = new AbortController().signal;
  await Promise.all(
    Array.from({ length: info.concurrency }, async () => {
      for (let path = waiting.shift(); path; path = waiting.shift()) {
        outcomes.push(await service.analyze({ path, plan: { kind: 'all' } }, never));
      }
    }),
  );
  const failed = outcomes.filter(({ status }) => status !== 'ok');
  if (failed.length > 0) throw new Error(JSON.stringify(failed[0]));
  const sum = (of) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    wall: (performance.now() - start) / 1000,
    seconds: sum((o) => o.durationSec),
    windows: sum((o) => o.windows),
    stages: Object.fromEntries(
      ['decode', 'features', 'inference'].map((stage) => [stage, sum((o) => o.ms[stage]) / 1000]),
    ),
  };
}

/** Times real time of the resampler and of the mel stage, one thread, minutes of noise in chunks as a decoder gives them. */
function frontEnd({ createResampler, createMelStream, DEFAULT_MEL }) {
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
async function inference(modelDir, manifest) {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const ort = require('onnxruntime-node');
  const { name, windowFrames, nMels, layout } = manifest.input;
  const session = await ort.InferenceSession.create(join(modelDir, manifest.file), { intraOpNumThreads: 1 });
  const outputs = manifest.outputs
    .filter(({ task }) => task === 'genre' || task === 'mood')
    .map((output) => output.name);
  const shape = layout === 'NCTM' ? [windowFrames, nMels] : [nMels, windowFrames];
  const result = {};
  for (const batch of [1, 4, 8, 16, 32]) {
    const data = Float32Array.from({ length: batch * windowFrames * nMels }, () => Math.random() * 3);
    const input = { [name]: new ort.Tensor('float32', data, [batch, 1, ...shape]) };
    await session.run(input, outputs);
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      for (let i = 0; i < 64; i += batch) await session.run(input, outputs);
      times.push((performance.now() - start) / Math.max(64, batch));
    }
    result[batch] = median(times);
  }
  return result;
}

const modelDir = ['models/base', 'test/fixtures/analysis/tiny-model']
  .map((dir) => join(root, dir))
  .find((dir) => existsSync(join(dir, 'model.onnx')));
const manifest = JSON.parse(readFileSync(join(modelDir, 'model.json'), 'utf8'));
const bundle = join(root, 'out', 'bench');
await buildMain();
await build({
  absWorkingDir: root,
  stdin: {
    contents: `export * from './src/main/analysis/service'; export * from './src/main/core/dsp/mel';
      export * from './src/main/core/dsp/resampler'; export { DEFAULT_MEL } from './src/main/analysis/features';`,
    resolveDir: root,
    loader: 'ts',
  },
  outfile: join(bundle, 'engine.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['onnxruntime-node', 'mpg123-decoder', '@wasm-audio-decoders/*', 'ogg-opus-decoder'],
});
const engine = require(join(bundle, 'engine.cjs'));
const { what, files } = findMusic();
const ffmpegVersion = /version (\S+)/.exec(execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }))[1];

const analyses = { ffmpeg: null, wasm: null };
for (const decoder of Object.keys(analyses))
  analyses[decoder] = await startAnalysis(decoder, modelDir, engine.createAnalysisService);
const loadBefore = loadavg()[0];
const runs = { floor: [], ffmpeg: [], wasm: [] };
const front = { resample: [], mel: [] };
let last;
for (let round = 0; round < ROUNDS; round++) {
  runs.floor.push(await floor(files));
  for (const decoder of Object.keys(analyses)) {
    last = await analyseAll(analyses[decoder], files);
    runs[decoder].push(last);
  }
  const { resample, mel } = frontEnd(engine);
  front.resample.push(resample);
  front.mel.push(mel);
  process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
}
const peaks = Object.fromEntries(
  Object.entries(analyses).map(([decoder, analysis]) => [decoder, analysis.peakMegabytes()]),
);
for (const { service } of Object.values(analyses)) await service.close();
const perWindow = await inference(modelDir, manifest);

const { seconds, windows } = last;
const wall = { floor: runs.floor, ffmpeg: runs.ffmpeg.map((run) => run.wall), wasm: runs.wasm.map((run) => run.wall) };
const ratio = (name) => median(wall[name].map((value, i) => value / wall.floor[i]));
const row = (label, name) => {
  const value = median(wall[name]);
  const peak = peaks[name] ? `${Math.round(peaks[name])} MB` : '';
  return `| ${label} | ${value.toFixed(2)} s (${spread(wall[name])}) | ${(seconds / value).toFixed(0)}x | ${(files.length / value).toFixed(2)} | ${ratio(name).toFixed(2)} | ${peak} |`;
};
const stages = (name) =>
  ['decode', 'features', 'inference']
    .map((stage) => median(runs[name].map((run) => run.stages[stage])).toFixed(2))
    .join(' | ');
const text = `# Results of \`npm run bench\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, ${platform()}, Node ${process.version}, ffmpeg ${ffmpegVersion},
model ${manifest.id}@${manifest.version} on the CPU. ${what}, ${Math.round(seconds)} s in all, ${windows} windows (\`all\` mode).
Medians of ${ROUNDS} rounds in which the rows take turns; in brackets the fastest and the slowest round. Load average before the
first round: ${loadBefore.toFixed(1)} (over ${cpus().length} the machine had other work; ratios hold better than times then).

## Whole pipeline against bare decoding

The floor is ffmpeg decoding the same files to mono 16 kHz and throwing the result away, ${PROCESSES} processes at a time,
at the same low priority as the analysis.

| | wall | real time | tracks/s | of the floor's wall | peak of the analysis process |
|---|---|---|---|---|---|
${row('floor: bare ffmpeg', 'floor')}
${row('analysis, ffmpeg command', 'ffmpeg')}
${row('analysis, built-in decoders', 'wasm')}

Seconds per stage, summed over tracks (stages overlap; decoding includes waiting for the decoder):

| | decode | resample + mel | inference |
|---|---|---|---|
| ffmpeg command | ${stages('ffmpeg')} |
| built-in decoders | ${stages('wasm')} |

## Front end, one thread

| | times real time |
|---|---|
| resample 44.1 to 16 kHz | ${Math.round(median(front.resample))} (${Math.round(Math.min(...front.resample))}-${Math.round(Math.max(...front.resample))}) |
| log-mel | ${Math.round(median(front.mel))} (${Math.round(Math.min(...front.mel))}-${Math.round(Math.max(...front.mel))}) |

## Inference, one thread

| batch | ${Object.keys(perWindow).join(' | ')} |
|---|${Object.keys(perWindow)
  .map(() => '---|')
  .join('')}
| ms per 3-s window | ${Object.values(perWindow)
  .map((ms) => ms.toFixed(2))
  .join(' | ')} |
`;
const results = await format(text, { parser: 'markdown', printWidth: 120 });
writeFileSync(join(root, 'test/bench/RESULTS.md'), results);
rmSync(bundle, { recursive: true });
process.stdout.write(results);
