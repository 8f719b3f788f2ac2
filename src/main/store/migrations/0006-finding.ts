/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0006 = {
  version: 6,
  name: 'finding',
  sql: `
-- What searches compare, one narrow row a track, so that any search is one pass over little: see facts.ts. Derived as the derived
-- columns of tracks are, and filled with them when a library is opened that has none yet.
CREATE TABLE track_facts (
  track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  year INTEGER,
  duration_sec REAL,
  confidence REAL,
  valence REAL,
  arousal REAL,
  -- The folds of the genre and the mood named, null where none is; lists of folds are written |rock|pop|.
  heard TEXT,
  mood TEXT,
  analysed_at INTEGER,
  genres TEXT NOT NULL,
  moods TEXT NOT NULL,
  wide TEXT NOT NULL,
  search TEXT NOT NULL,
  artist TEXT NOT NULL,
  album TEXT NOT NULL,
  title TEXT NOT NULL,
  path TEXT NOT NULL,
  -- Tracks of one album, and of one folder, have the same; null without an album.
  album_group TEXT,
  folder TEXT NOT NULL,
  -- Fold -> share, as jsonb; null where nothing was heard.
  shares BLOB
);
CREATE INDEX track_facts_by_album ON track_facts (album_group);
CREATE INDEX track_facts_by_folder ON track_facts (folder);
CREATE INDEX track_facts_by_heard ON track_facts (heard);
-- Words are looked for in track_facts now.
DROP INDEX tracks_search;

-- Searches under a name: the text, and what of the table's look belongs to it.
CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
`,
} as const;
