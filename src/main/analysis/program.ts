import { setTimeout as pause } from 'node:timers/promises';
import { CodedError, toFailure } from '#shared/domain/failure';
import { describeDecoders, findDecoders } from '../adapters/decoders';
import { loadModel, type LoadedModel } from '../adapters/models';
import { tryModel } from '../adapters/onnx/model-trial';
import { runtimeVersion } from '../adapters/onnx/runtime';
import { tryProvider, type ProviderTrial } from '../adapters/onnx/trial';
import type { ModelTrial } from '../ports';
import { Describer } from './describer';
import { Engine, type EngineParts } from './engine';
import { AudioWindow } from './audio-window';
import { inferenceThreads, loadOf, takePriority } from './load';
import { connectToParent, type ParentChannel } from './parent-channel';
import type { Answer, Ask, FromAnalysis } from './protocol';

/** How often the process gives a sign of life; native code that hangs holds it back. */
const ALIVE_MS = 500;

let engine: Engine | null = null;
let describer: Promise<Describer> | null = null;

/** The analysis process. It answers what `service.ts` asks, and ends when its parent goes away. */
export function runAnalysisProgram(parts: Omit<EngineParts, 'audioWindow'>): void {
  connectToParent((parent) => {
    const audioWindow = parent.windowHost ? new AudioWindow(parent.windowHost) : null;
    serve(parent, { ...parts, audioWindow });
  });
}

function serve(parent: ParentChannel, parts: EngineParts): void {
  const post = (message: FromAnalysis): void => parent.post(message);
  setInterval(() => post({ type: 'alive' }), ALIVE_MS).unref();
  parent.onClose(() => void shutDown());
  parent.onMessage((message) => {
    const ask = message as Ask;
    if (ask.type === 'cancel') cancel(ask.id);
    else if (ask.type === 'load') engine?.setLoad(ask);
    else if (ask.type === 'close') void shutDown();
    else {
      answer(ask, parts, post).then(post, (error: unknown) =>
        post({ type: 'failed', id: ask.id, failure: toFailure(error) }),
      );
    }
  });
}

function cancel(id: number): void {
  engine?.cancel(id);
  void describer?.then((one) => one.cancel(id));
}

/** Decoders are processes of their own: they are told to end before this one does. */
async function shutDown(): Promise<void> {
  const closed = Promise.all([engine?.close(), describer?.then((one) => one.close())]);
  await Promise.race([closed, pause(1_000)]);
  process.exit(0);
}

type Question = Exclude<Ask, { type: 'cancel' | 'load' | 'close' }>;

async function answer(ask: Question, parts: EngineParts, post: (message: FromAnalysis) => void): Promise<Answer> {
  switch (ask.type) {
    case 'start':
      // Threads started later inherit it.
      takePriority(loadOf(ask).priority);
      engine = await Engine.create(ask, parts, post);
      return { type: 'started', id: ask.id, info: engine.info() };
    case 'analyze':
      if (!engine) throw new CodedError('not-available', 'No model has been loaded yet.');
      return { type: 'outcome', id: ask.id, outcome: await engine.analyze(ask.id, ask.request) };
    case 'try':
      return { type: 'trial', id: ask.id, trial: await trial(ask.modelDir, ask.provider, parts) };
    case 'try-model':
      return { type: 'model-trial', id: ask.id, trial: await modelTrial(ask.modelDir) };
    case 'describe': {
      takePriority(loadOf(ask.options).priority);
      describer ??= Describer.create(ask.request.columns, ask.options, parts);
      const description = await (await describer).describe(ask.id, ask.request.path);
      return { type: 'description', id: ask.id, description };
    }
    case 'parts':
      return { type: 'parts', id: ask.id, parts: await describeParts(ask.ffmpegPath, parts) };
  }
}

async function trial(modelDir: string, provider: string, { openSession }: EngineParts): Promise<ProviderTrial> {
  return tryProvider(await checkedModel(modelDir), provider, inferenceThreads(), openSession);
}

async function modelTrial(modelDir: string): Promise<ModelTrial> {
  return tryModel(await checkedModel(modelDir), inferenceThreads());
}

async function checkedModel(modelDir: string): Promise<LoadedModel> {
  const model = await loadModel(modelDir);
  if (!model.ok) throw CodedError.from(model.failure);
  return model.value;
}

async function describeParts(
  ffmpegPath: string | null,
  { audioWindow }: EngineParts,
): Promise<Extract<Answer, { type: 'parts' }>['parts']> {
  return {
    onnxruntime: runtimeVersion(),
    decoders: describeDecoders({ ...(await findDecoders(process.env, ffmpegPath)), chromium: audioWindow !== null }),
  };
}
