import { resolve } from 'node:path';
import type { Handlers, ParsedInput } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { isUnder, type UndoTarget } from '../../store';
import type { Context } from '../context';
import { runUndo } from '../jobs/undo';

type Names = 'write.results' | 'write.history' | 'write.undoable' | 'write.undo';

/** What was written, and the ways back. */
export function historyHandlers(context: Context): Pick<Handlers, Names> {
  const { store } = context;
  return {
    'write.results': ({ runId }) => {
      assertRun(context, runId);
      return store.writes.results(runId);
    },
    'write.history': () => store.writes.history(),
    'write.undoable': () => ({ files: store.writes.countWritten() }),
    'write.undo': (input) => undo(context, input),
  };
}

function undo(context: Context, input: ParsedInput<'write.undo'>): { jobId: string; runId: number } {
  const { store, jobs } = context;
  const { all } = input;
  if (all && input.runId !== undefined)
    throw new CodedError('invalid-input', 'Either one run or everything is taken back: leave out one of the two.');
  const paths = input.paths?.map((path) => resolve(path)) ?? null;
  const undoes = input.runId ?? (all || paths ? null : store.writes.lastUndoable());
  if (undoes === null && !all && !paths)
    throw new CodedError('undo-unavailable', 'Nothing was written that could be undone.');
  if (undoes !== null) assertRun(context, undoes);
  const found = store.writes.targets({ runId: undoes, all, paths });
  if (found.length === 0) throw new CodedError('undo-unavailable', nothingToUndo(undoes, paths));
  jobs.assertFree('undo');
  const targets = [...found, ...unmatched(paths, found)];
  const runId = store.writes.begin(
    { kind: 'undo', undoes, fromDecisions: false, paths: targets.map(({ path }) => path) },
    Date.now(),
  );
  const { jobId } = jobs.start('undo', (job) => runUndo(context, job, { runId, targets, all }));
  return { jobId, runId };
}

function nothingToUndo(runId: number | null, paths: readonly string[] | null): string {
  const where = paths ? ' in the files named' : '';
  return runId === null
    ? `There is nothing left to undo${where}. See the history.`
    : `Run ${runId} has nothing left to undo${where}. See the history.`;
}

/** Each path that was named gets an answer, also where nothing was written. */
function unmatched(paths: readonly string[] | null, found: readonly UndoTarget[]): UndoTarget[] {
  const exact = new Set(found.map(({ path }) => path));
  return (paths ?? [])
    .filter((path) => !exact.has(path) && !found.some((target) => isUnder(target.path, path)))
    .map((path) => ({ path, entryIds: [] }));
}

function assertRun({ store }: Context, runId: number): void {
  if (!store.writes.run(runId)) throw new CodedError('not-found', `There is no run ${runId}. See the history.`);
}
