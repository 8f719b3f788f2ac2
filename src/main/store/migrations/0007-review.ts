/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0007 = {
  version: 7,
  name: 'review',
  sql: `
-- 1 where the user skipped a track since it is no music; see bit 64 of tracks.quick.
ALTER TABLE decisions ADD COLUMN not_music INTEGER NOT NULL DEFAULT 0;
-- Embeddings side by side: a result is some 7 kB, of which comparing tracks needs 132 bytes.
CREATE INDEX results_embedding ON results (id, embedding) WHERE embedding IS NOT NULL;
`,
} as const;
