/**
 * A path taken apart, whichever system it is of: playlists name files of machines other than this one. Roots of Windows are a drive
 * (`D:`) or a share (`\\server\share`); a POSIX root is the empty text before the first slash.
 */
export interface Place {
  readonly style: 'posix' | 'windows';
  readonly root: string;
  readonly parts: readonly string[];
}

const DRIVE = /^([A-Za-z]:)(?:[\\/]|$)/;
const SHARE = /^(\\\\[^\\/]+[\\/][^\\/]+)/;

/** An absolute path's place; null of a path that is not absolute on any system. */
export function placeOf(path: string): Place | null {
  const windows = (DRIVE.exec(path) ?? SHARE.exec(path))?.[1];
  if (windows !== undefined)
    return {
      style: 'windows',
      root: windows.replaceAll('/', '\\'),
      parts: partsOf(path.slice(windows.length), /[\\/]/),
    };
  return path.startsWith('/') ? { style: 'posix', root: '', parts: partsOf(path, /\//) } : null;
}

const partsOf = (path: string, separator: RegExp): string[] =>
  path.split(separator).filter((part) => part !== '' && part !== '.');

/** By what two parts of paths of a system are the same: however their letters are composed, and on Windows in whatever case. */
const keyOf = (style: Place['style'], part: string): string => {
  const composed = part.normalize('NFC');
  return style === 'windows' ? composed.toLowerCase() : composed;
};

const samePart = (style: Place['style'], a: string, b: string): boolean => keyOf(style, a) === keyOf(style, b);

const sameRoot = (a: Place, b: Place): boolean => a.style === b.style && samePart(a.style, a.root, b.root);

/** What of a place lies under another; null if it does not. */
export function under(folder: Place, place: Place): readonly string[] | null {
  if (!sameRoot(folder, place) || folder.parts.length > place.parts.length) return null;
  const inside = folder.parts.every((part, i) => samePart(folder.style, part, place.parts[i]!));
  return inside ? place.parts.slice(folder.parts.length) : null;
}

/** The way from a folder to a place, in parts; null where there is none, since they are on different drives or systems. */
export function wayFrom(folder: Place, place: Place): readonly string[] | null {
  if (!sameRoot(folder, place)) return null;
  const { parts } = folder;
  let same = 0;
  while (
    same < parts.length &&
    same < place.parts.length - 1 &&
    samePart(folder.style, parts[same]!, place.parts[same]!)
  )
    same++;
  return [...parts.slice(same).map(() => '..'), ...place.parts.slice(same)];
}

/** A place as an absolute path. */
export function pathOf({ style, root, parts }: Place, separators: 'forward' | 'native'): string {
  if (style === 'posix') return `/${parts.join('/')}`;
  const path = [root, ...parts].join('\\') + (parts.length === 0 ? '\\' : '');
  return separators === 'native'
    ? path
    : [root.replaceAll('\\', '/'), ...parts].join('/') + (parts.length === 0 ? '/' : '');
}
