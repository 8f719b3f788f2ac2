/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0009 = {
  version: 9,
  name: 'playlist-files',
  sql: `
-- Folders whose playlist files are kept up to date.
CREATE TABLE playlist_folders (
  id INTEGER PRIMARY KEY,
  folder TEXT NOT NULL,
  target TEXT NOT NULL,
  -- PathOptions, as JSON.
  options TEXT NOT NULL,
  -- Ids as a JSON list; null: all playlists, also those to come.
  playlists TEXT,
  synced_at INTEGER,
  UNIQUE (folder, target)
);

-- Playlist files that we wrote, by which we know them again: none other is ever replaced or removed.
CREATE TABLE playlist_files (
  path TEXT PRIMARY KEY,
  -- SHA-256 of what was written, hex.
  hash TEXT NOT NULL,
  -- The folder that keeps it up to date; null for one that was exported once.
  folder_id INTEGER REFERENCES playlist_folders (id) ON DELETE SET NULL,
  -- The playlist may be gone since.
  playlist_id INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX playlist_files_folder ON playlist_files (folder_id);
`,
} as const;
