import { CodedError } from '#shared/domain/failure';
import type { Database } from './driver';
import type { Migration } from './migrations';

/** Marks a SQLite file as a Genregram library ("GRGM"). */
const APPLICATION_ID = 0x4752474d;

export const schemaVersion = (db: Database): number =>
  db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;

/**
 * Brings a library to the newest schema. All pending migrations run in one transaction, so a failing one leaves the file
 * as it was; a file that is newer, or no library of ours, is refused before anything is written.
 *
 * @throws CodedError `library-newer`, `library-corrupt` or `migration-failed`
 */
export function migrate(db: Database, path: string, migrations: readonly Migration[]): void {
  const version = schemaVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest)
    throw new CodedError(
      'library-newer',
      `The library ${path} was written by a newer Genregram (schema ${version}, this one knows ${newest}). Update Genregram, or name another library with --library.`,
    );
  refuseForeign(db, path, version);
  if (version === newest) return;
  db.transaction(() => {
    for (const migration of migrations) if (migration.version > version) step(db, path, migration);
  });
}

function refuseForeign(db: Database, path: string, version: number): void {
  const tables = db.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_master')?.n ?? 0;
  const application = db.get<{ application_id: number }>('PRAGMA application_id')?.application_id ?? 0;
  const fresh = tables === 0 && version === 0 && application === 0;
  if (fresh || application === APPLICATION_ID) return;
  throw new CodedError(
    'library-corrupt',
    `${path} is a database of another program, no Genregram library. It was left as it is; name another library with --library.`,
  );
}

function step(db: Database, path: string, migration: Migration): void {
  try {
    db.exec(migration.sql);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migration.version}`);
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'library-corrupt') throw error;
    throw new CodedError(
      'migration-failed',
      `The library ${path} could not be brought to schema ${migration.version} (${migration.name}): ${String(error)}. It was left as it was; please report this, and go on with the Genregram that wrote it.`,
      { cause: error },
    );
  }
}
