/**
 * A program that changes the tags of files one after the other, over and over, journalling to a file, until it is killed:
 * JOURNAL new-file|in-place FILE... In place it writes as a slow drive does, so that kills fall between the bytes.
 */
import { appendFileSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Files } from '../../src/main/adapters/files/files';
import { nodeFiles } from '../../src/main/adapters/files/node-files';
import { createTagWriter } from '../../src/main/adapters/tags/index';
import { encodeEntry } from './tags-journal-file';

const [journalPath = '', method = '', ...paths] = process.argv.slice(2);
const PIECE = 50_000;

const slowFiles: Files = {
  ...nodeFiles,
  async openToPatch(path) {
    const handle = await nodeFiles.openToPatch(path);
    return {
      ...handle,
      async write(bytes, position) {
        for (let at = 0; at < bytes.length; at += PIECE) {
          await handle.write(bytes.subarray(at, at + PIECE), position + at);
          await sleep(1);
        }
      },
    };
  },
};

/** @param round how often the file has been written */
const genresFor = (round: number): string[] => {
  const names = [`Genre ${process.pid} ${round}`];
  // In place each second one is longer, so that what lies behind it moves; without that, some move the audio.
  if (method === 'in-place') return round % 2 ? [...names, 'and some more'] : names;
  return round % 3 ? names : [...names, 'a much longer one that moves the audio '.repeat(20).trim()];
};

async function main(): Promise<void> {
  const inPlace = method === 'in-place';
  const writer = createTagWriter(inPlace ? { files: slowFiles, inPlaceAboveMiB: 0 } : {});
  const journal = openSync(journalPath, 'a');
  process.stdout.write('started\n');
  for (let count = 0; ; count++) {
    const path = paths[count % paths.length] ?? '';
    const round = Math.floor(count / paths.length);
    const change = { mode: 'replace' as const, genres: genresFor(round), moods: round % 2 ? ['Happy'] : [] };
    const plan = await writer.plan(path, change);
    if (plan.status !== 'ready' || plan.writing.method !== method) throw new Error(JSON.stringify(plan));
    const result = await writer.apply(plan, {
      begin: (_path, entry) => {
        writeSync(journal, `${encodeEntry(path, entry)}\n`);
        fsyncSync(journal);
      },
    });
    if (result.status !== 'written') throw new Error(JSON.stringify(result));
  }
}

main().catch((error: unknown) => {
  appendFileSync(`${journalPath}.error`, String(error));
  process.exit(1);
});
