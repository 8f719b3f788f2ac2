import Libsql from 'libsql';
import { CodedError } from '#shared/domain/failure';

/**
 * The only file that knows the SQLite library (libsql, better-sqlite3's interface). What it works around:
 * libsql binds every number as REAL, so integers go in as bigint; a boolean, or a byte array as the only parameter, aborts
 * the process, so booleans are converted and parameters always travel in an array or an object; blobs come back as ArrayBuffer.
 */

export type SqlValue = string | number | bigint | boolean | null | Uint8Array;
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

export interface Database {
  /** Runs one statement; gives the number of changed rows and the last row id. */
  run(sql: string, params?: SqlParams): { changes: number; lastId: number };
  get<Row>(sql: string, params?: SqlParams): Row | undefined;
  all<Row>(sql: string, params?: SqlParams): Row[];
  /** Runs any number of statements without parameters. */
  exec(sql: string): void;
  /** Commits when `work` returns, rolls back when it throws. Nested calls join the outer transaction. */
  transaction: <T>(work: () => T) => T;
  close(): void;
}

type Statement = Libsql.Statement<unknown[]>;

/**
 * Opens (or creates) a database file without changing it.
 *
 * @param timeoutMs how long a statement waits for another connection's lock
 */
export function openDatabase(path: string, timeoutMs = 5000): Database {
  const native = guarded(path, () => new Libsql(path, { timeout: timeoutMs }));
  const statements = new Map<string, Statement>();
  let depth = 0;

  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = native.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  return {
    run: (sql, params = []) =>
      guarded(path, () => {
        const info = prepare(sql).run(bindable(params));
        return { changes: info.changes, lastId: Number(info.lastInsertRowid) };
      }),
    get: <Row>(sql: string, params: SqlParams = []) =>
      guarded(path, () => {
        const row = prepare(sql).get(bindable(params)) as (Row & { _metadata?: unknown }) | undefined;
        // libsql adds its timing to single rows.
        if (row) delete row._metadata;
        return row;
      }),
    all: <Row>(sql: string, params: SqlParams = []) => guarded(path, () => prepare(sql).all(bindable(params)) as Row[]),
    exec: (sql) => {
      guarded(path, () => native.exec(sql));
    },
    transaction: (work) => {
      if (depth > 0) return work();
      guarded(path, () => native.exec('BEGIN IMMEDIATE'));
      depth++;
      try {
        const result = work();
        guarded(path, () => native.exec('COMMIT'));
        return result;
      } catch (error) {
        if (native.inTransaction) native.exec('ROLLBACK');
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => {
      statements.clear();
      native.close();
    },
  };
}

/** A blob column's value as bytes. */
export const bytesOf = (value: unknown): Uint8Array =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : (value as Uint8Array);

function bindable(params: SqlParams): unknown {
  if (Array.isArray(params)) return (params as readonly SqlValue[]).map(bindValue);
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, bindValue(value)]));
}

function bindValue(value: SqlValue): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (value instanceof Uint8Array && !Buffer.isBuffer(value)) return Buffer.from(value);
  return value;
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw codedError(path, error);
  }
}

/** Turns what the database says of the disk or the file into our codes; what is left is a bug. */
function codedError(path: string, error: unknown): unknown {
  if (error instanceof CodedError || !(error instanceof Error)) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT'))
    return new CodedError(
      'library-corrupt',
      `The library file ${path} is damaged or no Genregram library. It was left as it is; move it away or name another library.`,
      { cause: error },
    );
  if (code.startsWith('SQLITE_FULL'))
    return new CodedError(
      'no-space',
      `The disk that holds the library ${path} is full. Free some space and try again.`,
      {
        cause: error,
      },
    );
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    error.message.includes('ConnectionFailed')
  )
    return new CodedError(
      'permission-denied',
      `The library file ${path} can't be opened for writing. Check the folder's permissions or name another library.`,
      { cause: error },
    );
  if (code.startsWith('SQLITE_BUSY'))
    return new CodedError('library-locked', `Another program holds the library file ${path}. Close it and try again.`, {
      cause: error,
    });
  return error;
}
