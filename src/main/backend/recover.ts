import type { Failure } from '#shared/domain/failure';
import { walkFile } from '../adapters/walk';
import type { JournalEntry } from '../store';
import type { Context } from './context';
import { keepUndone } from './jobs/undo';
import { keepWritten } from './stages/keep-written';

/**
 * Settles the writes and undos that a killed process left half-way, before anything else runs. Files that can't be reached
 * now (an unplugged drive) are looked at again at the next start.
 */
export async function recoverWrites(context: Context): Promise<void> {
  const { store, events } = context;
  store.writes.interruptRunning();
  const entries = store.writes.unfinished();
  let settled = 0;
  for (const entry of entries) {
    const there = await walkFile(entry.path);
    if (there?.kind !== 'file') continue;
    const state = await context.tagWriter.recover(entry.path, entry.undo);
    if (entry.status === 'undoing') await settleUndo(context, entry, state);
    else await settleWrite(context, entry, state);
    settled++;
  }
  if (settled > 0)
    events.emit('notice', {
      level: 'info',
      message: `Genregram was ended while it wrote tags. ${settled} ${settled === 1 ? 'file was' : 'files were'} checked; see the history for what was written.`,
    });
}

type FileState = Awaited<ReturnType<Context['tagWriter']['recover']>>;

const NOT_WRITTEN: Failure = {
  code: 'write-failed',
  message: 'Genregram was ended before this file was written. It is as it was; write it again.',
};
const UNKNOWN: Failure = {
  code: 'file-changed',
  message:
    'The file was changed by something else after Genregram was ended while writing it. It was left alone; plan the change again.',
};

async function settleWrite(context: Context, entry: JournalEntry, state: FileState): Promise<void> {
  const { store } = context;
  const { path, runId } = entry;
  if (state === 'written') {
    const result = { path, status: 'written', diffs: [], receipt: entry.undo.receipt } as const;
    store.writes.result(runId, result);
    await keepWritten(context, result, store.writes.fromDecisions(runId));
    return;
  }
  const result = { path, status: 'refused', ...(state === 'not-written' ? NOT_WRITTEN : UNKNOWN) } as const;
  store.writes.result(runId, result);
  await keepWritten(context, result, false);
}

async function settleUndo(context: Context, entry: JournalEntry, state: FileState): Promise<void> {
  if (state === 'not-written') await keepUndone(context, entry, null);
  else if (state === 'unknown') await keepUndone(context, entry, UNKNOWN);
  else context.store.writes.setStatus(entry.id, 'written');
}
