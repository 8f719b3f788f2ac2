import { FULL_PLAN, formatWindowPlan, QUICK_PLAN, type WindowPlan } from '#shared/domain/analysis';
import type { Context } from '../context';

/** How to listen; `isFirst` in the quick pass, which is content with any result that there is and never takes its place. */
export interface Listening {
  readonly plan: WindowPlan;
  readonly force: boolean;
  readonly isFirst?: boolean;
}

export type TrackEnd = { readonly path: string; readonly failed: boolean } | 'cancelled';

/**
 * Analyses one track and stores what came out, in one transaction. A file whose audio was analysed before under another
 * name (a copy) takes that result over.
 */
export async function analyzeTrack(
  context: Context,
  id: number,
  request: Listening,
  signal: AbortSignal,
): Promise<TrackEnd> {
  const { store, session, tagWriter } = context;
  const track = store.tracks.byId(id);
  if (!track || track.missing) return { path: track?.path ?? '', failed: false };
  const { path } = track;
  const plan = formatWindowPlan(request.plan);
  // Only a hash made just now is handed on: the file may have changed since the library learnt an older one.
  let fresh: string | null = null;

  if (!request.force) {
    if (track.contentHash === null) fresh = await hashOf(tagWriter, path);
    const known = track.contentHash ?? fresh;
    if (signal.aborted) return 'cancelled';
    if (known !== null) {
      const reused = store.transaction(() => {
        if (track.contentHash === null) store.tracks.setContentHash(id, known);
        return request.isFirst ? store.results.adopt(known) : store.results.choose(known, plan, Date.now());
      });
      if (reused) return { path, failed: false };
    }
  }

  const asked = { path, plan: request.plan, ...(fresh === null ? {} : { contentHash: fresh }) };
  const outcome = await session.service.analyze(asked, signal);
  if (signal.aborted) return 'cancelled';
  if (outcome.status === 'ok') {
    // What has fewer windows than were asked for was heard from end to end.
    const isWhole = request.isFirst && outcome.windows < QUICK_PLAN.count;
    const kept = isWhole ? formatWindowPlan(FULL_PLAN) : plan;
    store.results.store(id, outcome, kept, Date.now(), request.isFirst && !isWhole);
    return { path, failed: false };
  }
  if (outcome.code === 'cancelled') return 'cancelled';
  store.failures.set(path, 'analysis', id, outcome, Date.now(), plan);
  return { path, failed: true };
}

async function hashOf(tagWriter: Context['tagWriter'], path: string): Promise<string | null> {
  const hash = await tagWriter.audioHash(path);
  return hash.ok ? hash.value : null;
}
