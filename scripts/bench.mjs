/**
 * `npm run bench`: how fast the analysis is, against the floor of bare decoding and against other programs, all from one run on one
 * machine. Medians of five rounds in which the contestants take turns; writes test/bench/RESULTS.md.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, platform } from 'node:os';
import { basename, join } from 'node:path';
import { format } from 'prettier';
import { startAnalysis } from './bench/analysis.mjs';
import { floor } from './bench/floor.mjs';
import { median } from './bench/measure.mjs';
import { findMusic, fourMinutes } from './bench/music.mjs';
import { frontEnd, inference } from './bench/parts.mjs';
import { peers } from './bench/peers.mjs';
import { buildMain, external, root } from './build.mjs';

const ROUNDS = 5;
const QUICK = { kind: 'spread', count: 12 };
const require = createRequire(import.meta.url);

/** Bundles what is measured without the process around it. */
async function loadEngine() {
  const bundle = join(root, 'out', 'bench');
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
    external,
  });
  const engine = require(join(bundle, 'engine.cjs'));
  rmSync(bundle, { recursive: true });
  return engine;
}

/** Rounds in which all contestants take turns: name -> its measurements, in order. */
async function takeTurns(contestants, rounds = ROUNDS) {
  const runs = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) runs[name].push(await run());
    process.stderr.write(`round ${round} of ${rounds}: ${Object.keys(contestants).join(', ')}\n`);
  }
  return runs;
}

const walls = (runs) => runs.map(({ wall }) => wall);
const spread = (values) => `${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)}`;
const ratios = (runs, floors) => median(walls(runs).map((wall, i) => wall / floors[i].wall)).toFixed(2);
const cores = (runs) => (runs[0].cpu === null ? '' : median(runs.map(({ cpu, wall }) => cpu / wall)).toFixed(2));
const megabytes = (value) => (value ? `${Math.round(value)} MB` : '');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

async function wholePipeline(engine, modelDir, files) {
  const start = (decoder, share) => startAnalysis(engine.createAnalysisService, decoder, { modelDir, share });
  const analyses = {
    'analysis, ffmpeg command': await start('ffmpeg', 'all'),
    'analysis, built-in decoders': await start('wasm', 'all'),
    'analysis, as it comes: ffmpeg command and built-in': await start('auto', 'all'),
    'analysis, ffmpeg command, share low': await start('ffmpeg', 'low'),
  };
  // The built-in decoders have none for AAC.
  const decodable = files.filter((file) => !file.endsWith('.m4a'));
  const runs = await takeTurns({
    'floor: bare ffmpeg, 2 at a time': () => floor(decodable, 2),
    'floor: bare ffmpeg, 1 at a time': () => floor(decodable, 1),
    ...Object.fromEntries(Object.entries(analyses).map(([name, { analyse }]) => [name, () => analyse(decodable)])),
  });
  const peaks = Object.fromEntries(
    Object.entries(analyses).map(([name, analysis]) => [name, analysis.peakMegabytes()]),
  );
  for (const analysis of Object.values(analyses)) await analysis.close();
  return { runs, peaks, files: decodable, ...runs['analysis, ffmpeg command'][0].result };
}

function pipelineText({ runs, peaks, files, seconds }) {
  const [two, one] = Object.keys(runs);
  const rows = Object.entries(runs).map(([name, measured]) => {
    const wall = median(walls(measured));
    const against = name === one || name.endsWith('low') ? one : two;
    return [
      name,
      `${wall.toFixed(2)} s (${spread(walls(measured))})`,
      `${(seconds / wall).toFixed(0)}x`,
      (files.length / wall).toFixed(2),
      ratios(measured, runs[against]),
      cores(measured),
      megabytes(peaks[name]),
    ];
  });
  const stages = Object.entries(runs).filter(([, [first]]) => first.result.stages);
  return `The floor is ffmpeg decoding the same files to mono 16 kHz and throwing the result away, at the same low priority as the analysis. With the share
\`low\` the analysis decodes one file at a time; its ratio is to the floor with one process.

${table(['', 'wall', 'real time', 'tracks/s', "of the floor's wall", 'cores busy', 'peak of the analysis process'], rows)}

Seconds per stage, summed over tracks (stages overlap; decoding includes waiting for the decoder):

${table(
  ['', 'decode', 'resample + mel', 'inference'],
  stages.map(([name, measured]) => [
    name,
    ...['decode', 'features', 'inference'].map((stage) =>
      median(measured.map(({ result }) => result.stages[stage])).toFixed(2),
    ),
  ]),
)}`;
}

