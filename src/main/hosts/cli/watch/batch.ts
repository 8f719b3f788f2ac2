import { dirname, sep } from 'node:path';
import { isUnder } from '../typed-paths';

/** More changed places than this are scanned as the watched folders they lie in. */
const MOST_PLACES = 500;

/**
 * What has to be scanned after changes: changed files themselves, and of files that are gone the folders that they lay in, so that they
 * are missed. Places inside of others are left out.
 *
 * @param roots the watched folders, absolute; nothing outside of them is scanned
 * @param exists of a folder
 */
export function placesOf(
  changes: readonly { readonly path: string; readonly isGone: boolean }[],
  roots: readonly string[],
  exists: (folder: string) => boolean,
): string[] {
  const inside = changes.filter(({ path }) => isUnder(path, roots));
  const places = new Set(inside.map(({ path, isGone }) => (isGone ? standing(path, roots, exists) : path)));
  const outermost = withoutInner(places);
  return outermost.length > MOST_PLACES
    ? roots.filter((root) => outermost.some((one) => isUnder(one, [root])))
    : outermost;
}

/** The nearest folder above that is still there, within its root. */
function standing(path: string, roots: readonly string[], exists: (folder: string) => boolean): string {
  let folder = path;
  while (!roots.includes(folder) && (folder === path || !exists(folder))) folder = dirname(folder);
  return folder;
}

/** In order of the paths, one that lies in another follows it sooner or later; only its folders above have to be asked for. */
function withoutInner(places: ReadonlySet<string>): string[] {
  return [...places].filter((path) => {
    for (let above = dirname(path); above !== path && above !== dirname(above); above = dirname(above))
      if (places.has(above)) return false;
    return true;
  });
}

/** Half-written and hidden files: ours, those of other programs, and what systems keep beside music. */
export const isPassing = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  return name.startsWith('.') || /\.(?:tmp|part|partial|crdownload)$/i.test(name);
};
