/** Frozen: a released migration is never edited; what changes later is a new file. */
export const migration0010 = {
  version: 10,
  name: 'rules',
  sql: `
-- Who decided: 0 the collector, 1 a rule (verdicts of some confidence, nobody looking), 2 a rule whose write the collector undid.
ALTER TABLE decisions ADD COLUMN by_rule INTEGER NOT NULL DEFAULT 0;
`,
} as const;
