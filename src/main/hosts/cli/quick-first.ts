import type { JobStatus, TrackDetail } from '#shared/contract/schemas';
import { FULL_PLAN, formatWindowPlan } from '#shared/domain/analysis';
import type { Session } from './session';
import { trackLine, type TrackLine } from './track-line';
import { createTrackStream } from './track-stream';

const FULL = formatWindowPlan(FULL_PLAN);

/** The second pass over tracks that were heard quickly: all windows, those in doubt first. */
export const refineTracks = ({ client, runJob }: Session, trackIds: readonly number[]): Promise<JobStatus> =>
  runJob(() => client.call('jobs.refine', { trackIds }));

/**
 * Hears every track in a few windows, then each in full, and tells of each as soon as it is known: twice of those that get a
 * quick result first.
 *
 * @param trackIds in path order
 * @param startedAt milliseconds since the epoch; a result older than this is `cached`
 */
export async function hearTwice(
  session: Session,
  trackIds: readonly number[],
  startedAt: number,
  tell: (line: TrackLine) => void,
): Promise<void> {
  const { client, runJob } = session;
  const quick = new Set<number>();
  const failed = new Set<number>();
  const tellFirst = (detail: TrackDetail): void => {
    if (detail.quick) quick.add(detail.id);
    else if (detail.state === 'failed') failed.add(detail.id);
    tell(trackLine(detail, null, startedAt));
  };
  const first = createTrackStream(session, trackIds, ({ stale, analysis }) => !stale && analysis !== null, tellFirst);
  await first.during(() => runJob(() => client.call('jobs.analyze', { trackIds, quickFirst: true })));
  await first.rest();

  const again = await refineOrder(
    session,
    trackIds.filter((id) => quick.has(id)),
  );
  const tellFull = (detail: TrackDetail): void => {
    tell(trackLine(detail, FULL, startedAt));
  };
  const second = createTrackStream(session, again, isSettled, tellFull);
  await second.during(() => refineTracks(session, [...again, ...failed]));
  await second.rest();
  for (const id of failed) {
    const detail = await client.call('tracks.detail', { id });
    if (detail.state !== 'failed') tellFull(detail);
  }
}

const isSettled = ({ analysis, fullAnalysis }: TrackDetail): boolean =>
  analysis?.plan === FULL || fullAnalysis === 'failed';

/** The tracks in the order in which `refineTracks` comes to them. @param trackIds in path order */
async function refineOrder({ client }: Session, trackIds: readonly number[]): Promise<number[]> {
  const doubtful = new Set(await client.call('tracks.ids', { quick: 'unsure' }));
  return [...trackIds.filter((id) => doubtful.has(id)), ...trackIds.filter((id) => !doubtful.has(id))];
}
