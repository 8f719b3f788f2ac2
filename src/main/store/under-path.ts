import { sep } from 'node:path';

/**
 * SQL for "this path or anything below it", as a range that an index serves: every path below `/music` lies between
 * `/music/` and `/music0`, since `0` follows `/`.
 */
export const underPath = (column: string): string =>
  `(${column} = :self OR (${column} >= :from AND ${column} < :until))`;

/** Parameters for `underPath`. */
export function underPathParams(path: string): { self: string; from: string; until: string } {
  const from = path.endsWith(sep) ? path : path + sep;
  const until = from.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1);
  return { self: path, from, until };
}

/** True if `path` is `folder` or lies below it. */
export const isUnder = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
