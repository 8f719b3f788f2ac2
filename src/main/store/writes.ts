import type { WriteRun } from '#shared/contract/schemas';
import type { FailureCode, Failure } from '#shared/domain/failure';
import type { FieldDiff, WriteReceipt, WriteResult } from '#shared/domain/tags';
import type { UndoEntry } from '../ports';
import { bytesOf, type Database } from './driver';
import { packSplices, unpackSplices } from './splices';

export type EntryStatus = 'pending' | 'written' | 'unchanged' | 'refused' | 'undoing' | 'undone';

/** A journalled write of one file. */
export interface JournalEntry {
  readonly id: number;
  readonly runId: number;
  readonly path: string;
  readonly status: EntryStatus;
  readonly undo: UndoEntry;
}

interface SqlEntry {
  id: number;
  run_id: number;
  path: string;
  status: EntryStatus;
  splices: unknown;
  receipt: string;
  mtime_ns: string;
}

const COUNT = (statuses: string) =>
  `(SELECT count(*) FROM write_entries e WHERE e.run_id = r.id AND e.status IN (${statuses}))`;
const RUNS = `SELECT r.id, r.started_at AS startedAt, r.files, r.state,
  ${COUNT(`'written', 'undoing', 'undone'`)} AS written, ${COUNT(`'refused'`)} AS refused, ${COUNT(`'undone'`)} AS undone
FROM write_runs r`;
const UPSERT = `INSERT INTO write_entries (run_id, path, status, diffs, code, message) VALUES (:runId, :path, :status, :diffs, :code, :message)
ON CONFLICT (run_id, path) DO UPDATE SET status = excluded.status, code = excluded.code, message = excluded.message`;

export function createWrites(db: Database) {
  const entries = (where: string, params: (number | string)[]): JournalEntry[] =>
    db.all<SqlEntry>(`SELECT * FROM write_entries WHERE splices IS NOT NULL AND ${where}`, params).map(toEntry);

  return {
    begin: (files: number, fromDecisions: boolean, startedAt: number): number =>
      db.run(`INSERT INTO write_runs (started_at, files, from_decisions, state) VALUES (?, ?, ?, 'running')`, [
        startedAt,
        files,
        fromDecisions,
      ]).lastId,
    end: (runId: number, state: 'done' | 'interrupted', finishedAt: number): void => {
      db.run('UPDATE write_runs SET state = ?, finished_at = ? WHERE id = ?', [state, finishedAt, runId]);
    },
    fromDecisions: (runId: number): boolean =>
      db.get<{ v: number }>('SELECT from_decisions AS v FROM write_runs WHERE id = ?', [runId])?.v === 1,
    /**
     * Makes a write durable before it happens: on return the entry is on the disk, not only in the system's cache. Only
     * here is that waited for; everything else may be lost in a power cut, together with what it describes.
     */
    journal: (runId: number, path: string, diffs: readonly FieldDiff[], entry: UndoEntry): void => {
      db.exec('PRAGMA synchronous = FULL');
      try {
        db.run(
          `INSERT INTO write_entries (run_id, path, status, diffs, splices, receipt, mtime_ns)
           VALUES (?, ?, 'pending', ?, ?, ?, ?)`,
          [
            runId,
            path,
            JSON.stringify(diffs),
            packSplices(entry.splices),
            JSON.stringify(entry.receipt),
            entry.mtimeNs,
          ],
        );
      } finally {
        db.exec('PRAGMA synchronous = NORMAL');
      }
    },
    /** Stores the end of one file's write. */
    result: (runId: number, result: WriteResult): void => {
      db.run(UPSERT, {
        runId,
        path: result.path,
        status: result.status,
        diffs: JSON.stringify(result.status === 'written' ? result.diffs : []),
        code: result.status === 'refused' ? result.code : null,
        message: result.status === 'refused' ? result.message : null,
      });
    },
    setStatus: (entryId: number, status: EntryStatus, failure: Failure | null = null): void => {
      db.run('UPDATE write_entries SET status = ?, code = ?, message = ? WHERE id = ?', [
        status,
        failure?.code ?? null,
        failure?.message ?? null,
        entryId,
      ]);
    },
    /** Entries that a killed process left half-way. */
    unfinished: (): JournalEntry[] => entries(`status IN ('pending', 'undoing') ORDER BY id`, []),
    /** What an undo of a run has to put back, last written first. */
    undoable: (runId: number): JournalEntry[] => entries(`run_id = ? AND status = 'written' ORDER BY id DESC`, [runId]),
    lastUndoable: (): number | null =>
      db.get<{ id: number | null }>(`SELECT max(run_id) AS id FROM write_entries WHERE status = 'written'`)?.id ?? null,
    /** Runs that were under way when a process died. */
    interruptRunning: (): void => {
      db.run(`UPDATE write_runs SET state = 'interrupted' WHERE state = 'running'`);
    },
    results: (runId: number): WriteResult[] =>
      db
        .all<SqlResult>(`SELECT * FROM write_entries WHERE run_id = ? AND status <> 'pending' ORDER BY id`, [runId])
        .map(toResult),
    history: (): WriteRun[] => db.all<WriteRun>(`${RUNS} ORDER BY r.id DESC`).map(toRun),
    run: (runId: number): WriteRun | null => db.all<WriteRun>(`${RUNS} WHERE r.id = ?`, [runId]).map(toRun)[0] ?? null,
  };
}

function toEntry(row: SqlEntry): JournalEntry {
  const receipt = JSON.parse(row.receipt) as WriteReceipt;
  const undo = { splices: unpackSplices(bytesOf(row.splices)), receipt, mtimeNs: row.mtime_ns };
  return { id: row.id, runId: row.run_id, path: row.path, status: row.status, undo };
}

interface SqlResult {
  path: string;
  status: EntryStatus;
  diffs: string;
  receipt: string | null;
  code: FailureCode | null;
  message: string | null;
}

/** A file that was undone later still is a file that this run wrote. */
function toResult(row: SqlResult): WriteResult {
  const { path } = row;
  if (row.status === 'unchanged') return { path, status: 'unchanged' };
  if (row.status === 'refused' || row.receipt === null)
    return { path, status: 'refused', code: row.code ?? 'internal', message: row.message ?? '' };
  return {
    path,
    status: 'written',
    diffs: JSON.parse(row.diffs) as FieldDiff[],
    receipt: JSON.parse(row.receipt) as WriteReceipt,
  };
}

function toRun(run: WriteRun): WriteRun {
  if (run.undone === 0 || run.state === 'running') return run;
  return { ...run, state: run.undone === run.written ? 'undone' : 'partly-undone' };
}
