import type { PlaylistTrack } from '#shared/domain/playlists/playlist';
import type { PathOptions } from '#shared/domain/playlists/targets';
import { pathOf, placeOf, under, wayFrom, type Place } from './place';

/** A track that a playlist file can't hold, by its path in the library, and why. */
export interface LeftOut {
  readonly path: string;
  readonly why: string;
}

export interface Located {
  /** With their paths as the file is to say them. */
  readonly tracks: readonly PlaylistTrack[];
  readonly leftOut: readonly LeftOut[];
}

/** What Windows has in no name of a file. */
const NOT_ON_WINDOWS = /[<>:"/\\|?*\u0000-\u001f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Paths of tracks as a playlist file is to say them: mapped, relative or absolute, and with the separators and letters asked for.
 *
 * @param folder where the playlist file lies, absolute and in this system's spelling
 * @param refuses why the file's format can't hold such a path, or null
 */
export function* locate(
  tracks: Iterable<PlaylistTrack>,
  options: PathOptions,
  folder: string,
  refuses: (path: string) => string | null,
): Generator<void, Located> {
  const toPath = pathsFor(options, folder);
  const located: PlaylistTrack[] = [];
  const leftOut: LeftOut[] = [];
  for (const track of tracks) {
    const found = toPath(track.path);
    const why = 'why' in found ? found.why : refuses(found.path);
    if (why !== null) leftOut.push({ path: track.path, why });
    else if ('path' in found) located.push({ ...track, path: found.path });
    yield;
  }
  return { tracks: located, leftOut };
}

type Found = { readonly path: string } | { readonly why: string };

/** @throws never: a path that can't be said is told by `why` */
export function pathsFor(options: PathOptions, folder: string): (path: string) => Found {
  const map = options.map
    .map(({ from, to }) => ({ from: placeOf(from), to: placeOf(to) }))
    .filter((entry): entry is { from: Place; to: Place } => entry.from !== null && entry.to !== null)
    .sort((a, b) => b.from.parts.length - a.from.parts.length);
  const mapped = (place: Place): Place => {
    for (const { from, to } of map) {
      const rest = under(from, place);
      if (rest) return { ...to, parts: [...to.parts, ...rest] };
    }
    return place;
  };
  const start = startOf(options, folder, mapped);

  return (path) => {
    const place = placeOf(path);
    if (!place) return { why: 'Its path in the library is not absolute.' };
    if (LONE_SURROGATE.test(path)) return { why: 'Its name holds something that is no text.' };
    const there = mapped(place);
    if (there.style === 'windows' && there.parts.some((part) => NOT_ON_WINDOWS.test(part)))
      return { why: 'Its name holds a character that no name on Windows can have.' };
    const way = options.paths === 'relative' && start ? wayFrom(start, there) : null;
    return { path: spelt(way ? wayText(way, there, options) : pathOf(there, options.separators), options) };
  };
}

/** What relative paths start from, as the player sees it. */
function startOf({ base }: PathOptions, folder: string, mapped: (place: Place) => Place): Place | null {
  if (base !== null) return placeOf(base);
  const place = placeOf(folder);
  return place && mapped(place);
}

const wayText = (way: readonly string[], { style }: Place, { separators }: PathOptions): string =>
  way.join(style === 'windows' && separators === 'native' ? '\\' : '/');

const spelt = (path: string, { unicode }: PathOptions): string =>
  unicode === 'as-is' ? path : path.normalize(unicode);

/** What is wrong with path options, in a sentence that names the remedy; null if nothing is. */
export function wrongOptions({ map, base }: PathOptions): string | null {
  for (const path of [...map.flatMap(({ from, to }) => [from, to]), ...(base === null ? [] : [base])])
    if (!placeOf(path))
      return `"${path}" is no absolute path. Write it from the root on, as /music, D:\\Music or \\\\server\\music.`;
  return null;
}
