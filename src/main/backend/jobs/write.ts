import { toFailure } from '#shared/domain/failure';
import type { PlannedFile, WriteResult } from '#shared/domain/tags';
import type { Context } from '../context';
import { eachFile } from '../stages/each-file';
import { keepWritten } from '../stages/keep-written';
import type { Job } from './runner';

/**
 * Writes planned files, a few at a time. Each is journalled before it is touched and its result stored when it is done;
 * a refused file stays as it is and its track stays decided.
 */
export async function runWrite(
  context: Context,
  job: Job,
  request: { runId: number; files: readonly PlannedFile[] },
): Promise<void> {
  const { store } = context;
  const { runId, files } = request;
  job.phase(files.length, 'Writing tags');
  try {
    await eachFile(job, files, async (planned) => {
      const result = await writeOne(context, runId, planned);
      await keepWritten(context, runId, result);
      job.tick(planned.path, result.status === 'refused');
    });
    store.writes.end(runId, 'done', Date.now());
  } catch (error) {
    store.writes.end(runId, job.signal.aborted ? 'cancelled' : 'interrupted', Date.now());
    throw error;
  } finally {
    context.events.changedSoon();
  }
}

/** What a bug throws for one file must not leave the others unwritten or the run without an end. */
async function writeOne(context: Context, runId: number, planned: PlannedFile): Promise<WriteResult> {
  const { path } = planned;
  if (planned.status === 'refused') return planned;
  if (planned.status === 'unchanged') return { path, status: 'unchanged' };
  try {
    return await context.tagWriter.apply(planned, {
      begin: (journalled, entry) => {
        context.store.writes.journal(runId, { path: journalled, diffs: planned.diffs, entry });
      },
    });
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'internal') context.onBug(error);
    return { path, status: 'refused', ...failure };
  }
}
