import type { Database } from './driver';
import { underPath, underPathParams } from './under-path';
import type { EntryStatus, RunKind } from './write-rows';

/** A file of which something can be undone, with the ids of the entries concerned, newest first. */
export interface UndoTarget {
  readonly path: string;
  readonly entryIds: readonly number[];
}

/** Which entries an undo is about: those of a run, each file's newest, or all; `paths` names files or folders. */
export interface UndoScope {
  readonly runId: number | null;
  readonly all: boolean;
  readonly paths: readonly string[] | null;
}

interface EntryStates {
  id: number;
  path: string;
  status: EntryStatus;
  kind: RunKind;
  /** Of the file; null where nothing was written. */
  hashBefore: string | null;
  hashAfter: string | null;
  /** 1 where an entry of an undo has the way back; libraries of schema 3 have none. */
  journalled: number;
}

const WRITTEN = `e.status = 'written' AND e.splices IS NOT NULL`;
/** An undo found the file as it was before. */
const FOUND_AS_BEFORE = `e.status = 'unchanged' AND r.kind = 'undo'`;
const STATES = `SELECT e.id, e.path, e.status, r.kind, json_extract(e.receipt, '$.hashBefore') AS hashBefore,
  json_extract(e.receipt, '$.hashAfter') AS hashAfter,
  EXISTS (SELECT 1 FROM write_undoes u WHERE u.undone_id = e.id) AS journalled
FROM write_entries e JOIN write_runs r ON r.id = e.run_id WHERE true`;

/** What an undo is about: which files, and which of the writes into them. */
export function createUndoTargets(db: Database) {
  /** Entries of the files and folders named, or of all, newest first. */
  function within(paths: readonly string[] | null, where: string, params: Record<string, number>): EntryStates[] {
    const rows = (place: string, more: Record<string, string>): EntryStates[] =>
      db.all(`${STATES} AND ${where} AND ${place} ORDER BY e.id DESC`, { ...params, ...more });
    if (!paths) return rows('true', {});
    const found = new Map(
      paths.flatMap((path) => rows(underPath('e.path'), underPathParams(path))).map((row) => [row.id, row]),
    );
    return [...found.values()].sort((a, b) => b.id - a.id);
  }

  /** Files that hold something that was written, or that undos have not brought back to their first byte. */
  function allWritten(paths: readonly string[] | null): UndoTarget[] {
    const files = new Map<string, { now: string | null; first: string | null; entryIds: number[] }>();
    for (const row of within(paths, `(${WRITTEN} OR e.status = 'undone' OR ${FOUND_AS_BEFORE})`, {})) {
      const file = files.get(row.path) ?? { now: row.hashAfter, first: row.hashAfter, entryIds: [] };
      if (row.status === 'undone' && row.journalled === 0 && file.now === row.hashAfter) file.now = row.hashBefore;
      if (row.kind === 'write' && file.now !== null) file.first = row.hashBefore;
      if (row.kind === 'write' && row.status === 'written') file.entryIds.push(row.id);
      files.set(row.path, file);
    }
    return [...files]
      .filter(([, { now, first, entryIds }]) => entryIds.length > 0 || now !== first)
      .map(([path, { entryIds }]) => ({ path, entryIds }));
  }

  return {
    /** What an undo has to put back, file by file, the one written last first. */
    targets: ({ runId, all, paths }: UndoScope): UndoTarget[] => {
      if (all) return allWritten(paths);
      const scope = runId === null ? `r.kind = 'write'` : 'e.run_id = :runId';
      const rows = within(paths, `${WRITTEN} AND ${scope}`, runId === null ? {} : { runId });
      const newest = new Map<string, number>();
      for (const { id, path } of rows) if (!newest.has(path)) newest.set(path, id);
      return [...newest].map(([path, id]) => ({ path, entryIds: [id] }));
    },
    /** The newest run of writes that is in some file still. */
    lastUndoable: (): number | null =>
      db.get<{ id: number | null }>(
        `SELECT max(e.run_id) AS id FROM write_entries e JOIN write_runs r ON r.id = e.run_id AND r.kind = 'write'
         WHERE ${WRITTEN}`,
      )?.id ?? null,
    /** How many files are not as they were before the first write, as far as the journal knows. */
    countWritten: (): number => allWritten(null).length,
  };
}
