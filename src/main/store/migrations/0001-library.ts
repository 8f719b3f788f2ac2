/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0001 = {
  version: 1,
  name: 'library',
  sql: `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE roots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  added_at INTEGER NOT NULL
);

-- Analysis results belong to audio content, not to files: moved, re-tagged and duplicate files share them.
CREATE TABLE results (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  content_hash TEXT NOT NULL,
  model TEXT NOT NULL,
  front_end TEXT NOT NULL,
  plan TEXT NOT NULL,
  duration_sec REAL NOT NULL,
  windows INTEGER NOT NULL,
  window_sec REAL NOT NULL,
  starts_sec TEXT NOT NULL,
  decoder TEXT NOT NULL,
  provider TEXT NOT NULL,
  ms TEXT NOT NULL,
  warnings TEXT NOT NULL,
  genre TEXT NOT NULL,
  genre_top TEXT NOT NULL,
  genre_fold TEXT NOT NULL,
  genre_confidence REAL NOT NULL,
  genre_abstained INTEGER NOT NULL,
  genre_labels TEXT NOT NULL,
  genre_windows BLOB NOT NULL,
  mood TEXT,
  mood_top TEXT,
  mood_labels TEXT,
  mood_windows BLOB,
  analysed_at INTEGER NOT NULL,
  -- The result chosen last is the one shown, where one content was analysed by several window plans.
  chosen_at INTEGER NOT NULL,
  UNIQUE (content_hash, model, front_end, plan)
);

CREATE TABLE tracks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  root_id INTEGER REFERENCES roots (id) ON DELETE CASCADE,
  path TEXT NOT NULL UNIQUE,
  file_name TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns TEXT NOT NULL,
  inode TEXT NOT NULL,
  content_hash TEXT,
  missing INTEGER NOT NULL DEFAULT 0,
  title TEXT,
  artist TEXT,
  album TEXT,
  album_artist TEXT,
  year INTEGER,
  track_number INTEGER,
  duration_sec REAL,
  bitrate REAL,
  sample_rate REAL,
  container TEXT,
  codec TEXT,
  own_genres TEXT NOT NULL,
  own_genre_folds TEXT NOT NULL,
  own_moods TEXT NOT NULL,
  search TEXT NOT NULL,
  title_key TEXT NOT NULL,
  artist_key TEXT,
  album_key TEXT,
  own_genre_key TEXT,
  added_at INTEGER NOT NULL,
  -- Derived from the rest for the active model, so that filters and sorts touch one table.
  result_id INTEGER REFERENCES results (id) ON DELETE SET NULL,
  genre_top TEXT,
  genre_confidence REAL,
  genre_abstained INTEGER,
  disagrees INTEGER NOT NULL DEFAULT 0,
  has_failure INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'new',
  -- States in the order in which a track goes through them, for sorting.
  state_rank INTEGER NOT NULL DEFAULT 0,
  -- One bit a quick filter: no genre, disagrees, unsure, unreviewed, decided, failed.
  quick INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX tracks_content ON tracks (content_hash);
CREATE INDEX tracks_result ON tracks (result_id);
CREATE INDEX tracks_root ON tracks (root_id);
CREATE INDEX tracks_inode ON tracks (inode, size);
CREATE INDEX tracks_missing ON tracks (size) WHERE missing = 1;
-- Each sort has an index that also holds what filters ask for, so that finding a page touches no table row.
CREATE INDEX tracks_counts ON tracks (root_id, quick, missing) WHERE missing = 0;
CREATE INDEX tracks_search ON tracks (search, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_path ON tracks (path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_title ON tracks (title_key, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_artist ON tracks (artist_key, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_album ON tracks (album_key, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_own_genre ON tracks (own_genre_key, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_genre ON tracks (genre_top, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_confidence ON tracks (genre_confidence, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_state ON tracks (state_rank, path, quick, root_id, missing) WHERE missing = 0;
CREATE INDEX tracks_by_duration ON tracks (duration_sec, path, quick, root_id, missing) WHERE missing = 0;

CREATE TABLE decisions (
  track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('accept', 'change', 'skip')),
  genres TEXT NOT NULL,
  moods TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  written_at INTEGER
);

CREATE TABLE failures (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('scan', 'analysis', 'write')),
  track_id INTEGER REFERENCES tracks (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  model TEXT,
  front_end TEXT,
  at INTEGER NOT NULL,
  UNIQUE (path, stage)
);
CREATE INDEX failures_track ON failures (track_id);

CREATE TABLE write_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  files INTEGER NOT NULL,
  from_decisions INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'interrupted'))
);

-- The write journal: enough to put every file back byte for byte.
CREATE TABLE write_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES write_runs (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'written', 'unchanged', 'refused', 'undoing', 'undone')),
  diffs TEXT NOT NULL,
  splices BLOB,
  receipt TEXT,
  mtime_ns TEXT,
  code TEXT,
  message TEXT,
  UNIQUE (run_id, path)
);
CREATE INDEX write_entries_open ON write_entries (status) WHERE status IN ('pending', 'undoing');
`,
} as const;
