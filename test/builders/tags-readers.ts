import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { pythonWithMutagen, repositoryRoot } from './requirements';

/** What a reader sees; null where it can't read the file, or is not installed. */
export type Seen = { readonly genre: readonly string[]; readonly mood: readonly string[] } | null;
export const READERS = ['mutagen', 'taglib', 'ffprobe', 'music-metadata'] as const;
export type ReaderName = (typeof READERS)[number];
export type SeenByAll = Readonly<Record<ReaderName, Seen>>;

/** Has four independent readers look at files: mutagen, TagLib (through python3-taglib), ffprobe and music-metadata. */
export async function askReaders(paths: readonly string[]): Promise<SeenByAll[]> {
  const output = execFileSync(
    pythonWithMutagen() ?? 'python3',
    [join(repositoryRoot, 'test/builders/readers_batch.py')],
    {
      input: JSON.stringify(paths),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const others = JSON.parse(output) as Omit<SeenByAll, 'music-metadata'>[];
  const ours = await Promise.all(paths.map(byMusicMetadata));
  return others.map((seen, index) => ({ ...seen, 'music-metadata': ours[index] ?? null }));
}

async function byMusicMetadata(path: string): Promise<Seen> {
  try {
    const { common } = await parseFile(path, { skipCovers: true });
    return { genre: common.genre ?? [], mood: common.mood === undefined ? [] : [common.mood].flat() };
  } catch {
    return null;
  }
}

export type Verdict = 'all' | 'one' | 'none' | 'cannot read';

/** Does a reader see all values (in any order, or joined as the format or the reader joins them), only one of them, or something else? */
export function verdictOn(seen: readonly string[] | null, asked: readonly string[]): Verdict {
  if (seen === null) return 'cannot read';
  const sorted = (values: readonly string[]): string =>
    [...values]
      .map((value) => value.trim())
      .sort()
      .join('\0');
  const parted = seen.flatMap((value) => value.split(/[;/\0]/));
  if (sorted(seen) === sorted(asked) || sorted(parted) === sorted(asked)) return 'all';
  return seen.length > 0 && seen.every((value) => asked.includes(value)) ? 'one' : 'none';
}
