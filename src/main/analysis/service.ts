import type { AnalysisOutcome } from '#shared/domain/analysis';
import { CodedError, toFailure } from '#shared/domain/failure';
import type {
  AnalysisInfo,
  AnalysisOptions,
  AnalysisRequest,
  AnalysisService,
  ModelTrial,
  SpawnAnalysis,
  VerdictFile,
} from '../ports';
import { providerCandidates, providerName } from '../adapters/onnx/providers';
import { WASM } from '../adapters/onnx/runtime';
import type { LoadWanted } from './load';
import { ProcessClient, within } from './process-client';
import type { Notice, Parts } from './protocol';
import { ProviderChoice, type ProviderReport } from './provider-choice';
import { RequestLine } from './request-line';
import { Supervisor } from './supervisor';
import { Verdicts } from './verdicts';

const PARTS_MS = 30_000;
/** A large model on a slow disk may take a while to load. */
const MODEL_MS = 120_000;

/** The analysis process as the backend sees it. Nothing runs before `start` or `probe` is called. */
export function createAnalysisService(
  spawn: SpawnAnalysis,
  verdicts: VerdictFile = untilTheEnd(),
  candidates = providerCandidates(),
): AnalysisService {
  return new ProcessAnalysisService(spawn, new ProviderChoice(spawn, new Verdicts(verdicts), candidates));
}

function untilTheEnd(): VerdictFile {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
}

class ProcessAnalysisService implements AnalysisService {
  private readonly listeners: ((level: Notice['level'], message: string) => void)[] = [];
  private current: { supervisor: Supervisor; line: RequestLine } | null = null;
  private closed = false;
  private load: LoadWanted = {};

  constructor(
    private readonly spawn: SpawnAnalysis,
    private readonly choice: ProviderChoice,
  ) {}

  async start(options: AnalysisOptions): Promise<AnalysisInfo> {
    if (this.closed) throw new CodedError('not-available', 'The analysis has been shut down; start the app again.');
    await this.stop();
    const chain = await this.choice.chain(options);
    if (chain.lastResort !== null) {
      this.tell(
        'warning',
        `The analysis runs on ${providerName(WASM)}, which is several times slower than the CPU's own program: that one can't be used (${chain.lastResort}). Install Genregram again, or run “genregram doctor --try-again”.`,
      );
    }
    const notify = (notice: Notice): void => this.tell(notice.level, notice.message);
    const supervisor = new Supervisor(
      this.spawn,
      options,
      chain,
      {
        notice: notify,
        dropped: (provider, reason) => this.choice.drop(provider, reason),
      },
      this.load,
    );
    const { info } = await supervisor.ready();
    this.current = { supervisor, line: new RequestLine(supervisor, notify) };
    supervisor.setLoad(this.load);
    return info;
  }

  setLoad(load: LoadWanted): void {
    this.load = load;
    this.current?.supervisor.setLoad(load);
  }

  analyze(request: AnalysisRequest, signal: AbortSignal): Promise<AnalysisOutcome> {
    if (!this.current) {
      return Promise.resolve({
        status: 'failed',
        code: 'not-available',
        message: 'The analysis has not been started.',
      });
    }
    return this.current.line.analyze(request, signal);
  }

  async probe(options: AnalysisOptions, tryAgain = false): Promise<Parts & { providers: ProviderReport }> {
    if (tryAgain) {
      await this.stop();
      this.choice.forgetAll();
    }
    return { ...(await this.parts(options.ffmpegPath ?? null)), providers: await this.providers(options) };
  }

  async tryModel(modelDir: string): Promise<ModelTrial> {
    const client = new ProcessClient(this.spawn, () => undefined);
    try {
      const reply = await within(
        MODEL_MS,
        client.call({ type: 'try-model', modelDir }).answer,
        () => void client.end(),
      );
      if (reply.type !== 'model-trial') throw new Error(`a model's trial was answered by ${reply.type}`);
      return reply.trial;
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'analysis-crashed') throw error;
      throw new CodedError(
        'model-invalid',
        `The model in ${modelDir} crashed or hung its trial run; export it anew, or fetch another one.`,
        { cause: error },
      );
    } finally {
      void client.end();
    }
  }

  onNotice(listener: (level: Notice['level'], message: string) => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.stop();
  }

  private async stop(): Promise<void> {
    const { current } = this;
    this.current = null;
    current?.line.close();
    await current?.supervisor.close();
  }

  private async parts(ffmpegPath: string | null): Promise<Parts> {
    const client = new ProcessClient(this.spawn, () => undefined);
    try {
      const reply = await within(PARTS_MS, client.call({ type: 'parts', ffmpegPath }).answer, () => void client.end());
      if (reply.type !== 'parts') throw new Error(`a question for parts was answered by ${reply.type}`);
      return reply.parts;
    } finally {
      void client.end();
    }
  }

  private async providers(options: AnalysisOptions): Promise<ProviderReport> {
    try {
      return await this.choice.report(options, this.current?.supervisor.provider ?? null);
    } catch (error) {
      // Without a model there is nothing to try a provider with; doctor must say so and go on.
      const detail = options.modelDir
        ? `not tried: ${toFailure(error).message}`
        : 'not tried: there is no model to try it with';
      return [...this.choice.candidates, 'cpu'].map((name) => ({ name, state: 'failed', detail }));
    }
  }

  private tell(level: Notice['level'], message: string): void {
    for (const listener of this.listeners) listener(level, message);
  }
}
