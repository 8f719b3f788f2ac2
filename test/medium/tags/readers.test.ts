import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { missing, repositoryRoot, sharedFolder } from '../../builders/requirements';
import { MemoryJournal } from '../../builders/tags-files';
import { buildFixtures } from '../../builders/tags-referee';
import {
  askReaders,
  READERS,
  verdictOn,
  type ReaderName,
  type SeenByAll,
  type Verdict,
} from '../../builders/tags-readers';

/** All files of other projects, and READERS.md written: `GENREGRAM_LONG_TESTS=1 npx vitest run test/medium/tags/readers.test.ts`. */
const LONG = process.env['GENREGRAM_LONG_TESTS'] === '1';
const GENRES = ['Chanson française', 'J-Pop 音楽'];
const MOODS = ['Happy'];

interface Written {
  readonly path: string;
  readonly format: string;
  readonly before: SeenByAll;
  readonly after: SeenByAll;
}

describe.skipIf(missing('ffmpeg', 'shared-data', 'tag-referee'))('independent readers', () => {
  let folder = '';
  let written: Written[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'genregram-readers-'));
    buildFixtures(join(folder, 'fixtures'));
    const corpus = filesIn(join(sharedFolder, 'data/tagfiles')).filter((_, index) => LONG || index % 4 === 0);
    written = await writeAll([...filesIn(join(folder, 'fixtures')), ...corpus], join(folder, 'work'));
  }, 600_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    if (LONG) writeFileSync(join(repositoryRoot, 'test/medium/tags/READERS.md'), readersTable(written));
  });

  it('see what was written, in every format', () => {
    const wrong = written.flatMap(({ path, format, before, after }) =>
      READERS.filter((reader) => !isBlind(reader, before))
        .map((reader) => ({ reader, seen: after[reader] }))
        .filter(({ reader, seen }) => !isAcceptable(format, reader, seen))
        .map(({ reader, seen }) => `${basename(path)} (${format}): ${reader} sees ${JSON.stringify(seen)}`),
    );
    expect(wrong).toEqual([]);
    expect(written.length).toBeGreaterThan(50);
  });
});

/** Can a reader not read a file, or does it see no genre in the original where others do (misnamed files, tags that it does not support)? */
const isBlind = (reader: ReaderName, before: SeenByAll): boolean =>
  before[reader] === null ||
  (before[reader].genre.length === 0 && READERS.some((other) => (before[other]?.genre.length ?? 0) > 0));

/** What readers do not look for, whoever wrote it: ID3 behind the audio of WAV and RF64 files, APEv2 before ID3v1. */
const isOverlooked = (format: string, reader: ReaderName): boolean =>
  format.includes('RF64') || (reader === 'ffprobe' && (format.startsWith('WAV') || format.endsWith('(APEv2 + ID3v1)')));

/** ffprobe knows one value a field. */
function isAcceptable(format: string, reader: ReaderName, seen: SeenByAll[ReaderName]): boolean {
  if (isOverlooked(format, reader)) return true;
  const verdict = verdictOn(seen && seen.genre, GENRES);
  return verdict === 'all' || (verdict === 'one' && reader === 'ffprobe');
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(csv|txt|png|jpg|cue|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

async function writeAll(originals: readonly string[], folder: string): Promise<Written[]> {
  mkdirSync(folder, { recursive: true });
  const done: { original: string; path: string; format: string }[] = [];
  for (const [index, original] of originals.entries()) {
    const path = join(folder, `${index}-${basename(original)}`);
    copyFileSync(original, path);
    chmodSync(path, 0o644);
    const writer = createTagWriter();
    const plan = await writer.plan(path, { mode: 'replace', genres: GENRES, moods: MOODS });
    if (plan.status !== 'ready') continue;
    const result = await writer.apply(plan, new MemoryJournal());
    if (result.status === 'written') done.push({ original, path, format: plan.format });
  }
  const before = await askReaders(done.map(({ original }) => original));
  const after = await askReaders(done.map(({ path }) => path));
  return done.map(({ path, format }, index) => ({ path, format, before: before[index]!, after: after[index]! }));
}

function readersTable(files: readonly Written[]): string {
  const formats = [...new Set(files.map(({ format }) => format))].sort();
  const cell = (format: string, reader: ReaderName, field: 'genre' | 'mood', asked: readonly string[]): string => {
    const verdicts = files
      .filter((file) => file.format === format)
      .map((file) =>
        file.before[reader] === null ? 'cannot read' : verdictOn(file.after[reader]?.[field] ?? null, asked),
      );
    const count = (verdict: Verdict): number => verdicts.filter((other) => other === verdict).length;
    const parts = (['all', 'one', 'none', 'cannot read'] as const)
      .filter(count)
      .map((verdict) => `${count(verdict)} ${verdict}`);
    return parts.join(', ');
  };
  const lines = formats.flatMap((format) =>
    READERS.map(
      (reader) =>
        `| ${format} | ${reader} | ${cell(format, reader, 'genre', GENRES)} | ${cell(format, reader, 'mood', MOODS)} |`,
    ),
  );
  return [
    '# What independent readers see of what was written',
    '',
    'Made by `GENREGRAM_LONG_TESTS=1 npx vitest run test/medium/tags/readers.test.ts`: two genres and a mood were written into each file. "all": the reader',
    'sees all values, one by one or joined; "one": only one of them; "none": something else or nothing; "cannot read": it could not read the file',
    'before the write either, or saw no genre in it where others did. ffprobe knows one value a field and no mood in most formats.',
    '',
    '| format | reader | genres | mood |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
