import type { RunFile, WriteRun } from '#shared/contract/schemas';
import type { Failure } from '#shared/domain/failure';
import type { FieldDiff, LeftField, WriteResult } from '#shared/domain/tags';
import type { UndoEntry } from '../ports';
import type { Database } from './driver';
import { packSplices } from './splices';
import { createUndoTargets } from './undo-targets';
import {
  SELECT_RUNS,
  toEntry,
  toRun,
  toRunFile,
  type EntryStatus,
  type JournalEntry,
  type RunKind,
  type SqlEntry,
  type SqlFile,
} from './write-rows';

/** A run that begins. */
export interface NewRun {
  readonly kind: RunKind;
  /** The run that it takes back, if it is one. */
  readonly undoes: number | null;
  readonly fromDecisions: boolean;
  readonly paths: readonly string[];
}

/** What is journalled of one file before it is touched. */
export interface NewEntry {
  readonly path: string;
  readonly diffs: readonly FieldDiff[];
  readonly entry: UndoEntry;
  /** Ids of the entries that this one takes back. */
  readonly undoes?: readonly number[];
  /** Of an undo field by field: what was left alone. */
  readonly left?: readonly LeftField[];
}

const ENTRIES = `SELECT e.*, r.kind FROM write_entries e JOIN write_runs r ON r.id = e.run_id WHERE e.splices IS NOT NULL`;
const JOURNAL = `INSERT INTO write_entries (run_id, path, status, diffs, splices, packing, receipt, mtime_ns, left_fields)
VALUES (:runId, :path, 'pending', :diffs, :splices, :packing, :receipt, :mtimeNs, :left)
ON CONFLICT (run_id, path) DO UPDATE SET status = 'pending', diffs = excluded.diffs, splices = excluded.splices,
  packing = excluded.packing, receipt = excluded.receipt, mtime_ns = excluded.mtime_ns, left_fields = excluded.left_fields`;
const RESULT = `INSERT INTO write_entries (run_id, path, status, diffs, code, message)
VALUES (:runId, :path, :status, '[]', :code, :message)
ON CONFLICT (run_id, path) DO UPDATE SET status = excluded.status, code = excluded.code, message = excluded.message`;

