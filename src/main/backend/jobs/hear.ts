import type { JobStatus } from '#shared/contract/schemas';
import { FULL_PLAN, QUICK_PLAN } from '#shared/domain/analysis';
import type { AnalysisInfo } from '../../ports';
import type { Context } from '../context';
import { analyzeTrack, type Listening } from '../stages/analyze-track';
import { forEachBounded } from '../stages/bounded';
import type { Job } from './runner';

/** Of the quick pass over a library: whatever was heard before is left as it is. */
const QUICKLY: Listening = { plan: QUICK_PLAN, force: false, isFirst: true };
const IN_FULL: Listening = { plan: FULL_PLAN, force: false };

export interface Tracks extends Iterable<number> {
  readonly size: number;
}

/** Hears tracks, as many at a time as the analysis asks for. They are taken one by one, as each is begun. */
export async function hearTracks(
  context: Context,
  job: Job,
  info: AnalysisInfo,
  tracks: Tracks,
  listening: Listening,
  pass: JobStatus['pass'] = null,
): Promise<void> {
  const { refinement, events, machine } = context;
  const doubt = machine.doubt();
  if (doubt !== null) events.emit('notice', { level: 'warning', message: doubt });
  job.phase(tracks.size, [info.provider, info.decoder].filter(Boolean).join(' · '), pass);
  await forEachBounded(tracks, info.concurrency, job.signal, async (id) => {
    await machine.untilAllowed(job);
    await job.turn();
    if (pass === 'full') {
      refinement.begin(id);
      // The window says of the open track that it is being heard.
      if (refinement.sight().openId === id) events.changedSoon();
    }
    const end = await analyzeTrack(context, id, listening, job.signal);
    if (end === 'cancelled') return;
    if (pass === 'full') refinement.end(id);
    job.tick(end.path, end.failed);
    events.changedSoon();
  });
}

export async function hearQuickly(
  context: Context,
  job: Job,
  info: AnalysisInfo,
  ids: readonly number[],
): Promise<void> {
  await hearTracks(context, job, info, new Set(ids), QUICKLY, 'quick');
  context.refinement.quickPassDone();
}

export const hearInFull = (context: Context, job: Job, info: AnalysisInfo, tracks: Tracks): Promise<void> =>
  hearTracks(context, job, info, tracks, IN_FULL, 'full');
