/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0002 = {
  version: 2,
  name: 'further-outputs',
  sql: `
-- Null in results of models without the output, and in those that are older than this.
ALTER TABLE results ADD COLUMN content TEXT;
ALTER TABLE results ADD COLUMN wide TEXT;
ALTER TABLE results ADD COLUMN affect TEXT;
-- See embedding-blob.ts.
ALTER TABLE results ADD COLUMN embedding BLOB;
-- 1 where the content verdict says for sure that there is no music; bit 64 of tracks.quick.
ALTER TABLE results ADD COLUMN not_music INTEGER NOT NULL DEFAULT 0;
`,
} as const;
