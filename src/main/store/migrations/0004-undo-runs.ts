/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0004 = {
  version: 4,
  name: 'undo-runs',
  sql: `
-- Both tables are made anew, since SQLite can't change a CHECK. An undo is a run of its own, so that it can be undone.
CREATE TABLE write_runs_4 (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('write', 'undo')),
  -- The run that an undo takes back; null where it concerns files of any runs.
  undoes INTEGER,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  files INTEGER NOT NULL,
  from_decisions INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'interrupted')),
  -- What the start after a kill or a power cut found.
  note TEXT
);
INSERT INTO write_runs_4 (id, kind, undoes, started_at, finished_at, files, from_decisions, state, note)
  SELECT id, 'write', NULL, started_at, finished_at, files, from_decisions, state, NULL FROM write_runs;

CREATE TABLE write_entries_4 (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES write_runs_4 (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  -- Planned: not begun yet, or never reached where the run has ended. Undoing: only in libraries of schema 3.
  status TEXT NOT NULL
    CHECK (status IN ('planned', 'pending', 'written', 'unchanged', 'refused', 'undoing', 'undone')),
  diffs TEXT NOT NULL,
  splices BLOB,
  -- How the splices are packed: 0 plain, 1 deflated; see splices.ts.
  packing INTEGER NOT NULL DEFAULT 0,
  receipt TEXT,
  mtime_ns TEXT,
  -- Of an undo field by field: the fields that were left alone.
  left_fields TEXT,
  code TEXT,
  message TEXT,
  UNIQUE (run_id, path)
);
INSERT INTO write_entries_4 (id, run_id, path, status, diffs, splices, receipt, mtime_ns, code, message)
  SELECT id, run_id, path, status, diffs, splices, receipt, mtime_ns, code, message FROM write_entries;

DROP TABLE write_entries;
DROP TABLE write_runs;
ALTER TABLE write_runs_4 RENAME TO write_runs;
ALTER TABLE write_entries_4 RENAME TO write_entries;
CREATE INDEX write_entries_open ON write_entries (status) WHERE status IN ('pending', 'undoing');
CREATE INDEX write_entries_path ON write_entries (path);

-- Which entries an undo took back.
CREATE TABLE write_undoes (
  entry_id INTEGER NOT NULL REFERENCES write_entries (id) ON DELETE CASCADE,
  undone_id INTEGER NOT NULL REFERENCES write_entries (id) ON DELETE CASCADE,
  PRIMARY KEY (entry_id, undone_id)
) WITHOUT ROWID;
CREATE INDEX write_undoes_undone ON write_undoes (undone_id);
`,
} as const;
