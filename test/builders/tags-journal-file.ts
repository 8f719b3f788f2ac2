import { existsSync, readFileSync } from 'node:fs';
import type { UndoEntry } from '../../src/main/ports';

/** What was journalled of one write. */
export interface Journalled {
  readonly path: string;
  readonly entry: UndoEntry;
}

/** One journal entry as a line of text. */
export const encodeEntry = (path: string, entry: UndoEntry): string =>
  JSON.stringify({
    ...entry,
    path,
    splices: entry.splices.map((splice) => ({ ...splice, insert: Buffer.from(splice.insert).toString('base64') })),
  });

function decodeEntry(line: string): Journalled {
  const { path, ...entry } = JSON.parse(line) as Omit<UndoEntry, 'splices'> & {
    path: string;
    splices: { offset: number; remove: number; insert: string }[];
  };
  const splices = entry.splices.map((splice) => ({
    ...splice,
    insert: new Uint8Array(Buffer.from(splice.insert, 'base64')),
  }));
  return { path, entry: { ...entry, splices } };
}

/** All complete lines; one that a kill cut off was not yet durable, and its write had not begun. */
export function readJournal(path: string): Journalled[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1).map(decodeEntry);
}
