import { formatWindowPlan, type WindowPlan } from '#shared/domain/analysis';
import type { Context } from '../context';
import { forEachBounded } from '../stages/bounded';
import { analyzeTrack } from '../stages/analyze-track';
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
  const ids = [...new Set(request.candidates.flatMap(({ ids, named }) => chooseIds(ids, named)))];

  function chooseIds(candidates: readonly number[], named: boolean): readonly number[] {
    if (request.force) return candidates;
    if (named) store.results.chooseAll(candidates, plan, Date.now());
    return store.results.pending(candidates, plan, named);
  }

  job.phase(ids.length, [info.provider, info.decoder].filter(Boolean).join(' · '));
  await forEachBounded(ids, info.concurrency, job.signal, async (id) => {
    const end = await analyzeTrack(context, id, request, job.signal);
    if (end === 'cancelled') return;
    job.tick(end.path, end.failed);
    context.events.changedSoon();
  });
}
