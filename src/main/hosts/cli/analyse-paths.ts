import { realpath, stat } from 'node:fs/promises';
import type { JobFailure, TrackDetail } from '#shared/contract/schemas';
import { hearTwice } from './quick-first';
import { scanPaths } from './scan-paths';
import type { Session } from './session';
import { trackLine, type TrackLine } from './track-line';
import { createTrackStream } from './track-stream';
import { isUnder } from './typed-paths';

export interface AnalyseRequest {
  /** Absolute paths of files and folders; null for the whole library. */
  readonly paths: readonly string[] | null;
  /** As `formatWindowPlan` writes it. */
  readonly plan: string;
  /** Analyses again what has a result already. */
  readonly force: boolean;
  /** Hears all in a few windows first; the plan is then all windows, and `force` false. */
  readonly quickFirst?: boolean;
}

/**
 * Brings the paths into the library, analyses what has no result yet, and tells of every track asked for once, as soon as
 * it is known: those that had their result before, then the others as they are finished. With `quickFirst` it tells twice of what
 * gets a quick result.
 *
 * @returns how many tracks it told of
 */
export async function analysePaths(
  session: Session,
  request: AnalyseRequest,
  onTrack: (line: TrackLine) => void,
): Promise<number> {
  const { client, runJob } = session;
  const { plan, force } = request;
  // The library keeps the true spelling of a path; a typed one may lead through links.
  const paths = request.paths && (await Promise.all(request.paths.map((path) => realpath(path))));
  if (paths) await scanPaths(session, paths);
  const trackIds = paths
    ? await client.call('tracks.byPath', { paths: [...paths] })
    : await client.call('tracks.ids', {});
  const told = new Set<string>();
  const startedAt = Date.now();
  const tell = (line: TrackLine): void => {
    told.add(line.path);
    onTrack(line);
  };
  const isFresh = ({ analysis, stale }: TrackDetail): boolean =>
    !stale && analysis?.plan === plan && (!force || analysis.analysedAt >= startedAt);

  if (request.quickFirst && trackIds.length > 0) await hearTwice(session, trackIds, startedAt, tell);
  else await hearOnce();
  await tellOfFailuresWithoutTrack(session, paths ?? [], told, onTrack);
  return told.size;

  async function hearOnce(): Promise<void> {
    const stream = createTrackStream(session, trackIds, isFresh, (detail) => {
      tell(trackLine(detail, plan, startedAt));
    });
    if (trackIds.length > 0)
      await stream.during(() => runJob(() => client.call('jobs.analyze', { trackIds, plan, force })));
    await stream.rest();
  }
}

/** Files that could not even be read into the library, and named files that are no music. */
async function tellOfFailuresWithoutTrack(
  { client }: Session,
  paths: readonly string[],
  told: Set<string>,
  onTrack: (line: TrackLine) => void,
): Promise<void> {
  const tell = ({ path, code, message }: JobFailure): void => {
    if (told.has(path)) return;
    told.add(path);
    onTrack({ path, status: 'failed', code, message });
  };
  if (paths.length === 0) return;
  for (const failure of await client.call('failures.list', { limit: 5000 }))
    if (isUnder(failure.path, paths)) tell(failure);
  for (const path of paths) if (!told.has(path) && (await stat(path)).isFile()) tell({ path, ...NO_MUSIC });
}

const NO_MUSIC = {
  code: 'unsupported-format',
  message: 'This is no music file that Genregram knows: it looks at MP3, FLAC, Ogg, Opus, M4A, WAV, AIFF and the like.',
} as const;
