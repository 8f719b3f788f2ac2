import { rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { TrackRow } from '#shared/contract/schemas';
import { writeWhole } from '../../shared/atomic-file';
import { UsageError } from '../../shared/exit';
import { isUnder } from '../typed-paths';
import type { Stood } from './tag-tracks';

/**
 * What a sidecar holds: a file of JSON for each track with a decision, for libraries whose files are never touched. These names are a
 * promise to scripts. Nothing in it changes unless the decision or the verdict does.
 */
export interface Sidecar {
  /** The version of this form. */
  readonly genregram: 1;
  /** The track's path from the folder that was named, with slashes. */
  readonly file: string;
  readonly genres: readonly string[];
  readonly moods: readonly string[];
  /** `collector`, or `rule` where nobody looked. */
  readonly decidedBy: 'collector' | 'rule';
  /** What the model hears, with its confidence 0..1; null where it has no verdict, and each of them where it tells no genre, or no mood. */
  readonly heard: {
    readonly genre: string | null;
    readonly confidence: number | null;
    readonly mood: string | null;
    readonly moodConfidence: number | null;
  } | null;
}

const ENDING = '.genregram.json';

export interface WrittenSidecar {
  readonly path: string;
  readonly sidecar: string;
  readonly status: 'written' | 'unchanged' | 'removed';
}

/**
 * Where the sidecar of a track lies: under the folder for sidecars, as the track does under the folder that was named, whose name comes
 * first: `music/Album/01.mp3` in `cards/music/Album/01.mp3.genregram.json`.
 *
 * @param dirs the folders and files that were named, absolute and true
 */
export function sidecarPath(folder: string, dirs: readonly string[], path: string): string {
  const dir = dirs.find((one) => isUnder(path, [one])) ?? dirname(path);
  return join(folder, dir === path ? basename(path) : join(basename(dir), relative(dir, path))) + ENDING;
}

/** @throws UsageError where two of the folders would share their sidecars */
export function assertApart(dirs: readonly string[]): void {
  const names = new Map<string, string>();
  for (const dir of dirs) {
    const other = names.get(basename(dir));
    if (other !== undefined)
      throw new UsageError(
        `${other} and ${dir} have the same name, so their sidecars would meet. Write them in two runs.`,
      );
    names.set(basename(dir), dir);
  }
}

/** Brings the sidecars of tracks up to date: those of decided ones are written, those of others go. */
export async function writeSidecars(
  folder: string,
  dirs: readonly string[],
  tracks: readonly Stood[],
): Promise<WrittenSidecar[]> {
  const files: WrittenSidecar[] = [];
  for (const { row, standing } of tracks) {
    const sidecar = sidecarPath(folder, dirs, row.path);
    const told = standing === 'taken-back' || standing === 'look-again' ? null : sidecarOf(dirs, row);
    if (told !== null) {
      const isNew = await writeWhole(sidecar, `${JSON.stringify(told, null, 2)}\n`);
      files.push({ path: row.path, sidecar, status: isNew ? 'written' : 'unchanged' });
    } else if (await remove(sidecar)) files.push({ path: row.path, sidecar, status: 'removed' });
  }
  return files;
}

function sidecarOf(dirs: readonly string[], { path, decision, genre, mood, stale }: TrackRow): Sidecar | null {
  if (!decision || decision.action === 'skip') return null;
  const dir = dirs.find((one) => isUnder(path, [one]));
  const file = dir === undefined || dir === path ? basename(path) : relative(dir, path);
  return {
    genregram: 1,
    file: file.split(sep).join('/'),
    genres: decision.genres,
    moods: decision.moods,
    decidedBy: decision.byRule ? 'rule' : 'collector',
    heard:
      (genre ?? mood) && !stale
        ? {
            genre: genre?.top ?? null,
            confidence: genre && rounded(genre.confidence),
            mood: mood?.top ?? null,
            moodConfidence: mood ? rounded(mood.confidence) : null,
          }
        : null,
  };
}

const rounded = (confidence: number): number => Number(confidence.toFixed(4));

const remove = (path: string): Promise<boolean> =>
  rm(path).then(
    () => true,
    () => false,
  );
