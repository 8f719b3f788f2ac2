import type { JobFailure } from '#shared/contract/schemas';
import { scanPaths } from '../scan-paths';
import type { Session } from '../session';
import { isUnder } from '../typed-paths';
import { rowPages } from './rows';

export interface Heard {
  /** In path order. */
  readonly trackIds: readonly number[];
  /** What could not be read or heard. */
  readonly failures: readonly JobFailure[];
}

/**
 * Brings paths into the library and listens to what has no result of this plan yet.
 *
 * @param paths absolute and true
 * @param plan as `formatWindowPlan` writes it
 */
export async function hear(session: Session, paths: readonly string[], plan: string): Promise<Heard> {
  if (paths.length === 0) return { trackIds: [], failures: [] };
  const { client, runJob } = session;
  await scanPaths(session, paths);
  const trackIds = await client.call('tracks.byPath', { paths: [...paths] });
  if (trackIds.length > 0) await runJob(() => client.call('jobs.analyze', { trackIds, plan, force: false }));
  return { trackIds, failures: await failuresOf(session, trackIds, paths) };
}

async function failuresOf(
  session: Session,
  trackIds: readonly number[],
  paths: readonly string[],
): Promise<JobFailure[]> {
  const failures: JobFailure[] = [];
  const tracks = new Set<string>();
  for await (const page of rowPages(session, trackIds))
    for (const { path, state, failure } of page) {
      tracks.add(path);
      if (state === 'failed' && failure) failures.push({ path, ...failure });
    }
  const others = await session.client.call('failures.list', { limit: 5000 });
  return [...failures, ...others.filter(({ path }) => !tracks.has(path) && isUnder(path, paths))];
}
