/**
 * `node scripts/bench-providers.mjs [--model DIR] [--threads N] [--seconds S] [--tflops T --gbs G] [PROVIDER…]`: windows a second of
 * each provider over batch sizes, how far its results are from the CPU's, and, where a graphics processor's peak figures are given, how
 * far it is from what they allow for this model. Each provider runs in a process of its own. Writes test/bench/PROVIDERS.md.
 */
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { median } from './bench/measure.mjs';
import { root } from './build.mjs';
import { ceiling, readGraph, withAllOutputs, workOf } from './lib/onnx-graph.mjs';

const require = createRequire(import.meta.url);
const bundle = join(root, 'out', 'bench-providers', 'parts.cjs');
const CPUS = ['cpu', 'wasm'];
/** Batches of a CPU beyond this take long and gain nothing. */
const LARGEST_OF_CPU = 64;
const ROUNDS = 5;

const count = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** In the child: the rate at each batch size, and the largest difference from the CPU. */
async function measure({ modelDir, provider, threads, seconds }) {
  const {
    loadModel,
    createSession,
    goldenWindows,
    frontEndOf,
    valuesOf,
    largestDifference,
    batchSizes,
    deviceOf,
    runtimeVersion,
  } = require(bundle);
  const loaded = await loadModel(modelDir);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const model = loaded.value;
  const { input, outputs } = model.manifest;
  const names = outputs.map(({ name }) => name);
  const cpu = await createSession(model, 'cpu', threads);
  const session = await createSession(model, provider, threads);
  const frontEnd = frontEndOf(input);
  const all = batchSizes(valuesOf(frontEnd), session.fixedBatch);
  const sizes = CPUS.includes(provider) ? all.filter((size) => size <= LARGEST_OF_CPU) : all;
  const windows = goldenWindows(frontEnd, sizes.at(-1));
  const rates = {};
  let difference = 0;
  for (const size of sizes) {
    const batch = windows.slice(0, size);
    const results = await session.run(batch, names);
    const expected = await cpu.run(batch, names);
    difference = Math.max(difference, ...names.map((name) => largestDifference(expected[name], results[name])));
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      let runs = 0;
      for (; runs === 0 || performance.now() - start < (1000 * seconds) / ROUNDS; runs++)
        await session.run(batch, names);
      rounds.push((1000 * runs * size) / (performance.now() - start));
    }
    rates[size] = { typical: median(rounds), least: Math.min(...rounds), most: Math.max(...rounds) };
  }
  return { rates, difference, device: await deviceOf(provider), onnxruntime: runtimeVersion() };
}

/** A provider in a process of its own; what it dies or fails of is a result, too. */
function measureApart(job) {
  const child = fork(fileURLToPath(import.meta.url), ['--child'], { serialization: 'advanced' });
  return new Promise((resolve) => {
    child.once('message', (result) => {
      resolve(result);
      child.kill('SIGKILL');
    });
    child.once('exit', (code, signal) => resolve({ failed: `the process ended (${signal ?? code})` }));
    child.send(job);
  });
}

async function countWork(modelDir) {
  const { loadModel, loadRuntime, frontEndOf, valuesOf } = require(bundle);
  const loaded = await loadModel(modelDir);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const { manifest, onnx } = loaded.value;
  const { name } = manifest.input;
  const frontEnd = frontEndOf(manifest.input);
  const graph = readGraph(onnx);
  const open = withAllOutputs(onnx, graph);
  const { InferenceSession, Tensor } = await loadRuntime('cpu');
  const session = await InferenceSession.create(open.onnx, { graphOptimizationLevel: 'disabled', logSeverityLevel: 4 });
  const dims = [1, ...frontEnd.axes.map(({ size }) => size)];
  const data = new Float32Array(valuesOf(frontEnd));
  const results = await session.run({ [name]: new Tensor('float32', data, dims) });
  const shapes = new Map([[name, dims], ...Object.entries(results).map(([key, tensor]) => [key, tensor.dims])]);
  return { manifest, work: workOf(graph, shapes) };
}

