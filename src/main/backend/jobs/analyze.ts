import { formatWindowPlan, type WindowPlan } from '#shared/domain/analysis';
import type { Context } from '../context';
import { hearQuickly, hearTracks } from './hear';
import type { Job } from './runner';

/** Tracks to analyse; those that failed before are tried again where the user named them. */
export interface Candidates {
  readonly ids: readonly number[];
  readonly named: boolean;
}

/** Analyses what has no result of the active model and this plan yet (with `force` everything), several tracks at a time. */
export async function runAnalysis(
  context: Context,
  job: Job,
  request: { candidates: readonly Candidates[]; plan: WindowPlan; force: boolean },
): Promise<void> {
  const { store, session } = context;
  const info = await session.start(job.signal);
  context.events.changedSoon();
  const plan = formatWindowPlan(request.plan);
  const ids = request.candidates.flatMap(({ ids, named }) => chooseIds(ids, named));

  function chooseIds(candidates: readonly number[], named: boolean): readonly number[] {
    if (request.force) return candidates;
    if (named) store.results.chooseAll(candidates, plan, Date.now());
    return store.results.pending(candidates, plan, named);
  }

  await hearTracks(context, job, info, new Set(ids), request);
}

/**
 * Hears quickly what the active model has not heard at all. From its beginning on the full analysis is wanted too, which is
 * the next job's (`runRefinement`).
 *
 * @param under folders and files that the candidates were found in: after a kill the quick pass goes on there
 */
export async function runQuickPass(
  context: Context,
  job: Job,
  request: { candidates: readonly Candidates[]; under: readonly string[] },
): Promise<void> {
  const { store, session, refinement } = context;
  const info = await session.start(job.signal);
  context.events.changedSoon();
  refinement.want(request.under);
  const ids = request.candidates.flatMap(({ ids, named }) => store.results.unheard(ids, named));
  await hearQuickly(context, job, info, ids);
}
