import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing, repositoryRoot, sharedFolder } from '../../builders/requirements';
import { buildFixtures } from '../../builders/tags-referee';
import { resultsTable } from '../../builders/tags-results';
import { CASES, runTrials, type Trial } from '../../builders/tags-trial';

/** All cases, all files of other projects, and RESULTS.md written: `GENREGRAM_LONG_TESTS=1 npx vitest run test/medium/tags/referee.test.ts`. */
const LONG = process.env['GENREGRAM_LONG_TESTS'] === '1';
const NAMES = LONG ? Object.keys(CASES) : ['replace, long and accented', 'add'];
/** Containers whose tags are written. */
const OURS = /\.(mp3|mp2|aac|wav|aiff?|aifc|flac|ogg|oga|opus|m4a|m4b|mp4|wv|ape|mpc|wma|asf)$/i;

describe.skipIf(missing('ffmpeg', 'shared-data', 'tag-referee'))('the referee', () => {
  let folder = '';
  const all = new Map<string, Trial[]>();
  const collect = (kind: string, trials: readonly Trial[]): void => {
    all.set(kind, [...(all.get(kind) ?? []), ...trials]);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'genregram-referee-'));
    buildFixtures(join(folder, 'fixtures'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    if (LONG) writeFileSync(join(repositoryRoot, 'test/medium/tags/RESULTS.md'), resultsTable(all));
  });

  const check = (trials: readonly Trial[]): void => {
    const problems = trials.flatMap((trial) =>
      [
        ...(trial.restored ? [] : ['not the old bytes again']),
        ...trial.unintended,
        ...(trial.referee?.error ? [trial.referee.error] : []),
      ].map((problem) => `${trial.file} (${trial.format}), ${trial.name}, ${trial.outcome}: ${problem}`),
    );
    expect(problems).toEqual([]);
  };

  const fixtures = (): string[] =>
    readdirSync(join(folder, 'fixtures'))
      .filter((name) => OURS.test(name))
      .map((name) => join(folder, 'fixtures', name));

  it.each(NAMES)('finds nothing else changed in any fixture: %s', { timeout: 600_000 }, async (name) => {
    const trials = await runTrials(fixtures(), name, join(folder, 'work'));
    collect('fixtures', trials);
    check(trials);
    const refused = trials.filter((trial) => trial.outcome !== 'written' && trial.outcome !== 'unchanged');
    expect(Object.fromEntries(refused.map((trial) => [trial.file, trial.outcome]))).toEqual({
      'bad_trunc.m4a': 'tag-unparseable',
      'bad_truncaudio.m4a': 'tag-unparseable',
      'bad_zero.m4a': 'empty-file',
      'bad_framesize.mp3': 'tag-unparseable',
      'bad_hugesize.mp3': 'tag-unparseable',
      'bad_text.mp3': 'unsupported-format',
      'bad_trunctag.flac': 'tag-unparseable',
      'bad_trunctag.mp3': 'tag-unparseable',
      'bad_v24itunes.mp3': 'tag-unparseable',
      'bad_zero.flac': 'empty-file',
      'bad_zero.mp3': 'empty-file',
    });
    if (name.startsWith('replace'))
      for (const trial of trials.filter(({ outcome }) => outcome === 'written'))
        expect(trial.genresShown, trial.file).toEqual(CASES[name]?.genres);
  });

  const corpus = (): string[] =>
    readdirSync(join(sharedFolder, 'data/tagfiles'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && OURS.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();

  it('and nothing in the odd and broken files of other projects', { timeout: 3_600_000 }, async () => {
    expect(corpus().length).toBeGreaterThan(300);
    const files = corpus().filter((_, index) => LONG || index % 5 === 0);
    for (const name of LONG ? NAMES : ['add']) {
      const trials = await runTrials(files, name, join(folder, 'work'));
      collect('files of other projects', trials);
      check(trials);
      const done = trials.filter(({ outcome }) => outcome === 'written' || outcome === 'unchanged');
      expect(done.length).toBeGreaterThan(files.length / 2);
    }
  });
});
