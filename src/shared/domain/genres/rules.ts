import { foldText } from '../text';
import { OVERRIDES, type GenreFile, type GenreOverride, type GenreProblem } from './genre-file';
import type { GenreGraph } from './graph';

/** What a collector's file says of writing, besides which genres there are. */
export interface GenreRules {
  readonly overrides: readonly GenreOverride[];
  /** The genres that may be written, some of them with all their kinds; empty where all may. */
  readonly only: readonly { readonly name: string; readonly kinds: boolean }[];
}

export const NO_RULES: GenreRules = { overrides: [], only: [] };

/** What of a track decides which override is its own. */
export interface OverridableTrack {
  readonly path: string;
  readonly artist: string | null;
  readonly albumArtist: string | null;
}

type Known = Pick<GenreGraph, 'find' | 'ancestors'>;

/** The rules of a file with genres as its graph spells them, and what is wrong in them. */
export function rulesOf(file: GenreFile, graph: Known): { rules: GenreRules; problems: GenreProblem[] } {
  const problems: GenreProblem[] = [];
  const only = file.only.flatMap(({ label, kinds, line }) => {
    const genre = graph.find(label);
    if (!genre) problems.push({ line, message: `“${label}” is no genre here; give it a line of its own.` });
    return genre ? [{ name: genre.name, kinds }] : [];
  });
  const seen = new Set<string>();
  const overrides = file.overrides.flatMap((override) => {
    const key = `${override.of} ${foldName(override)}`;
    if (seen.has(key)) {
      problems.push({ line: override.line, message: `“${override.name}” has a line already; put both into one.` });
      return [];
    }
    seen.add(key);
    return [{ ...override, genres: override.genres.map((label) => graph.find(label)?.name ?? label) }];
  });
  return { rules: { overrides, only }, problems };
}

/**
 * The override that holds for a track: its artist's, else its album artist's, else that of the deepest folder (the one with the
 * most to say of the path). Case and accents don't count.
 */
export function overrideFor({ overrides }: GenreRules, track: OverridableTrack): GenreOverride | null {
  if (overrides.length === 0) return null;
  const artists = { artist: artistsOf(track.artist), 'album-artist': artistsOf(track.albumArtist) };
  const path = foldPath(track.path);
  const folders = path.slice(0, path.lastIndexOf('/') + 1);
  const depth = (override: GenreOverride): number =>
    folders.lastIndexOf(foldName(override)) + foldName(override).length;
  const held = overrides.filter((override) =>
    override.of === 'folder' ? folders.includes(foldName(override)) : artists[override.of].has(foldName(override)),
  );
  const rank = ({ of }: GenreOverride): number => OVERRIDES.indexOf(of);
  return (
    held.sort((a, b) => rank(a) - rank(b) || depth(b) - depth(a) || foldName(b).length - foldName(a).length)[0] ?? null
  );
}

/**
 * The genre that is written where this one is heard: itself if the rules allow it, else the nearest one above it that they allow;
 * null where there is none. What is no genre of the graph is allowed only where everything is.
 */
export function nearestAllowed(
  graph: Pick<GenreGraph, 'rules' | 'isWithin' | 'ancestors'>,
  name: string,
): string | null {
  const { only } = graph.rules;
  const isAllowed = (label: string): boolean =>
    only.length === 0 || only.some((one) => (one.kinds ? graph.isWithin(label, one.name) : one.name === label));
  return [name, ...graph.ancestors(name)].find(isAllowed) ?? null;
}

/** A folder's name stands between slashes, so that it is found as a whole. */
function foldName({ of, name }: Pick<GenreOverride, 'of' | 'name'>): string {
  return of === 'folder' ? `/${foldPath(name).replace(/^\/+|\/+$/g, '')}/` : foldText(name);
}

const foldPath = (path: string): string => foldText(path).replaceAll('\\', '/');

/** The field as a whole, and each of several artists in it. */
const artistsOf = (field: string | null): ReadonlySet<string> =>
  new Set(field === null ? [] : [field, ...field.split(/;|\0/)].map(foldText));
