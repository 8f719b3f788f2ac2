/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0008 = {
  version: 8,
  name: 'playlists',
  sql: `
-- Smart playlists, as JSON.
CREATE TABLE playlists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  playlist TEXT NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

-- Stars, 0 to 5 in halves.
ALTER TABLE tracks ADD COLUMN rating REAL;
-- Which version of our reader read the tags (TAGS_READ in tracks.ts); what an older one read is read again by the next scan.
ALTER TABLE tracks ADD COLUMN tags_read INTEGER NOT NULL DEFAULT 0;
-- The texts of a file's tags by name, as jsonb; see OwnTags. None for a track without.
CREATE TABLE track_texts (
  track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
  texts BLOB NOT NULL
);

-- What rules of playlists compare beyond track_facts, one narrow row a track, derived along with those: see rule-facts.ts.
CREATE TABLE rule_facts (
  track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  confidence REAL,
  valence REAL,
  arousal REAL,
  duration_sec REAL,
  year INTEGER,
  track_number INTEGER,
  rating REAL,
  bitrate INTEGER,
  sample_rate INTEGER,
  size INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  analysed_at INTEGER,
  decided_at INTEGER,
  written_at INTEGER,
  -- Lists of labels, null where there is none.
  own_genres TEXT,
  confirmed_genres TEXT,
  heard_genre TEXT,
  wide_genres TEXT,
  own_moods TEXT,
  confirmed_moods TEXT,
  heard_mood TEXT,
  -- Folded texts, null where there is none.
  title TEXT,
  artist TEXT,
  album_artist TEXT,
  album TEXT,
  codec TEXT,
  file_name TEXT NOT NULL,
  folder TEXT NOT NULL,
  -- Fold -> share, as jsonb; null where no mood was heard.
  mood_shares BLOB
);
`,
} as const;
