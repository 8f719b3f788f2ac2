import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import type { GenreWriting } from '#shared/domain/genres/to-write';
import type { AcceptRule } from '#shared/domain/hands-free/standing';
import type { PlannedFile } from '#shared/domain/tags';
import type { DecidedTrack } from '../../store';
import { acceptsOf } from '../accepts';
import { planCleaning } from '../clean-files';
import type { Context } from '../context';
import { decidedChange, needsHeard, withLists } from '../decided-change';
import { runWrite } from '../jobs/write';
import { withinReach } from '../paths';
import { ruled } from '../ruled';
import { mapBounded } from '../stages/bounded';
import { writingFor } from '../writing-settings';

type Names = 'write.plan' | 'write.planFiles' | 'write.planCleaning' | 'write.apply';

interface KeptPlan {
  readonly files: readonly PlannedFile[];
  readonly fromDecisions: boolean;
}

/** As many plans are kept, the last ones: a window plans anew after every change, and a plan may be of a whole library. */
const KEPT_PLANS = 8;

/** Planning reads each file's tag: waits for the disk more than it computes. */
const PLAN_WIDTH = 4;

export function writeHandlers(context: Context): Pick<Handlers, Names> {
  const { store, jobs, tagWriter } = context;
  const plans = new Map<string, KeptPlan>();
  const keep = (files: PlannedFile[], fromDecisions: boolean) => {
    const planId = randomUUID();
    plans.set(planId, { files, fromDecisions });
    for (const old of [...plans.keys()].slice(0, -KEPT_PLANS)) plans.delete(old);
    return { planId, files };
  };

  return {
    'write.plan': async ({ trackIds, mode, writing: changed, ifAccepted, rule }) => {
      const writing = writingFor(store, changed);
      const options = { ...writing, mayWrite: withinReach(store) };
      const decided = ifAccepted
        ? acceptable(context, trackIds ?? [], writing, rule)
        : store.decisions.toWrite(trackIds ?? null);
      const plan = (track: DecidedTrack) => {
        const heard = needsHeard(writing) ? store.decisions.heard(track.id) : null;
        return tagWriter.plan(track.path, decidedChange(track, heard, mode, writing), options);
      };
      const files = await mapBounded(decided, PLAN_WIDTH, plan);
      const quick = decided.filter((track) => track.quick).map(({ path }) => path);
      return { ...(ifAccepted ? { planId: randomUUID(), files } : keep(files, true)), quick };
    },
    'write.planFiles': async ({ paths, change: asked, writing: changed }) => {
      const writing = writingFor(store, changed);
      const change = withLists(asked, writing);
      const options = { ...writing, mayWrite: withinReach(store, paths) };
      const distinct = [...new Set(paths.map((path) => resolve(path)))];
      return keep(await mapBounded(distinct, PLAN_WIDTH, (path) => tagWriter.plan(path, change, options)), false);
    },
    'write.planCleaning': async ({ writing: changed, ...request }) => {
      const { files, clean } = await planCleaning(context, request, writingFor(store, changed));
      return { ...keep(files, false), clean };
    },
    'write.apply': ({ planId, paths }) => {
      const plan = plans.get(planId);
      if (!plan)
        throw new CodedError(
          'not-found',
          'This plan is gone, since Genregram was started again or many others were made. Plan the change again.',
        );
      const chosen = paths && new Set(paths.map((path) => resolve(path)));
      const files = plan.files.filter(({ path }) => !chosen || chosen.has(path));
      jobs.assertFree('write');
      const { fromDecisions } = plan;
      const runId = store.writes.begin(
        { kind: 'write', undoes: null, fromDecisions, paths: files.map(({ path }) => path) },
        Date.now(),
      );
      const { jobId } = jobs.start('write', (job) => runWrite(context, job, { runId, files }));
      return { jobId, runId };
    },
  };
}

/** What would be decided of tracks if their verdicts were accepted; those of which nothing would be are left out. */
function acceptable(
  { store }: Context,
  trackIds: readonly number[],
  settings: GenreWriting,
  rule: AcceptRule | undefined,
): DecidedTrack[] {
  return store.decisions.decidable(trackIds, settings.wideGenres).flatMap((track) => {
    const accepts = acceptsOf(track, store.genres.graph(), settings);
    const genres = accepts.genres.map(({ name }) => name);
    const { id, path, quick } = track;
    const accepted = ruled(rule, track, { action: 'accept', genres, moods: accepts.moods, decidedAt: 0 });
    return accepted.flatMap(({ decision }) =>
      decision && decision.genres.length + decision.moods.length > 0
        ? [{ id, path, action: 'accept' as const, genres: decision.genres, moods: decision.moods, quick }]
        : [],
    );
  });
}
