import { realpath } from 'node:fs/promises';
import { NOTHING_SCANNED, type JobStatus, type ScanCounts } from '#shared/contract/schemas';
import { refineTracks } from './quick-first';
import type { Session } from './session';

/** Walks the paths and reads tags, without listening to anything yet. */
export const scanPaths = async (session: Session, paths: readonly string[]): Promise<ScanCounts> =>
  countsOf(await runScan(session, paths, { analyze: false }));

export interface HeardTwice {
  /** Tracks that the quick pass heard, and those that were then heard in full. */
  readonly quickly: number;
  readonly inFull: number;
  readonly failed: number;
}

/** Walks the paths and reads tags, then hears every track in a few windows, then in full. */
export async function scanTwice(
  session: Session,
  paths: readonly string[],
): Promise<{ counts: ScanCounts; heard: HeardTwice }> {
  const { client } = session;
  const scan = await runScan(session, paths, { analyze: true, quickFirst: true });
  // The library keeps the true spelling of a path; a typed one may lead through links.
  const trackIds = await client.call('tracks.byPath', {
    paths: await Promise.all(paths.map((path) => realpath(path))),
  });
  const failedIds = async (): Promise<number> => {
    const failed = new Set(await client.call('tracks.ids', { quick: 'failed' }));
    return trackIds.filter((id) => failed.has(id)).length;
  };
  const counts = countsOf(scan);
  const quickly = scan.done - (scan.failed - counts.failed);
  const full = await refineTracks(session, trackIds);
  return { counts, heard: { quickly, inFull: full.done - full.failed, failed: await failedIds() } };
}

const runScan = (
  { client, runJob }: Session,
  paths: readonly string[],
  how: { analyze: boolean; quickFirst?: boolean },
) => runJob(() => client.call('jobs.scan', { paths: [...paths], quickFirst: false, ...how }));

const countsOf = ({ scan }: JobStatus): ScanCounts => scan ?? NOTHING_SCANNED;
