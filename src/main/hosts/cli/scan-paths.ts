import { NOTHING_SCANNED, type ScanCounts } from '#shared/contract/schemas';
import type { Session } from './session';

/** Walks the paths and reads tags, without listening to anything yet. */
export async function scanPaths(session: Session, paths: readonly string[]): Promise<ScanCounts> {
  const { client, runJob } = session;
  const status = await runJob(() => client.call('jobs.scan', { paths: [...paths], analyze: false }));
  return status.scan ?? NOTHING_SCANNED;
}
