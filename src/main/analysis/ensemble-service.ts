import type { AnalysisOutcome, FailedAnalysis, TrackAnalysis } from '#shared/domain/analysis';
import { CodedError, toFailure } from '#shared/domain/failure';
import { ensembleFrontEnd, joinTracks } from '../core/ensemble/track';
import type {
  AnalysisInfo,
  AnalysisOptions,
  AnalysisRequest,
  AnalysisService,
  FoundEnsemble,
  ModelTrial,
} from '../ports';
import { mergeProviders } from './ensemble-providers';

type NoticeListener = Parameters<AnalysisService['onNotice']>[0];

/**
 * An analysis service that takes ensembles, too: each member is heard by a service (and so a process) of its own, a track is heard by one
 * member after the other, and what they say is joined. As many tracks are under way as a single model would have, so an ensemble takes
 * no larger share of the machine, only longer.
 *
 * @param create makes a service for a single model; those of an ensemble's further members end with the ensemble's use
 */
export function createEnsembleService(create: () => AnalysisService): AnalysisService {
  return new EnsembleService(create);
}

/** What was started. */
interface Running {
  readonly ensemble: FoundEnsemble;
  readonly services: readonly AnalysisService[];
}

class EnsembleService implements AnalysisService {
  /** Hears single models and first members. */
  private readonly first: AnalysisService;
  private further: AnalysisService[] = [];
  private running: Running | null = null;
  private load: Parameters<AnalysisService['setLoad']>[0] | null = null;
  private readonly listeners: NoticeListener[] = [];

  constructor(private readonly create: () => AnalysisService) {
    this.first = create();
  }

  async start({ ensemble, ...options }: AnalysisOptions): Promise<AnalysisInfo> {
    this.running = null;
    await this.closeFurther();
    if (!ensemble) return this.first.start(options);
    const services = this.servicesFor(ensemble);
    const infos: AnalysisInfo[] = [];
    try {
      for (const [i, service] of services.entries())
        infos.push(await service.start({ ...options, modelDir: ensemble.dirs[i]! }));
      for (const [i, { model }] of infos.entries()) assertSame(ensemble, i, model);
    } catch (error) {
      await this.closeFurther();
      throw error;
    }
    this.running = { ensemble, services };
    return {
      model: ensemble.model,
      frontEnd: ensembleFrontEnd(
        ensemble,
        infos.map(({ frontEnd }) => frontEnd),
      ),
      provider: [...new Set(infos.map(({ provider }) => provider))].join(', '),
      decoder: infos[0]!.decoder,
      concurrency: Math.max(...infos.map(({ concurrency }) => concurrency)),
    };
  }

  setLoad(load: Parameters<AnalysisService['setLoad']>[0]): void {
    this.load = load;
    for (const service of [this.first, ...this.further]) service.setLoad(load);
  }

  async analyze(request: AnalysisRequest, signal: AbortSignal): Promise<AnalysisOutcome> {
    if (!this.running) return this.first.analyze(request, signal);
    const { ensemble, services } = this.running;
    const heard: TrackAnalysis[] = [];
    for (const [i, service] of services.entries()) {
      const contentHash = request.contentHash ?? heard[0]?.contentHash;
      const asked = { ...request, keepWindows: true, ...(contentHash !== undefined && { contentHash }) };
      const outcome = await service.analyze(asked, signal);
      if (outcome.status === 'failed') return ofMember(outcome, ensemble, i);
      heard.push(outcome);
    }
    try {
      return joinTracks(ensemble, heard);
    } catch (error) {
      return { status: 'failed', ...toFailure(error) };
    }
  }

  async probe(
    { ensemble, ...options }: AnalysisOptions,
    tryAgain?: boolean,
  ): Promise<Awaited<ReturnType<AnalysisService['probe']>>> {
    if (!ensemble) return this.first.probe(options, tryAgain);
    if (tryAgain) {
      this.running = null;
      await this.closeFurther();
    }
    const probes: Awaited<ReturnType<AnalysisService['probe']>>[] = [];
    // Only the first forgets what is known, or it would forget what was just found out with the others.
    for (const [i, service] of this.servicesFor(ensemble).entries())
      probes.push(await service.probe({ ...options, modelDir: ensemble.dirs[i]! }, tryAgain && i === 0));
    return {
      ...probes[0]!,
      providers: mergeProviders(ensemble.members.map(({ id }, i) => ({ id, providers: probes[i]!.providers }))),
    };
  }

  tryModel(modelDir: string): Promise<ModelTrial> {
    return this.first.tryModel(modelDir);
  }

  onNotice(listener: NoticeListener): void {
    this.listeners.push(listener);
    for (const service of [this.first, ...this.further]) service.onNotice(listener);
  }

  async close(): Promise<void> {
    this.running = null;
    await this.closeFurther();
    await this.first.close();
  }

  /** One for each member, in their order. */
  private servicesFor({ members }: FoundEnsemble): AnalysisService[] {
    while (this.further.length < members.length - 1) {
      const service = this.create();
      for (const listener of this.listeners) service.onNotice(listener);
      if (this.load) service.setLoad(this.load);
      this.further.push(service);
    }
    return [this.first, ...this.further.slice(0, members.length - 1)];
  }

  private async closeFurther(): Promise<void> {
    const { further } = this;
    this.further = [];
    await Promise.all(further.map((service) => service.close()));
  }
}

/** The files may have changed between the look at the folders and the start. */
function assertSame(ensemble: FoundEnsemble, i: number, model: AnalysisInfo['model']): void {
  const { id, version } = ensemble.members[i]!;
  if (model.id === id && model.version === version) return;
  throw new CodedError(
    'model-invalid',
    `The ensemble ${ensemble.id} was to be made of ${id}@${version}, but ${ensemble.dirs[i]} holds ${model.id}@${model.version} now. Try again.`,
  );
}

/** What is wrong with the file is the same for all members; what went wrong in a model names it. */
function ofMember(outcome: FailedAnalysis, { members }: FoundEnsemble, i: number): FailedAnalysis {
  if (outcome.code !== 'inference-invalid' && outcome.code !== 'analysis-crashed') return outcome;
  return { ...outcome, message: `${members[i]!.id}, a member of the ensemble: ${outcome.message}` };
}
