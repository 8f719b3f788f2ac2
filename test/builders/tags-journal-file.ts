import { existsSync, readFileSync } from 'node:fs';
import type { UndoEntry } from '../../src/main/ports';

/** One journal entry as a line of text. */
export const encodeEntry = (entry: UndoEntry): string =>
  JSON.stringify({
    ...entry,
    splices: entry.splices.map((splice) => ({ ...splice, insert: Buffer.from(splice.insert).toString('base64') })),
  });

function decodeEntry(line: string): UndoEntry {
  const entry = JSON.parse(line) as Omit<UndoEntry, 'splices'> & {
    splices: { offset: number; remove: number; insert: string }[];
  };
  return {
    ...entry,
    splices: entry.splices.map((splice) => ({
      ...splice,
      insert: new Uint8Array(Buffer.from(splice.insert, 'base64')),
    })),
  };
}

/** All complete lines; one that a kill cut off was not yet durable, and its write had not begun. */
export function readJournal(path: string): UndoEntry[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1).map(decodeEntry);
}
