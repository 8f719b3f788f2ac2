import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import type { PlannedFile, UndoResult } from '#shared/domain/tags';
import type { DecidedTrack } from '../../store';
import type { Context } from '../context';
import { decide } from '../decide';
import { decidedChange, needsHeard, withLists } from '../decided-change';
import { runUndo } from '../jobs/undo';
import { runWrite } from '../jobs/write';
import { mapBounded } from '../stages/bounded';
import { writingFor } from '../writing-settings';

type Names = 'write.plan' | 'write.planFiles' | 'write.apply' | 'write.results' | 'write.history' | 'write.undo';

interface KeptPlan {
  readonly files: readonly PlannedFile[];
  readonly fromDecisions: boolean;
}

/** Planning reads each file's tag: waits for the disk more than it computes. */
const PLAN_WIDTH = 4;

export function writeHandlers(context: Context): Pick<Handlers, Names> {
  const { store, jobs, tagWriter } = context;
  const plans = new Map<string, KeptPlan>();
  const keep = (files: PlannedFile[], fromDecisions: boolean) => {
    const planId = randomUUID();
    plans.set(planId, { files, fromDecisions });
    return { planId, files };
  };

  return {
    'write.plan': async ({ trackIds, mode, writing: changed, ifAccepted }) => {
      const writing = writingFor(store, changed);
      const decided = ifAccepted ? acceptable(context, trackIds ?? []) : store.decisions.toWrite(trackIds ?? null);
      const plan = (track: DecidedTrack) => {
        const heard = needsHeard(writing) ? store.decisions.heard(track.id) : null;
        return tagWriter.plan(track.path, decidedChange(track, heard, mode, writing), writing);
      };
      const files = await mapBounded(decided, PLAN_WIDTH, plan);
      return ifAccepted ? { planId: randomUUID(), files } : keep(files, true);
    },
    'write.planFiles': async ({ paths, change: asked, writing: changed }) => {
      const writing = writingFor(store, changed);
      const change = withLists(asked, writing);
      const distinct = [...new Set(paths.map((path) => resolve(path)))];
      return keep(await mapBounded(distinct, PLAN_WIDTH, (path) => tagWriter.plan(path, change, writing)), false);
    },
    'write.apply': ({ planId, paths }) => {
      const plan = plans.get(planId);
      if (!plan)
        throw new CodedError(
          'not-found',
          'This plan is gone, since Genregram was started again. Plan the change again.',
        );
      const chosen = paths && new Set(paths.map((path) => resolve(path)));
      const files = plan.files.filter(({ path }) => !chosen || chosen.has(path));
      jobs.assertIdle();
      const runId = store.writes.begin(files.length, plan.fromDecisions, Date.now());
      const { jobId } = jobs.start('write', (job) =>
        runWrite(context, job, { runId, files, fromDecisions: plan.fromDecisions }),
      );
      return { jobId, runId };
    },
    'write.results': ({ runId }) => {
      if (!store.writes.run(runId)) throw new CodedError('not-found', `There is no run ${runId}. See the history.`);
      return store.writes.results(runId);
    },
    'write.history': () => store.writes.history(),
    'write.undo': (input) => undo(context, input.runId),
  };
}

/** What would be decided of tracks if their verdicts were accepted; those without one are left out. */
function acceptable({ store }: Context, trackIds: readonly number[]): DecidedTrack[] {
  return store.decisions.decidable(trackIds).flatMap((track) => {
    const decision = decide({ trackIds: [track.id], action: 'accept' }, track, 0);
    if (!decision.ok || !decision.value) return [];
    const { genres, moods } = decision.value;
    return [{ id: track.id, path: track.path, action: 'accept', genres, moods }];
  });
}

async function undo(context: Context, wanted: number | undefined): Promise<{ runId: number; results: UndoResult[] }> {
  const { store, jobs } = context;
  const runId = wanted ?? store.writes.lastUndoable();
  if (runId === null) throw new CodedError('undo-unavailable', 'Nothing was written that could be undone.');
  const run = store.writes.run(runId);
  if (!run) throw new CodedError('not-found', `There is no run ${runId}. See the history.`);
  if (run.written === run.undone)
    throw new CodedError('undo-unavailable', `Run ${runId} has nothing left to undo. See the history.`);
  const results: UndoResult[] = [];
  const { finished } = jobs.start('undo', (job) => runUndo(context, job, runId, results));
  const status = await finished;
  if (status.failure) throw CodedError.from(status.failure);
  return { runId, results };
}
