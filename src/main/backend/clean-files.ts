import type { PlannedFile } from '#shared/domain/tags';
import type { WritingSettings } from '#shared/domain/writing';
import { cleanGenres } from '../core/tags/clean-genres';
import { equalLists } from '../core/tags/change';
import type { Context } from './context';
import { locate, withinReach } from './paths';
import { reachableTracks } from './reachable';
import { mapBounded } from './stages/bounded';

interface Request {
  readonly paths?: readonly string[] | undefined;
  readonly splitAll: boolean;
}

/** Planning reads each file's tag: waits for the disk more than it computes. */
const PLAN_WIDTH = 4;

/**
 * Plans for the files whose genres are to be cleaned, by their tags as they are now; what can't be read is refused.
 *
 * @returns `clean`: how many need nothing
 */
export async function planCleaning(
  context: Context,
  { paths, splitAll }: Request,
  writing: WritingSettings,
): Promise<{ files: PlannedFile[]; clean: number }> {
  const { store, readTags, tagWriter } = context;
  const cleaning = { splitAll, keep: writing.keepGenres, drop: writing.dropGenres };
  const cleaned = (genres: readonly string[]): readonly string[] => cleanGenres(store.genres.graph(), genres, cleaning);
  const found = paths ? await filesAt(context, paths) : await tracksToClean(context, cleaned);
  const options = { ...writing, mayWrite: withinReach(store, paths) };
  const planned = await mapBounded(found.paths, PLAN_WIDTH, async (path): Promise<PlannedFile | null> => {
    const tags = await readTags(path);
    if (!tags.ok) return { path, status: 'refused', ...tags.failure };
    const genres = cleaned(tags.value.genres);
    if (equalLists(genres, tags.value.genres)) return null;
    return tagWriter.plan(path, { genres, mode: 'replace' }, options);
  });
  const files = planned.filter((plan) => plan !== null && plan.status !== 'unchanged') as PlannedFile[];
  return { files: [...found.failures, ...files], clean: found.clean + planned.length - files.length };
}

interface Found {
  readonly paths: readonly string[];
  readonly failures: readonly PlannedFile[];
  /** Files known to need nothing, which are not among the paths. */
  readonly clean: number;
}

/** Files named, and those in folders named, each once. */
async function filesAt({ walk }: Context, given: readonly string[]): Promise<Found> {
  const paths = new Set<string>();
  const failures: PlannedFile[] = [];
  for (const one of given) {
    const { path, isFolder } = await locate(one);
    if (!isFolder) paths.add(path);
    else
      for await (const walked of walk(path)) {
        if (walked.kind === 'file') paths.add(walked.path);
        if (walked.kind === 'failure')
          failures.push({ path: walked.path, status: 'refused', code: walked.code, message: walked.message });
      }
  }
  return { paths: [...paths], failures, clean: 0 };
}

/** The library's tracks whose genres, as last read, cleaning changes. A library has few distinct lists of genres. */
async function tracksToClean(
  context: Context,
  cleaned: (genres: readonly string[]) => readonly string[],
): Promise<Found> {
  const { genres } = context.store;
  const dirty = genres.ownLists().filter((list) => !equalLists(cleaned(list.genres), list.genres));
  const reachable = new Set(await reachableTracks(context));
  const tracks = genres.tracksWith(dirty.map((list) => list.genres)).filter(({ id }) => reachable.has(id));
  return { paths: tracks.map(({ path }) => path), failures: [], clean: reachable.size - tracks.length };
}