async function quickMode(engine, modelDir, songs) {
  const analysis = await startAnalysis(engine.createAnalysisService, 'auto', { modelDir, share: 'all' });
  const long = fourMinutes();
  const sets = Object.fromEntries([
    ['the songs', songs],
    ...long.map((file) => [`4 minutes, ${basename(file).split('.')[1]}`, [file, file, file, file]]),
    ['4 minutes, all six', long],
  ]);
  const rows = [];
  for (const [name, files] of Object.entries(sets)) {
    const runs = await takeTurns({
      floor: () => floor(files, 2),
      quick: () => analysis.analyse(files, QUICK),
      all: () => analysis.analyse(files),
    });
    const faster = median(runs.floor.map(({ wall }, i) => wall / runs.quick[i].wall)).toFixed(2);
    const ms = (list) => ((median(walls(list)) * 1000) / files.length).toFixed(0);
    rows.push([name, ms(runs.floor), ms(runs.quick), ms(runs.all), faster]);
  }
  await analysis.close();
  return rows;
}

const modelDir = ['models/base', 'test/fixtures/analysis/tiny-model']
  .map((dir) => join(root, dir))
  .find((dir) => existsSync(join(dir, 'model.onnx')));
const manifest = JSON.parse(readFileSync(join(modelDir, 'model.json'), 'utf8'));
await buildMain();
const engine = await loadEngine();
const { what, files } = findMusic();
const ffmpegVersion = /version (\S+)/.exec(execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }))[1];
const loadBefore = loadavg()[0];

const pipeline = await wholePipeline(engine, modelDir, files);
const quick = await quickMode(engine, modelDir, files);
const front = (await takeTurns({ front: () => frontEnd(engine) })).front;
const perWindow = await inference(modelDir, manifest, ROUNDS);
const others = await peers(pipeline.files, median(walls(pipeline.runs['analysis, ffmpeg command'])));

const times = (of) => {
  const values = front.map(of);
  return `${Math.round(median(values))} (${Math.round(Math.min(...values))}-${Math.round(Math.max(...values))})`;
};
const text = `# Results of \`npm run bench\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, ${platform()}, Node ${process.version}, ffmpeg ${ffmpegVersion},
model ${manifest.id}@${manifest.version} on the CPU. ${what}; medians of ${ROUNDS} rounds in which the rows take turns, in brackets the fastest and
the slowest round. Load average before the first round: ${loadBefore.toFixed(1)} (over ${cpus().length} the machine had other work; ratios hold better than times then).

## Whole pipeline against bare decoding

${pipeline.files.length} files, ${Math.round(pipeline.seconds)} s in all, ${pipeline.windows} windows (\`all\`). ${pipelineText(pipeline)}

## Quick look

12 windows of each track, found by seeking, against the same floor (2 processes); milliseconds per track.

${table(['', 'floor', 'quick', 'all', 'quick is faster than the floor by'], quick)}

## Front end, one thread

${table(
  ['', 'times real time'],
  [
    ['resample 44.1 to 16 kHz', times(({ resample }) => resample)],
    ['log-mel', times(({ mel }) => mel)],
  ],
)}

## Inference, one thread

${table(['batch', ...Object.keys(perWindow)], [['ms per 3-s window', ...Object.values(perWindow).map((ms) => ms.toFixed(2))]])}

## Other programs

The same files in the same run, one after the other, as these programs do; see test/bench/peers.

${table(['', 'seconds', 'of ours'], others)}
`;
const results = await format(text, { parser: 'markdown', printWidth: 120 });
writeFileSync(join(root, 'test/bench/RESULTS.md'), results);
process.stdout.write(results);
