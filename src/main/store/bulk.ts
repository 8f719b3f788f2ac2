import type { Database } from './driver';

/** From so many rows on, making the indexes afresh is quicker than changing every entry of each. */
const MANY_ROWS = 30_000;

/** Changes `count` rows of tracks, and their facts, in one transaction; where they are many, without their indexes meanwhile. */
export function inBulk(db: Database, count: number, work: () => void): void {
  db.transaction(() => {
    if (count < MANY_ROWS) {
      work();
      return;
    }
    const indexes = db.all<{ name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('tracks', 'track_facts') AND sql IS NOT NULL`,
    );
    for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
    work();
    for (const { sql } of indexes) db.exec(sql);
  });
}
