/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0003 = {
  version: 3,
  name: 'stale-results',
  sql: `
-- The last result of another model or version, where the chosen one has not heard the track yet; bit 128 of tracks.quick.
ALTER TABLE tracks ADD COLUMN former_id INTEGER REFERENCES results (id) ON DELETE SET NULL;
CREATE INDEX tracks_former ON tracks (former_id);
`,
} as const;
