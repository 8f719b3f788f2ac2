import { CodedError } from '#shared/domain/failure';
import { openDatabase } from './driver';

interface Owner {
  pid: number;
}

/**
 * Takes a library for this process alone; gives the function that lets go of it.
 *
 * The lock is SQLite's own write lock on a file beside the library, i.e. a lock of the operating system: it ends with the
 * process however that dies, so there is no stale lock to judge. Readers are let through, which is how the holder's
 * process id is found.
 *
 * @throws CodedError `library-locked` naming the holder
 */
export function lockLibrary(libraryPath: string): () => void {
  const db = openDatabase(`${libraryPath}.lock`, 300);
  try {
    db.exec('CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL)');
    // By exec: a prepared statement that finds the file locked keeps a lock of its own until it is collected.
    db.exec(`INSERT OR REPLACE INTO owner (id, pid) VALUES (1, ${process.pid})`);
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const failure = error instanceof CodedError && error.code === 'library-locked' ? lockedBy(libraryPath, db) : error;
    db.close();
    throw failure;
  }
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}

function lockedBy(libraryPath: string, db: { get<Row>(sql: string): Row | undefined }): CodedError {
  let who = 'another Genregram';
  try {
    const owner = db.get<Owner>('SELECT pid FROM owner');
    if (owner) who = `another Genregram (process ${owner.pid})`;
  } catch {
    // The holder is just taking the lock: its name is not readable yet.
  }
  return new CodedError(
    'library-locked',
    `The library ${libraryPath} is in use by ${who}. Close that one, or name another library with --library.`,
  );
}
