import type { AnalysisOutcome } from '#shared/domain/analysis';
import { CodedError, toFailure } from '#shared/domain/failure';
import type {
  AnalysisInfo,
  AnalysisOptions,
  AnalysisRequest,
  AnalysisService,
  ModelTrial,
  SpawnAnalysis,
} from '../ports';
import { providerCandidates } from '../adapters/onnx/providers';
import { ProcessClient, within } from './process-client';
import type { Notice, Parts } from './protocol';
import { bestProvider, chooseProvider, reportProviders, tryCandidates, type ProviderReport } from './provider-choice';
import { RequestLine } from './request-line';
import { Supervisor } from './supervisor';

const PARTS_MS = 30_000;
/** A large model on a slow disk may take a while to load. */
const MODEL_MS = 120_000;

/** The analysis process as the backend sees it. Nothing runs before `start` or `probe` is called. */
export function createAnalysisService(spawn: SpawnAnalysis): AnalysisService {
  return new ProcessAnalysisService(spawn);
}

class ProcessAnalysisService implements AnalysisService {
  private readonly listeners: ((level: Notice['level'], message: string) => void)[] = [];
  private current: { supervisor: Supervisor; line: RequestLine } | null = null;
  private closed = false;

  constructor(private readonly spawn: SpawnAnalysis) {}

  async start(options: AnalysisOptions): Promise<AnalysisInfo> {
    if (this.closed) throw new CodedError('not-available', 'The analysis has been shut down; start the app again.');
    await this.stop();
    const provider = await chooseProvider(this.spawn, options);
    const notify = (notice: Notice): void => this.tell(notice.level, notice.message);
    const supervisor = new Supervisor(this.spawn, { ...options, provider }, notify);
    const { info } = await supervisor.ready();
    this.current = { supervisor, line: new RequestLine(supervisor, notify) };
    return info;
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

  async probe(options: AnalysisOptions): Promise<Parts & { providers: ProviderReport }> {
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

  private async providers({ modelDir, provider }: AnalysisOptions): Promise<ProviderReport> {
    const named = provider === 'auto' || provider === 'cpu' ? [] : [provider];
    try {
      const trials = await tryCandidates(this.spawn, modelDir, [...new Set([...named, ...providerCandidates()])]);
      const works = provider === 'cpu' || trials.get(provider)?.state === 'works';
      const chosen = provider === 'auto' ? bestProvider(trials) : works ? provider : null;
      return reportProviders(trials, this.current?.supervisor.provider ?? chosen);
    } catch (error) {
      // Without a model there is nothing to try a provider with; doctor must say so and go on.
      const detail = modelDir
        ? `not tried: ${toFailure(error).message}`
        : 'not tried: there is no model to try it with';
      return [...providerCandidates(), 'cpu'].map((name) => ({ name, state: 'failed', detail }));
    }
  }

  private tell(level: Notice['level'], message: string): void {
    for (const listener of this.listeners) listener(level, message);
  }
}
