import type { JobStatus } from '#shared/contract/schemas';
import type { Context } from '../context';
import { reachableTracks } from '../reachable';
import { createRefineQueue } from '../refine-queue';
import { hearInFull, hearQuickly } from './hear';
import type { Job, StartedJob } from './runner';

/** Hears in full what was heard quickly, of these tracks or of the whole library. @throws CodedError `busy` */
export const startRefinement = (context: Context, trackIds: readonly number[] | null): StartedJob =>
  context.jobs.start('refine', (job) => (trackIds ? refineSome(context, job, trackIds) : refineAll(context, job)));

/**
 * Takes the refinement up again where it is wanted and this host does so unasked: after a start, and after each other job. After
 * one of its own it has ended or failed.
 */
export function resumeRefinement(context: Context, ended: JobStatus | null): void {
  const { refinement, refinesUnasked } = context;
  if (!refinesUnasked || ended?.kind === 'refine' || !refinement.wanted()) return;
  if (isAnythingLeft(context)) startRefinement(context, null);
  else refinement.drop();
}

const isAnythingLeft = ({ store, refinement }: Context): boolean =>
  (refinement.wanted()?.under ?? []).length > 0 || store.results.toRefine().some(refinement.isUntried);

export const runningRefinement = ({ jobs }: Context): JobStatus | undefined =>
  jobs.list().find(({ kind, finishedAt }) => kind === 'refine' && finishedAt === null);

/** A quick pass that did not come to its end goes on first: every track should have a verdict soon. */
async function refineAll(context: Context, job: Job): Promise<void> {
  const { store, session, refinement } = context;
  const info = await session.start(job.signal);
  const under = refinement.wanted()?.under ?? [];
  const unheard = store.results.unheard(under.flatMap(store.tracks.idsUnder), false);
  if (unheard.length > 0) await hearQuickly(context, job, info, unheard);
  await refineSome(context, job, await reachableTracks(context));
  context.events.changedSoon();
}

async function refineSome(context: Context, job: Job, trackIds: readonly number[]): Promise<void> {
  const { store, session, refinement } = context;
  const info = await session.start(job.signal);
  const scope = new Set(trackIds);
  const left = (): number[] => store.results.toRefine().filter(refinement.isUntried);
  const ids = left().filter((id) => scope.has(id));
  const queue = createRefineQueue(ids, refinement.sight);
  refinement.setQueue(queue);
  try {
    await hearInFull(context, job, info, queue);
  } finally {
    refinement.setQueue(null);
  }
  const reachable = new Set(await reachableTracks(context));
  if (!left().some((id) => reachable.has(id))) refinement.drop();
}
