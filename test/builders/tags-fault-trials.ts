import {
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TagChange } from '../../src/shared/domain/tags';
import type { WritingOptions } from '../../src/shared/domain/writing';
import { createTagWriter } from '../../src/main/adapters/tags/index';
import type { Files } from '../../src/main/adapters/files/files';
import { errno, faultyFiles, type FileStep } from './tags-faults';
import { MemoryJournal, ready } from './tags-files';
import { bytes, frame, id3, id3v1, silentMp3 } from './tags-mp3';

/** A way of writing one file, and what is at its name before. */
export interface Way {
  readonly name: string;
  readonly options: Partial<WritingOptions>;
  readonly kind: 'file' | 'hard link' | 'symbolic link';
  readonly undo: boolean;
}

export const WAYS: readonly Way[] = [
  { name: 'new file', options: {}, kind: 'file', undo: false },
  { name: 'new file, undo', options: {}, kind: 'file', undo: true },
  { name: 'in place', options: { inPlaceAboveMiB: 0 }, kind: 'file', undo: false },
  { name: 'in place, undo', options: { inPlaceAboveMiB: 0 }, kind: 'file', undo: true },
  { name: 'through a hard link', options: { links: 'through' }, kind: 'hard link', undo: false },
  { name: 'through a symbolic link', options: { links: 'through' }, kind: 'symbolic link', undo: false },
  { name: 'own file instead of a symbolic link', options: { links: 'break' }, kind: 'symbolic link', undo: false },
  { name: 'own file instead of a symbolic link, undo', options: { links: 'break' }, kind: 'symbolic link', undo: true },
];

const song = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 300 }), silentMp3(20), id3v1(8));
const change: TagChange = { mode: 'replace', genres: ['Progressive Rock'] };

export interface Outcome {
  readonly step: FileStep;
  /** Of the refusal; null if it went well. */
  readonly code: string | null;
  /** Everything in the folder: names, links and bytes. */
  readonly state: 'before' | 'after' | 'after, no link' | 'other';
}

/** Everything that a folder holds, as one text. */
const stateOf = (folder: string, withLinks = true): string =>
  readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const link = withLinks && lstatSync(path).isSymbolicLink() ? readlinkSync(path) : '';
      return `${name} ${link} ${readFileSync(path, 'latin1')}`;
    })
    .join('\n');

function prepare(folder: string, { kind }: Way): string {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const [path, other] = [join(folder, 'song.mp3'), join(folder, 'other.mp3')];
  writeFileSync(kind === 'symbolic link' ? other : path, song);
  if (kind === 'hard link') linkSync(path, other);
  if (kind === 'symbolic link') symlinkSync('other.mp3', path);
  return path;
}

/** Goes the way over `files` in a folder that holds nothing else, and tells what the refusal was and what was there before it. */
async function go(folder: string, way: Way, files: Files): Promise<{ code: string | null; before: string }> {
  const path = prepare(folder, way);
  const writer = createTagWriter(way.options);
  const faulty = createTagWriter({ ...way.options, files });
  const plan = ready(await writer.plan(path, change));
  const journal = new MemoryJournal();
  if (way.undo) await writer.apply(plan, journal);
  const before = stateOf(folder);
  const result = way.undo ? await faulty.undo(path, journal.entry(path)) : await faulty.apply(plan, journal);
  return { code: result.status === 'refused' ? result.code : null, before };
}

/**
 * Fails each call of a way with an errno, one at a time: the first call of each name, or every one.
 * @param folder is emptied
 */
export async function failEachCall(folder: string, way: Way, code: string, every: boolean): Promise<Outcome[]> {
  const trial = faultyFiles(() => undefined);
  const { code: refused } = await go(folder, way, trial);
  if (refused !== null) throw new Error(`${way.name} is refused without a fault: ${refused}`);
  const [after, afterBytes] = [stateOf(folder), stateOf(folder, false)];
  const outcomes: Outcome[] = [];
  const stateNow = (before: string): Outcome['state'] => {
    const now = stateOf(folder);
    if (now === before || now === after) return now === before ? 'before' : 'after';
    return stateOf(folder, false) === afterBytes ? 'after, no link' : 'other';
  };
  for (const [at, step] of trial.calls.entries()) {
    if (!every && trial.calls.indexOf(step) < at) continue;
    const files = faultyFiles((_, index) => {
      if (index === at) throw errno(code);
    });
    const { code: said, before } = await go(folder, way, files);
    outcomes.push({ step, code: said, state: stateNow(before) });
  }
  return outcomes;
}
