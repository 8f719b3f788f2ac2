import { resolve } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import { parseWindowPlan, type WindowPlan } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import type { Context } from '../context';
import { runAnalysis, runQuickPass, type Candidates } from '../jobs/analyze';
import { runningRefinement, startRefinement } from '../jobs/refine';
import { runScan } from '../jobs/scan';
import { listeningSettings } from '../listening-settings';
import { reachableTracks } from '../reachable';
import { scanTargets } from '../scan-targets';
import { idsByPaths } from './tracks';

type Names =
  | 'jobs.scan'
  | 'jobs.analyze'
  | 'jobs.refine'
  | 'tracks.inSight'
  | 'jobs.cancel'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'jobs.list';

export function jobHandlers(context: Context): Pick<Handlers, Names> {
  const { jobs, store, refinement } = context;
  return {
    'jobs.scan': async ({ rootIds, paths, analyze, plan: planText, quickFirst: asked }) => {
      const plan = planOf(planText);
      const quickFirst = asked ?? (plan.kind === 'all' && listeningSettings(store).quickFirst);
      assertOnePlan(quickFirst, plan, false);
      jobs.assertFree('scan');
      const scope = await scanTargets(context, rootIds, paths);
      const { jobId } = jobs.start('scan', (job) => runScan(context, job, { ...scope, analyze, plan, quickFirst }));
      return { jobId };
    },
    'jobs.analyze': async ({ trackIds, paths, plan: planText, force, quickFirst }) => {
      const plan = planOf(planText);
      assertOnePlan(quickFirst, plan, force);
      jobs.assertFree('analyze');
      const candidates = await candidatesOf(context, trackIds, paths);
      const { jobId } = jobs.start('analyze', (job) =>
        quickFirst
          ? runQuickPass(context, job, { candidates, under: [] })
          : runAnalysis(context, job, { candidates, plan, force }),
      );
      return { jobId };
    },
    'jobs.refine': ({ trackIds }) => {
      const atWork = runningRefinement(context);
      if (atWork) return { jobId: atWork.id };
      if (!trackIds) refinement.want([]);
      return { jobId: startRefinement(context, trackIds ?? null).jobId };
    },
    'tracks.inSight': (sight) => {
      refinement.lookAt(sight);
      return {};
    },
    'jobs.cancel': ({ jobId }) => {
      const job = jobs.list().find(({ id }) => id === jobId);
      if (job?.finishedAt === null && (job.kind === 'refine' || job.pass !== null)) refinement.drop();
      jobs.cancel(jobId);
      return {};
    },
    'jobs.pause': ({ jobId }) => {
      jobs.pause(jobId);
      return {};
    },
    'jobs.resume': ({ jobId }) => {
      jobs.resume(jobId);
      return {};
    },
    'jobs.list': () => jobs.list(),
  };
}

/** @throws CodedError `invalid-input` */
export function planOf(text: string): WindowPlan {
  const plan = parseWindowPlan(text);
  if (plan) return plan;
  throw new CodedError(
    'invalid-input',
    `${text} is no window plan. Use all, a number such as 10, or random: and a number such as random:100 (1 to 10000).`,
  );
}

/** @throws CodedError `invalid-input` where the request contradicts itself */
function assertOnePlan(quickFirst: boolean, plan: WindowPlan, force: boolean): void {
  if (!quickFirst || (plan.kind === 'all' && !force)) return;
  throw new CodedError(
    'invalid-input',
    force
      ? 'What is heard quickly first is not heard again where there is a result. Leave out one of the two: force, or quick first.'
      : 'What is heard quickly first is heard in all windows later. Leave out one of the two: the plan, or quick first.',
  );
}

/** A file named by its own path counts as named; those found in a named folder don't. */
async function candidatesOf(
  context: Context,
  trackIds: readonly number[] | undefined,
  paths: readonly string[] | undefined,
): Promise<Candidates[]> {
  const { store, events } = context;
  if (trackIds) return [{ ids: trackIds, named: true }];
  if (!paths) return [{ ids: await reachableTracks(context, leftOut), named: false }];
  const ids = await idsByPaths(store, paths);
  if (ids.length === 0)
    throw new CodedError('not-found', `No track of the library is at ${paths.join(', ')}. Scan the folder first.`);
  const files = new Set(paths.map((path) => resolve(path)));
  const isNamed = (id: number): boolean => files.has(store.tracks.byId(id)?.path ?? '');
  return [
    { ids: ids.filter(isNamed), named: true },
    { ids: ids.filter((id) => !isNamed(id)), named: false },
  ];

  function leftOut(folders: readonly string[]): void {
    const message = `${folders.join(', ')} can't be found; its tracks are left out.`;
    events.emit('notice', { level: 'warning', message });
  }
}
