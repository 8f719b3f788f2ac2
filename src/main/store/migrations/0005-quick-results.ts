/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0005 = {
  version: 5,
  name: 'quick-results',
  sql: `
-- What was accepted of a quick result: the folded genre and the mood's label, '' for none. Null for every other decision.
ALTER TABLE decisions ADD COLUMN quick_genre TEXT;
ALTER TABLE decisions ADD COLUMN quick_mood TEXT;
-- The window plan that an analysis failed with; null for other stages and for failures older than this.
ALTER TABLE failures ADD COLUMN plan TEXT;
`,
} as const;