export function createWrites(db: Database) {
  const idOf = (runId: number, path: string): number | null =>
    db.get<{ id: number }>('SELECT id FROM write_entries WHERE run_id = ? AND path = ?', [runId, path])?.id ?? null;

  /**
   * Marks an entry as being in the file, or not any more. What it undid is then the other way round, and so on: undoing an
   * undo brings the write back.
   */
  function setInEffect(id: number, inEffect: boolean): void {
    db.run('UPDATE write_entries SET status = ?, code = NULL, message = NULL WHERE id = ?', [
      inEffect ? 'written' : 'undone',
      id,
    ]);
    const undone = db.all<{ id: number }>('SELECT undone_id AS id FROM write_undoes WHERE entry_id = ?', [id]);
    for (const each of undone) setInEffect(each.id, !inEffect);
  }

  function plan(runId: number, paths: readonly string[]): void {
    for (const path of paths)
      db.run(`INSERT OR IGNORE INTO write_entries (run_id, path, status, diffs) VALUES (?, ?, 'planned', '[]')`, [
        runId,
        path,
      ]);
  }

  return {
    ...createUndoTargets(db),
    /** Begins a run with all its files planned, so that a kill can't lose which ones there were. */
    begin: ({ kind, undoes, fromDecisions, paths }: NewRun, startedAt: number): number =>
      db.transaction(() => {
        const { lastId } = db.run(
          `INSERT INTO write_runs (kind, undoes, started_at, files, from_decisions, state) VALUES (?, ?, ?, ?, ?, 'running')`,
          [kind, undoes, startedAt, paths.length, fromDecisions],
        );
        plan(lastId, paths);
        return lastId;
      }),
    end: (runId: number, state: 'done' | 'cancelled' | 'interrupted', finishedAt: number): void => {
      db.run('UPDATE write_runs SET state = ?, finished_at = ? WHERE id = ?', [state, finishedAt, runId]);
    },
    setNote: (runId: number, note: string): void => {
      db.run('UPDATE write_runs SET note = ? WHERE id = ?', [note, runId]);
    },
    fromDecisions: (runId: number): boolean =>
      db.get<{ v: number }>('SELECT from_decisions AS v FROM write_runs WHERE id = ?', [runId])?.v === 1,
    /**
     * Makes a write durable before it happens: on return the entry is on the disk, not only in the system's cache. Only
     * here is that waited for; everything else may be lost in a power cut, together with what it describes.
     */
    journal: (runId: number, { path, diffs, entry, undoes = [], left }: NewEntry): void => {
      const { packing, bytes } = packSplices(entry.splices);
      db.exec('PRAGMA synchronous = FULL');
      try {
        db.transaction(() => {
          db.run(JOURNAL, {
            ...{ runId, path, packing, splices: bytes, mtimeNs: entry.mtimeNs },
            diffs: JSON.stringify(diffs),
            receipt: JSON.stringify(entry.receipt),
            left: left ? JSON.stringify(left) : null,
          });
          const id = idOf(runId, path);
          for (const undone of undoes)
            db.run('INSERT OR IGNORE INTO write_undoes (entry_id, undone_id) VALUES (?, ?)', [id, undone]);
        });
      } finally {
        db.exec('PRAGMA synchronous = NORMAL');
      }
    },
    /** Stores the end of one file's write or undo; one that was journalled and written is in effect from then on. */
    result: (
      runId: number,
      result: Pick<WriteResult, 'path' | 'status'> | ({ path: string; status: 'refused' } & Failure),
    ): void => {
      db.transaction(() => {
        const { path, status } = result;
        const failure = 'code' in result ? result : null;
        // A file that is changed in part has to be put right by the next start, so its entry stays open.
        const kept = failure?.code === 'half-written' ? 'pending' : status;
        db.run(RESULT, { runId, path, status: kept, code: failure?.code ?? null, message: failure?.message ?? null });
        const id = status === 'written' ? idOf(runId, path) : null;
        if (id !== null) setInEffect(id, true);
      });
    },
    /** Takes entries out of effect where nothing had to be written for it: the file was as before already. */
    markUndone: (entryIds: readonly number[]): void => {
      db.transaction(() => {
        for (const id of entryIds) setInEffect(id, false);
      });
    },
    /** For entries that an undo of schema 3 left half-way. */
    setStatus: (entryId: number, status: EntryStatus, failure: Failure | null = null): void => {
      db.run('UPDATE write_entries SET status = ?, code = ?, message = ? WHERE id = ?', [
        status,
        failure?.code ?? null,
        failure?.message ?? null,
        entryId,
      ]);
    },
    /** Entries that a killed process left half-way. */
    unfinished: (): JournalEntry[] =>
      db.all<SqlEntry>(`${ENTRIES} AND e.status IN ('pending', 'undoing') ORDER BY e.id`).map(toEntry),
    /** All that was in a file at some time and can be gone through to and fro, oldest first. */
    entriesOf: (path: string): JournalEntry[] =>
      db
        .all<SqlEntry>(`${ENTRIES} AND e.path = ? AND e.status IN ('written', 'undone') ORDER BY e.id`, [path])
        .map(toEntry),
    /**
     * Does the file hold what was decided? Told by the last write of a decision: when it was begun if that is in effect, null
     * if it was taken back, undefined if no decision was written into the file.
     */
    decisionWritten: (path: string): number | null | undefined => {
      const last = db.get<{ status: EntryStatus; startedAt: number }>(
        `SELECT e.status, r.started_at AS startedAt FROM write_entries e JOIN write_runs r ON r.id = e.run_id
         WHERE e.path = ? AND r.kind = 'write' AND r.from_decisions = 1 AND e.status IN ('written', 'undone')
         ORDER BY e.id DESC LIMIT 1`,
        [path],
      );
      if (!last) return undefined;
      return last.status === 'written' ? last.startedAt : null;
    },
    /** Runs that were under way when a process died. */
    running: (): { id: number; paths: string[] }[] =>
      db.all<{ id: number }>(`SELECT id FROM write_runs WHERE state = 'running' ORDER BY id`).map(({ id }) => ({
        id,
        paths: db
          .all<{ path: string }>('SELECT path FROM write_entries WHERE run_id = ?', [id])
          .map(({ path }) => path),
      })),
    /** A file that moved takes its past along, so that it can be undone in its new place. */
    movePath: (from: string, to: string): void => {
      db.run('UPDATE OR IGNORE write_entries SET path = ? WHERE path = ?', [to, from]);
    },
    results: (runId: number): RunFile[] =>
      db
        .all<SqlFile>(
          `SELECT e.*, r.kind FROM write_entries e JOIN write_runs r ON r.id = e.run_id
           WHERE e.run_id = ? AND (e.status <> 'pending' OR e.code IS NOT NULL) AND (e.status <> 'planned' OR r.state <> 'running') ORDER BY e.id`,
          [runId],
        )
        .map(toRunFile),
    history: (): WriteRun[] => db.all<WriteRun>(`${SELECT_RUNS} ORDER BY r.id DESC`).map(toRun),
    run: (runId: number): WriteRun | null =>
      db.all<WriteRun>(`${SELECT_RUNS} WHERE r.id = ?`, [runId]).map(toRun)[0] ?? null,
  };
}
