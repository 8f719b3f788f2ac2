/** A program that changes one file's tags over and over, journalling to a file, until it is killed: FILE JOURNAL. */
import { appendFileSync, closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { createTagWriter } from '../../src/main/adapters/tags/index';
import { encodeEntry } from './tags-journal-file';

const [path = '', journalPath = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const writer = createTagWriter();
  const journal = openSync(journalPath, 'a');
  process.stdout.write('started\n');
  for (let round = 0; ; round++) {
    const genres = [
      `Genre ${process.pid} ${round}`,
      ...(round % 3 === 0 ? ['a much longer one that moves the audio '.repeat(20).trim()] : []),
    ];
    const plan = await writer.plan(path, { mode: 'replace', genres, moods: round % 2 ? ['Happy'] : [] });
    if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
    const result = await writer.apply(plan, {
      begin: (_path, entry) => {
        writeSync(journal, `${encodeEntry(entry)}\n`);
        fsyncSync(journal);
      },
    });
    if (result.status !== 'written') throw new Error(JSON.stringify(result));
  }
  closeSync(journal);
}

main().catch((error: unknown) => {
  appendFileSync(`${journalPath}.error`, String(error));
  process.exit(1);
});