function describe({ manifest, work, results, peaks, threads, load }) {
  const sizes = [...new Set(results.flatMap(({ rates = {} }) => Object.keys(rates)))].map(Number).sort((a, b) => a - b);
  const best = (rates) => Math.max(...Object.values(rates).map(({ typical }) => typical));
  const rateRow = ({ name, rates }) =>
    `| ${name} | ${sizes.map((size) => (rates[size] ? count.format(rates[size].typical) : '')).join(' | ')} |`;
  const checkRow = ({ name, device, difference, rates }) =>
    `| ${name} | ${device.name} | ${count.format(best(rates))} | ${difference.toExponential(1)} |`;
  const works = results.filter(({ rates }) => rates);
  const graphics = works.filter(({ provider }) => !CPUS.includes(provider));
  const limits = graphics.flatMap(({ name, rates }) =>
    Object.entries(rates).map(([size, { typical }]) => {
      const { windowsPerSecond, by } = ceiling(work, Number(size), peaks);
      const share = `${((100 * typical) / windowsPerSecond).toFixed(1)} %`;
      return `| ${name} | ${size} | ${count.format(typical)} | ${count.format(windowsPerSecond)} | ${by} | ${share} |`;
    }),
  );
  const limitText = peaks
    ? `Peak figures as given: ${peaks.tflops} TFLOP/s, ${peaks.gbs} GB/s.

| | batch | windows/s | allowed | held back by | share |
|---|---|---|---|---|---|
${limits.join('\n')}`
    : 'No peak figures were given (`--tflops`, `--gbs`), so there is nothing to compare with.';
  const mega = (value) => count.format(value / 1e6);
  return `# Results of \`node scripts/bench-providers.mjs\`

${new Date().toISOString().slice(0, 10)}, ${process.platform}, Node ${process.version}, onnxruntime ${works[0].onnxruntime}, model ${manifest.id}@${manifest.version}, all its outputs.
The CPU has ${threads} of ${availableParallelism()} threads, as in the app; WebAssembly has one. Medians of ${ROUNDS} rounds. Load average before
the first: ${load.toFixed(1)} (over ${availableParallelism()} the machine had other work, and the rates are too low).

## Windows per second by batch

| | ${sizes.join(' | ')} |
|---|${sizes.map(() => '---|').join('')}
${works.map(rateRow).join('\n')}
${graphics.length === 0 ? `| graphics processor | ${sizes.map(() => '').join(' | ')} |` : ''}

${graphics.length === 0 ? 'No graphics processor was at hand: its row is empty and nothing is claimed of it.' : ''}

## Against the CPU

The largest difference of any output of any golden window at any of these batches, relative to 1 + the value; 2e-3 is allowed.

| | device | best windows/s | difference |
|---|---|---|---|
${works.map(checkRow).join('\n')}

${results
  .filter(({ failed }) => failed)
  .map(({ name, failed }) => `- ${name} can't be used here: ${failed}`)
  .join('\n')}

## What the model asks for

A window takes ${mega(work.macs)} million multiply-adds. At least ${mega(work.activationBytes)} MB of float32 values move between its convolutions and
matrix products, and ${mega(work.weightBytes)} MB of weights once a batch.${work.uncounted.length > 0 ? ` Not counted: ${work.uncounted.join(', ')}.` : ''}

${limitText}
`;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      model: { type: 'string', default: join(root, 'models/base') },
      threads: { type: 'string', default: String(Math.max(1, Math.floor(availableParallelism() / 2))) },
      seconds: { type: 'string', default: '1' },
      tflops: { type: 'string' },
      gbs: { type: 'string' },
    },
  });
  if (!existsSync(join(values.model, 'model.json')))
    throw new Error(`${values.model} has no model.json; name a model's folder.`);
  await build({
    absWorkingDir: root,
    stdin: {
      contents: [
        'models',
        'onnx/session',
        'onnx/golden',
        'onnx/sweep',
        'onnx/devices',
        'onnx/runtime',
        'onnx/providers',
      ]
        .map((part) => `export * from './src/main/adapters/${part}';`)
        .concat(`export { frontEndOf, valuesOf } from './src/main/core/inputs';`)
        .join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['onnxruntime-node', 'onnxruntime-web'],
    logLevel: 'error',
  });
  const { providerCandidates, providerName } = require(bundle);
  const providers = positionals.length > 0 ? positionals : [...CPUS, ...providerCandidates()];
  const threads = Number(values.threads);
  const load = loadavg()[0];
  const results = [];
  for (const provider of providers) {
    process.stderr.write(`${provider} …\n`);
    const job = { modelDir: values.model, provider, threads, seconds: Number(values.seconds) };
    results.push({ provider, name: providerName(provider), ...(await measureApart(job)) });
  }
  if (!results.some(({ rates }) => rates))
    throw new Error(results.map(({ name, failed }) => `${name}: ${failed}`).join('\n'));
  const peaks = values.tflops && values.gbs ? { tflops: Number(values.tflops), gbs: Number(values.gbs) } : null;
  const counted = await countWork(values.model);
  const markdown = await format(describe({ ...counted, results, peaks, threads, load }), {
    parser: 'markdown',
    printWidth: 120,
  });
  writeFileSync(join(root, 'test/bench/PROVIDERS.md'), markdown);
  rmSync(join(bundle, '..'), { recursive: true });
  process.stdout.write(markdown);
}

if (process.argv[2] === '--child') {
  process.once('message', (job) => {
    measure(job).then(
      (result) => process.send(result),
      (error) => process.send({ failed: require(bundle).firstLine(error.cause ?? error) }),
    );
  });
} else await main();
