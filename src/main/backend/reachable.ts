import { isUnder } from '../store';
import type { Context } from './context';
import { isFolder } from './paths';

/**
 * All tracks but those of folders that are not there now: an unplugged drive is no failure of each of its files.
 *
 * @param onUnavailable told of the folders left out, if there are any
 */
export async function reachableTracks(
  { store }: Pick<Context, 'store'>,
  onUnavailable: (folders: readonly string[]) => void = () => undefined,
): Promise<number[]> {
  const ids = store.queries.ids({ text: '', quick: 'all', rootId: null }, { column: 'path', descending: false }, -1, 0);
  const unavailable: string[] = [];
  for (const root of store.roots.list()) if (!(await isFolder(root.path))) unavailable.push(root.path);
  if (unavailable.length === 0) return ids;
  onUnavailable(unavailable);
  return ids.filter((id) => !unavailable.some((root) => isUnder(store.tracks.byId(id)?.path ?? '', root)));
}
