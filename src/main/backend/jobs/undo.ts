import type { UndoTarget } from '../../store';
import type { Context } from '../context';
import { eachFile } from '../stages/each-file';
import { keepPutBack } from '../stages/keep-written';
import { undoFile } from '../undo/undo-file';
import type { Job } from './runner';

/** Puts files back, a run of its own. What can't be put back stays written and is told of. */
export async function runUndo(
  context: Context,
  job: Job,
  request: { runId: number; targets: readonly UndoTarget[]; all: boolean },
): Promise<void> {
  const { store } = context;
  const { runId, targets, all } = request;
  job.phase(targets.length, 'Putting tags back');
  try {
    await eachFile(job, targets, async (target) => {
      const result = await undoFile(context, runId, target, all);
      await keepPutBack(context, runId, result);
      job.tick(target.path, result.status === 'refused');
    });
    store.writes.end(runId, 'done', Date.now());
  } catch (error) {
    store.writes.end(runId, job.signal.aborted ? 'cancelled' : 'interrupted', Date.now());
    throw error;
  } finally {
    context.events.changedSoon();
  }
}
