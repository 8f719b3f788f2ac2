import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TagChange } from '../../src/shared/domain/tags';
import { createTagWriter } from '../../src/main/adapters/tags/index';
import { readTags } from '../../src/main/adapters/tags/read-tags';
import { MemoryJournal } from './tags-files';
import { askReferee, type RefereeAnswer, type RefereeJob } from './tags-referee';

export const CASES: Readonly<Record<string, TagChange>> = {
  'replace, long and accented': {
    mode: 'replace',
    genres: ['Chanson française', '音楽 '.repeat(60).trim()],
    moods: ['Fröhlich'],
  },
  add: { mode: 'add', genres: ['Rock'], moods: ['Calm'], custom: { GENREGRAM_GENRES: ['rock:0.62;metal:0.21'] } },
  fill: { mode: 'fill', genres: ['Rock'], moods: ['Sad'] },
  remove: { mode: 'replace', genres: [], moods: [] },
};

/** What became of one file in one case. */
export interface Trial {
  readonly file: string;
  readonly name: string;
  readonly format: string;
  /** `written`, `unchanged`, or the code of the refusal. */
  readonly outcome: string;
  readonly message: string;
  /** Did a refusal or "unchanged" leave the file as it was, and undo a written one? */
  readonly restored: boolean;
  /** What the referee found beyond what was meant, after what is known and explained. */
  readonly unintended: readonly string[];
  readonly genresShown: readonly string[];
  readonly referee: RefereeAnswer | null;
}

/** Runs one case over files; copies are kept in `folder` until the referee has seen them. */
export async function runTrials(files: readonly string[], name: string, folder: string): Promise<Trial[]> {
  const change = CASES[name];
  if (!change) throw new Error(`no case ${name}`);
  mkdirSync(folder, { recursive: true });
  const trials: (Omit<Trial, 'unintended' | 'referee'> & { job: RefereeJob | null })[] = [];
  for (const [index, before] of files.entries())
    trials.push(await runOne(before, join(folder, String(index)), name, change));
  const jobs = trials.flatMap((trial) => (trial.job ? [trial.job] : []));
  const answers = askReferee(jobs);
  const byJob = new Map(jobs.map((job, index) => [job, answers[index]]));
  return trials.map(({ job, ...trial }) => {
    const referee = (job && byJob.get(job)) ?? null;
    const unintended = job && referee ? explain(job, referee) : [];
    if (job) rmSync(job.after, { force: true });
    return { ...trial, referee, unintended };
  });
}

async function runOne(before: string, folder: string, name: string, change: TagChange) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, basename(before));
  copyFileSync(before, path);
  chmodSync(path, 0o644);
  const untouched = (): boolean => readFileSync(path).equals(readFileSync(before));
  const common = { file: basename(before), name, message: '', genresShown: [] as readonly string[], job: null };
  const writer = createTagWriter();
  const journal = new MemoryJournal();
  const plan = await writer.plan(path, change);
  if (plan.status === 'refused')
    return { ...common, format: '', outcome: plan.code, message: plan.message, restored: untouched() };
  const result = await writer.apply(plan, journal);
  if (result.status !== 'written')
    return {
      ...common,
      format: plan.format,
      outcome: result.status === 'refused' ? result.code : result.status,
      restored: untouched(),
    };
  const after = join(folder, `after-${basename(before)}`);
  copyFileSync(path, after);
  const read = await readTags(path);
  const undone = await writer.undo(path, journal.entry(path));
  return {
    ...common,
    format: plan.format,
    outcome: 'written',
    message: plan.warnings.join(' '),
    restored: undone.status === 'restored' && untouched(),
    genresShown: read.ok ? read.value.genres : [],
    job: { before, after, fields: Object.keys(change.custom ?? {}) },
  };
}

/**
 * Takes out the differences that are meant or none: boxes around the list of tags in an MP4 file that had none, the ID3v1 genre byte (checked here to be the only byte of that tag that differs), the
 * vendor of a comment block where there was none, and what ffmpeg calls compressed audio where it reads on into trailing tags, as it does after
 * a frame that is cut off or before Lyrics3 (checked here: the bytes between the tags are equal, and the referee finds the decoded samples so).
 */
function explain(job: RefereeJob, answer: RefereeAnswer): string[] {
  const before = readFileSync(job.before);
  const after = readFileSync(job.after);
  return answer.differences.filter((difference) => {
    if (difference.startsWith('CHANGED id3v1')) return !before.subarray(-128, -1).equals(after.subarray(-128, -1));
    if (difference.startsWith("ADDED vendor 'Genregram'"))
      return answer.differences.some((other) => /^(CHANGED|LOST) v/.test(other));
    // Where an MP4 file had none, the boxes that hold the list of tags are made.
    if (/^ADDED atom\/moov\/udta(\/meta(\/hdlr)?)?#1 /.test(difference))
      return answer.differences.some((other) => /^(LOST|CHANGED) atom\/moov\/udta/.test(other));
    if (difference.startsWith('AUDIO/STRUCTURE amd5')) return !betweenTags(before).equals(betweenTags(after));
    return true;
  });
}

/** The bytes of an MP3 between its tags, found by other means than those under test. */
function betweenTags(file: Buffer): Buffer {
  let start = 0;
  while (file.toString('latin1', start, start + 3) === 'ID3') {
    const size = file.subarray(start + 6, start + 10).reduce((sum, byte) => sum * 128 + byte, 0);
    start += 10 + size + ((file[start + 5] ?? 0) & 0x10 ? 10 : 0);
  }
  let end = file.length;
  if (file.toString('latin1', end - 128, end - 125) === 'TAG') end -= 128;
  if (file.toString('latin1', end - 9, end) === 'LYRICS200')
    end -= 15 + Number(file.toString('latin1', end - 15, end - 9));
  if (file.toString('latin1', end - 32, end - 24) === 'APETAGEX')
    end -= file.readUInt32LE(end - 20) + ((file[end - 9] ?? 0) & 0x80 ? 32 : 0);
  return file.subarray(start, end);
}
