import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CodedError, toFailure } from '#shared/domain/failure';
import { describeDecoders, findDecoders } from '../adapters/decoders';
import { loadModel, type LoadedModel } from '../adapters/models';
import { tryProvider } from '../adapters/onnx/providers';
import { loadRuntime } from '../adapters/onnx/runtime';
import { tryModel } from '../adapters/onnx/model-trial';
import type { ModelTrial } from '../ports';
import { Engine, inferenceThreads } from './engine';
import { connectToParent } from './parent-channel';
import type { Answer, Ask, FromAnalysis } from './protocol';

/** The analysis process. It answers what `service.ts` asks, and ends when its parent goes away. */
let engine: Engine | null = null;

connectToParent((parent) => {
  const post = (message: FromAnalysis): void => parent.post(message);
  parent.onClose(() => void shutDown());
  parent.onMessage((message) => {
    const ask = message as Ask;
    if (ask.type === 'cancel') engine?.cancel(ask.id);
    else if (ask.type === 'close') void shutDown();
    else {
      answer(ask, post).then(post, (error: unknown) => post({ type: 'failed', id: ask.id, failure: toFailure(error) }));
    }
  });
});

/** Decoders are processes of their own: they are told to end before this one does. */
async function shutDown(): Promise<void> {
  await Promise.race([engine?.close(), pause(1_000)]);
  process.exit(0);
}

type Question = Exclude<Ask, { type: 'cancel' | 'close' }>;

async function answer(ask: Question, post: (message: FromAnalysis) => void): Promise<Answer> {
  switch (ask.type) {
    case 'start':
      yieldToTheUser();
      engine = await Engine.create(ask, join(__dirname, 'decode-worker.cjs'), post);
      return { type: 'started', id: ask.id, info: engine.info() };
    case 'analyze':
      if (!engine) throw new CodedError('not-available', 'No model has been loaded yet.');
      return { type: 'outcome', id: ask.id, outcome: await engine.analyze(ask.id, ask.request) };
    case 'try':
      return { type: 'trial', id: ask.id, trial: await trial(ask.modelDir, ask.provider) };
    case 'try-model':
      return { type: 'model-trial', id: ask.id, trial: await modelTrial(ask.modelDir) };
    case 'parts':
      return { type: 'parts', id: ask.id, parts: await parts(ask.ffmpegPath) };
  }
}

/** Threads started later inherit the priority; decoding must not make the user's other work stutter. */
function yieldToTheUser(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed everywhere; it is a courtesy only.
  }
}

async function trial(modelDir: string, provider: string): Promise<Awaited<ReturnType<typeof tryProvider>>> {
  return tryProvider(await checkedModel(modelDir), provider, inferenceThreads());
}

async function modelTrial(modelDir: string): Promise<ModelTrial> {
  return tryModel(await checkedModel(modelDir), inferenceThreads());
}

async function checkedModel(modelDir: string): Promise<LoadedModel> {
  const model = await loadModel(modelDir);
  if (!model.ok) throw CodedError.from(model.failure);
  return model.value;
}

async function parts(ffmpegPath: string | null): Promise<Extract<Answer, { type: 'parts' }>['parts']> {
  const ort = await loadRuntime();
  return {
    onnxruntime: ort.env.versions.node ?? ort.env.versions.common,
    decoders: describeDecoders(await findDecoders(process.env, ffmpegPath)),
  };
}
