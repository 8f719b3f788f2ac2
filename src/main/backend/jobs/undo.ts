import { toFailure, type Failure } from '#shared/domain/failure';
import type { UndoResult } from '#shared/domain/tags';
import type { JournalEntry } from '../../store';
import type { Context } from '../context';
import { keepRefused, rereadTrack } from '../stages/keep-written';
import type { Job } from './runner';

/** Puts back what a run wrote, last file first. What can't be put back stays written and is told of. */
export async function runUndo(context: Context, job: Job, runId: number, results: UndoResult[]): Promise<void> {
  const entries = context.store.writes.undoable(runId);
  job.phase(entries.length, 'Putting tags back');
  for (const entry of entries) {
    job.signal.throwIfAborted();
    const result = await undoOne(context, entry);
    await keepUndone(context, entry, result.status === 'refused' ? result : null);
    results.push(result);
    job.tick(entry.path, result.status === 'refused');
  }
  context.events.changedSoon();
}

async function undoOne({ store, tagWriter, onBug }: Context, entry: JournalEntry): Promise<UndoResult> {
  store.writes.setStatus(entry.id, 'undoing');
  try {
    return await tagWriter.undo(entry.path, entry.undo);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'internal') onBug(error);
    return { path: entry.path, status: 'refused', ...failure };
  }
}

/** Stores how an undo ended: the journal, the file's identity and tags, and the decision that waits to be written again. */
export async function keepUndone(context: Context, entry: JournalEntry, failure: Failure | null): Promise<void> {
  const { store } = context;
  store.writes.setStatus(entry.id, failure ? 'written' : 'undone', failure);
  if (failure) {
    keepRefused(context, entry.path, failure);
    return;
  }
  await rereadTrack(context, entry.path);
  const track = store.tracks.byPath(entry.path);
  if (!track) return;
  store.failures.clear(entry.path, 'write', track.id);
  if (store.writes.fromDecisions(entry.runId)) store.decisions.setWritten(track.id, null);
}
