import type { AnalysisOutcome, WindowPlan } from '#shared/domain/analysis';
import { toFailure } from '#shared/domain/failure';
import type { AnalysisInfo, AnalysisService, FoundModel } from '../../ports';
import { modelKey } from '../analysis-session';
import type { Context } from '../context';
import type { Job } from '../jobs/runner';
import { abortable, forEachBounded } from '../stages/bounded';
import { columnOf, hearingKey, hearingOf, type AskedModel } from './columns';
import type { Kept } from './kept-hearings';
import type { Subject } from './subject';

interface Request {
  readonly subjects: readonly Subject[];
  readonly models: readonly AskedModel[];
  readonly plan: WindowPlan;
}

/**
 * Has what is not known yet heard by one model after the other, each in a process of its own that ends with its turn: the library's own
 * model stays as it is. What goes wrong with a model or a file is kept as its columns' failure.
 */
export async function hearToCompare(context: Context, job: Job, { subjects, models, plan }: Request): Promise<void> {
  const turns = models.flatMap((asked) => {
    const { model } = asked;
    if ('code' in model) return [];
    const left = subjects.filter((subject) => columnOf(context, subject, asked, plan).heard === null);
    return left.length > 0 ? [{ model, left }] : [];
  });
  job.phase(
    turns.reduce((sum, { left }) => sum + left.length, 0),
    null,
  );
  for (const { model, left } of turns) {
    job.signal.throwIfAborted();
    job.update({ detail: model.name });
    await hearWith(context, job, model, left, plan);
  }
}

async function hearWith(
  context: Context,
  job: Job,
  model: FoundModel,
  subjects: readonly Subject[],
  plan: WindowPlan,
): Promise<void> {
  const { hearings, session } = context;
  const service = context.createAnalysis();
  try {
    const info = await started(service, session.optionsFor(model), job.signal);
    await forEachBounded(subjects, info.concurrency, job.signal, async (subject) => {
      const outcome = await service.analyze({ path: subject.path, plan }, job.signal);
      if (job.signal.aborted) return;
      hearings.keep(hearingKey(subject, model, plan), keptOf(outcome, plan));
      // What failed is shown in its column; the library's failures are others.
      job.tick(subject.path, false);
    });
  } catch (error) {
    if (job.signal.aborted) throw error;
    const { code, message } = toFailure(error);
    if (code === 'internal') throw error;
    for (const subject of subjects) {
      hearings.keep(hearingKey(subject, model, plan), { failure: { code, message } });
      job.tick(modelKey(model), false);
    }
  } finally {
    await service.close();
  }
}

const keptOf = (outcome: AnalysisOutcome, plan: WindowPlan): Kept =>
  outcome.status === 'ok'
    ? { heard: hearingOf(outcome, plan) }
    : { failure: { code: outcome.code, message: outcome.message } };

const started = (
  service: AnalysisService,
  options: Parameters<AnalysisService['start']>[0],
  signal: AbortSignal,
): Promise<AnalysisInfo> => abortable(service.start(options), signal);
