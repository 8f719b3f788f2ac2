import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { modelManifestSchema } from '#shared/contract/model-manifest';
import { toFailure, type Failure } from '#shared/domain/failure';
import { createDecoders, findDecoders, type DecoderSetup } from '../adapters/decoders';
import { FRONT_END, type MelParameters } from '../core/dsp/mel';
import { DEFAULT_MEL, extractFeatures, type FeatureFile } from './features';

/**
 * `features.cjs --out DIR [--model-dir DIR] [--list FILE] FILE...`: log-mel spectrograms of whole tracks by the app's own
 * front end, for training models that then see in the app what they saw in training. Writes a .npy per track and index.json.
 */
const WORKERS = 2;

interface Job {
  readonly path: string;
  readonly file: string;
}
interface WorkerSetup {
  readonly folder: string;
  readonly mel: MelParameters;
  readonly decoders: DecoderSetup;
}
type Answer = { readonly done: FeatureFile } | { readonly failed: { readonly path: string } & Failure };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, 'model-dir': { type: 'string' }, list: { type: 'string' } },
  });
  const listed = values.list ? readFileSync(values.list, 'utf8').split(/\r?\n/) : [];
  const paths = [...positionals, ...listed].filter((path) => path !== '');
  if (!values.out || paths.length === 0) {
    process.stderr.write('usage: features.cjs --out DIR [--model-dir DIR] [--list FILE] FILE...\n');
    return 2;
  }
  await mkdir(values.out, { recursive: true });
  const mel = values['model-dir'] ? melOfModel(values['model-dir']) : DEFAULT_MEL;
  const setup: WorkerSetup = { folder: values.out, mel, decoders: await findDecoders() };
  const answers = await runJobs(paths.map(toJob), setup);
  const tracks = answers.flatMap((answer) => ('done' in answer ? [answer.done] : []));
  const failures = answers.flatMap((answer) => ('failed' in answer ? [answer.failed] : []));
  await writeFile(
    join(values.out, 'index.json'),
    JSON.stringify({ frontEnd: FRONT_END, mel, tracks, failures }, null, 1),
  );
  for (const { path, message } of failures) process.stderr.write(`${path}: ${message}\n`);
  process.stderr.write(`${tracks.length} done, ${failures.length} failed\n`);
  return tracks.length > 0 ? 0 : 3;
}

const toJob = (path: string, index: number): Job => ({
  path,
  file: `${String(index).padStart(6, '0')}-${basename(path)
    .replace(/[^\w.-]+/g, '_')
    .slice(-80)}.npy`,
});

function melOfModel(folder: string): MelParameters {
  const { input } = modelManifestSchema.parse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')));
  if (input.kind === 'mel') return input;
  throw new Error(`${folder} takes ${input.kind}; name a model that takes mel, for only its features can be written.`);
}

async function runJobs(jobs: readonly Job[], setup: WorkerSetup): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = [...jobs];
  await Promise.all(
    Array.from({ length: Math.min(WORKERS, jobs.length) }, async () => {
      const worker = new Worker(__filename, { workerData: setup });
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        answers.push(await ask(worker, job));
        if (answers.length % 50 === 0) process.stderr.write(`${answers.length} of ${jobs.length}\n`);
      }
      await worker.terminate();
    }),
  );
  return answers;
}

function ask(worker: Worker, job: Job): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', resolve).once('error', reject);
    worker.postMessage(job);
  });
}

function serve(setup: WorkerSetup): void {
  const decoders = createDecoders(setup.decoders);
  parentPort?.on('message', ({ path, file }: Job) => {
    extractFeatures(path, setup.folder, file, decoders, setup.mel).then(
      (done) => parentPort?.postMessage({ done }),
      (error: unknown) => parentPort?.postMessage({ failed: { path, ...toFailure(error) } }),
    );
  });
}

if (isMainThread) {
  main().then(
    (status) => process.exit(status),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
} else {
  serve(workerData as WorkerSetup);
}
