import { isUnder } from '../store';
import type { Context } from './context';
import { isAvailable } from './paths';

/**
 * All tracks but those of folders that are not there now, or out of bounds: an unplugged drive is no failure of each of its files.
 *
 * @param onUnavailable told of the folders left out, if there are any
 */
export async function reachableTracks(
  context: Pick<Context, 'store' | 'confinement'>,
  onUnavailable: (folders: readonly string[]) => void = () => undefined,
): Promise<number[]> {
  const { store, confinement } = context;
  const all = store.queries.ids({ text: '', quick: 'all', rootId: null }, { column: 'path', descending: false }, -1, 0);
  const ids = confinement.folders ? all.filter((id) => confinement.covers(store.tracks.byId(id)?.path ?? '')) : all;
  const unavailable: string[] = [];
  for (const root of store.roots.list()) if (!(await isAvailable(context, root.path))) unavailable.push(root.path);
  if (unavailable.length === 0) return ids;
  onUnavailable(unavailable);
  return ids.filter((id) => !unavailable.some((root) => isUnder(store.tracks.byId(id)?.path ?? '', root)));
}
