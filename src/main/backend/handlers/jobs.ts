import { resolve } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import { parseWindowPlan, type WindowPlan } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import { isUnder } from '../../store';
import type { Context } from '../context';
import { runAnalysis, type Candidates } from '../jobs/analyze';
import { runScan } from '../jobs/scan';
import { isFolder } from '../paths';
import { scanTargets } from '../scan-targets';
import { idsByPaths } from './tracks';

type Names = 'jobs.scan' | 'jobs.analyze' | 'jobs.cancel' | 'jobs.pause' | 'jobs.resume' | 'jobs.list';

export function jobHandlers(context: Context): Pick<Handlers, Names> {
  const { jobs } = context;
  return {
    'jobs.scan': async ({ rootIds, paths, analyze, plan: planText }) => {
      const plan = planOf(planText);
      jobs.assertIdle();
      const scope = await scanTargets(context, rootIds, paths);
      const { jobId } = jobs.start('scan', (job) => runScan(context, job, { ...scope, analyze, plan }));
      return { jobId };
    },
    'jobs.analyze': async ({ trackIds, paths, plan: planText, force }) => {
      const plan = planOf(planText);
      jobs.assertIdle();
      const candidates = await candidatesOf(context, trackIds, paths);
      const { jobId } = jobs.start('analyze', (job) => runAnalysis(context, job, { candidates, plan, force }));
      return { jobId };
    },
    'jobs.cancel': ({ jobId }) => {
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

function planOf(text: string): WindowPlan {
  const plan = parseWindowPlan(text);
  if (plan) return plan;
  throw new CodedError(
    'invalid-input',
    `${text} is no window plan. Use all, a number such as 10, or random: and a number such as random:100 (1 to 10000).`,
  );
}

/** A file named by its own path counts as named; those found in a named folder don't. */
async function candidatesOf(
  context: Context,
  trackIds: readonly number[] | undefined,
  paths: readonly string[] | undefined,
): Promise<Candidates[]> {
  const { store } = context;
  if (trackIds) return [{ ids: trackIds, named: true }];
  if (!paths) return [{ ids: await reachableTracks(context), named: false }];
  const ids = await idsByPaths(store, paths);
  if (ids.length === 0)
    throw new CodedError('not-found', `No track of the library is at ${paths.join(', ')}. Scan the folder first.`);
  const files = new Set(paths.map((path) => resolve(path)));
  const isNamed = (id: number): boolean => files.has(store.tracks.byId(id)?.path ?? '');
  return [
    { ids: ids.filter(isNamed), named: true },
    { ids: ids.filter((id) => !isNamed(id)), named: false },
  ];
}

/** All tracks but those of folders that are not there now: an unplugged drive is no failure of each of its files. */
async function reachableTracks({ store, events }: Context): Promise<number[]> {
  const ids = store.queries.ids({ text: '', quick: 'all', rootId: null }, { column: 'path', descending: false }, -1, 0);
  const unavailable: string[] = [];
  for (const root of store.roots.list()) if (!(await isFolder(root.path))) unavailable.push(root.path);
  if (unavailable.length === 0) return ids;
  events.emit('notice', {
    level: 'warning',
    message: `${unavailable.join(', ')} can't be found; its tracks are left out.`,
  });
  return ids.filter((id) => !unavailable.some((root) => isUnder(store.tracks.byId(id)?.path ?? '', root)));
}
