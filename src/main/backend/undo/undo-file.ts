import { toFailure, type Failure } from '#shared/domain/failure';
import type { LeftField } from '#shared/domain/tags';
import type { JournalEntry, UndoTarget } from '../../store';
import type { Context } from '../context';
import { writingSettings } from '../writing-settings';
import type { FileEnd } from '../stages/keep-written';
import { wayBack } from './way-back';

/**
 * Puts one file back: byte for byte where its present state is one that the journal leads back from, else field by field.
 * Either is journalled in the run of the undo before the file is touched, so that it can be undone in turn. `unchanged`: the
 * file was as before already.
 */
export async function undoFile(context: Context, runId: number, target: UndoTarget, all: boolean): Promise<FileEnd> {
  const { path } = target;
  try {
    return await putBack(context, runId, target, all);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'internal') context.onBug(error);
    return { path, status: 'refused', ...failure };
  }
}

async function putBack(
  context: Context,
  runId: number,
  { path, entryIds }: UndoTarget,
  all: boolean,
): Promise<FileEnd> {
  const { store, tagWriter } = context;
  const known = store.writes.entriesOf(path);
  const [newest, ...older] = known.filter(({ id }) => entryIds.includes(id)).reverse();
  if (!newest && !(all && known.length > 0)) return { path, status: 'refused', ...NOTHING_OURS };
  const taken = newest ? [newest, ...older] : [];
  const present = await tagWriter.fileHash(path);
  if (!present.ok) return { path, status: 'refused', ...present.failure };
  const way = wayBack(known, taken, present.value, all);
  if (way === null)
    return newest
      ? fieldsBack(context, runId, [newest, ...older], laterRun(known, newest))
      : { path, status: 'refused', ...NOT_FIRST_BYTES };
  if (way === 'as-before') return asBefore(context, path, taken);
  const result = await tagWriter.undo(path, way.entry, {
    begin: (_, entry) => {
      store.writes.journal(runId, { path, diffs: way.diffs, entry, undoes: entryIds });
    },
  });
  return result.status === 'restored' ? { path, status: 'written' } : result;
}

const NOTHING_OURS: Failure = {
  code: 'undo-unavailable',
  message: 'Nothing that could be undone was written into this file. See the history.',
};

const NOT_FIRST_BYTES: Failure = {
  code: 'file-changed',
  message:
    'Nothing that was written is in this file any more, but something else has changed it since, so its first bytes can not be had again.',
};

async function fieldsBack(
  context: Context,
  runId: number,
  taken: readonly [JournalEntry, ...JournalEntry[]],
  later: number | null,
): Promise<FileEnd> {
  const { store, tagWriter } = context;
  const { path, undo } = taken[0];
  const writes = taken.map(({ diffs }) => diffs);
  const { audioHash } = undo.receipt;
  const { plan, left } = await tagWriter.planBack(path, { writes, audioHash }, writingSettings(store));
  if (plan?.status === 'refused') return plan;
  if (plan?.status === 'ready') {
    const undoes = taken.map(({ id }) => id);
    return tagWriter.apply(plan, {
      begin: (_, entry) => {
        store.writes.journal(runId, { path, diffs: plan.diffs, entry, undoes, left });
      },
    });
  }
  return left.length > 0 ? { path, status: 'refused', ...changedSince(left, later) } : asBefore(context, path, taken);
}

/** The last run that wrote into the file after the newest one that is taken back, if any did. */
const laterRun = (known: readonly JournalEntry[], newest: JournalEntry): number | null =>
  known.findLast(({ id, kind, status }) => kind === 'write' && status === 'written' && id > newest.id)?.runId ?? null;

function changedSince(left: readonly LeftField[], later: number | null): Failure {
  const fields = left.map(({ field, now }) => `${field} ${now.length > 0 ? `is ${now.join('; ')} now` : 'is gone'}`);
  return {
    code: 'file-changed',
    message: `The file no longer holds what was written into it (${fields.join(', ')}), so it was left as it is.${later === null ? '' : ` Run ${later} wrote it since: undo that one first.`}`,
  };
}

function asBefore({ store }: Context, path: string, taken: readonly JournalEntry[]): FileEnd {
  store.writes.markUndone(taken.map(({ id }) => id));
  return { path, status: 'unchanged' };
}
