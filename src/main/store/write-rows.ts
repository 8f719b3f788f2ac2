import type { RunFile, WriteRun } from '#shared/contract/schemas';
import { CodedError, type FailureCode } from '#shared/domain/failure';
import type { FieldDiff, LeftField, WriteReceipt } from '#shared/domain/tags';
import type { UndoEntry } from '../ports';
import { bytesOf } from './driver';
import { unpackSplices } from './splices';

export type RunKind = 'write' | 'undo';
export type EntryStatus = 'planned' | 'pending' | 'written' | 'unchanged' | 'refused' | 'undoing' | 'undone';

/** A journalled write of one file. */
export interface JournalEntry {
  readonly id: number;
  readonly runId: number;
  readonly kind: RunKind;
  readonly path: string;
  readonly status: EntryStatus;
  readonly diffs: readonly FieldDiff[];
  readonly undo: UndoEntry;
}

export interface SqlEntry {
  id: number;
  run_id: number;
  kind: RunKind;
  path: string;
  status: EntryStatus;
  diffs: string;
  splices: unknown;
  packing: number;
  receipt: string;
  mtime_ns: string;
}

/** @throws CodedError `undo-unavailable` if the record can't be read */
export function toEntry(row: SqlEntry): JournalEntry {
  const { id, path, kind, status } = row;
  try {
    const splices = unpackSplices({ packing: row.packing, bytes: bytesOf(row.splices) });
    const undo = { splices, receipt: JSON.parse(row.receipt) as WriteReceipt, mtimeNs: row.mtime_ns };
    return { id, runId: row.run_id, kind, path, status, diffs: JSON.parse(row.diffs) as FieldDiff[], undo };
  } catch (error) {
    throw new CodedError(
      'undo-unavailable',
      `The record of what was written in run ${row.run_id} is damaged, so it can not be undone. The file was left as it is.`,
      { cause: error },
    );
  }
}

export interface SqlFile {
  kind: RunKind;
  path: string;
  status: EntryStatus;
  diffs: string;
  receipt: string | null;
  left_fields: string | null;
  code: FailureCode | null;
  message: string | null;
}

/** A file that was undone later still is a file that this run wrote. */
export function toRunFile(row: SqlFile): RunFile {
  const { path, status } = row;
  if (status === 'unchanged') return { path, status };
  if (status === 'planned')
    return {
      path,
      status: 'refused',
      code: 'cancelled',
      message: 'The run ended before it came to this file, which is as it was.',
    };
  if (status === 'refused' || status === 'pending' || row.receipt === null)
    return { path, status: 'refused', code: row.code ?? 'internal', message: row.message ?? '' };
  return {
    path,
    status: 'written',
    diffs: JSON.parse(row.diffs) as FieldDiff[],
    receipt: JSON.parse(row.receipt) as WriteReceipt,
    undone: status === 'undone',
    undo: row.kind === 'undo' ? undoOf(row.left_fields) : null,
  };
}

const undoOf = (left: string | null): { exact: boolean; left: LeftField[] } => ({
  exact: left === null,
  left: left === null ? [] : (JSON.parse(left) as LeftField[]),
});

const COUNT = (statuses: string) =>
  `(SELECT count(*) FROM write_entries e WHERE e.run_id = r.id AND e.status IN (${statuses}))`;

/** Changed in part and not put right yet. */
const HELD_UP = `(SELECT count(*) FROM write_entries e WHERE e.run_id = r.id AND e.status = 'pending' AND e.code IS NOT NULL)`;

export const SELECT_RUNS = `SELECT r.id, r.kind, r.undoes, r.started_at AS startedAt, r.files, r.state, r.note,
  ${COUNT(`'written', 'undoing', 'undone'`)} AS written, ${HELD_UP} + ${COUNT(`'refused'`)} AS refused,
  ${COUNT(`'undone'`)} AS undone, ${COUNT(`'planned'`)} AS notReached
FROM write_runs r`;

/** A run of which all or some was taken back is said to be so, whatever its end was. */
export function toRun(run: WriteRun): WriteRun {
  if (run.state === 'running') return { ...run, notReached: 0 };
  if (run.undone === 0) return run;
  return { ...run, state: run.undone === run.written ? 'undone' : 'partly-undone' };
}
