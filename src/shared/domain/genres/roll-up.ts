import type { GenreGraph } from './graph';

/** A genre that was heard too weakly to be named: its share of the windows or its score, 0..1. */
export interface WeakGenre {
  readonly label: string;
  readonly share: number;
}

/** What weak genres come to at a genre that is above them. */
export interface RolledUp {
  readonly name: string;
  /** The sum over the parts, at most 1. */
  readonly share: number;
  /** At least two, the strongest first. */
  readonly parts: readonly WeakGenre[];
}

/** Less is what any track has of any genre, and would add up to something where there are many. */
const LEAST_PART = 0.05;

/**
 * Adds weak genres up at what is above them: deep house .22 and tech house .21 make house .43. Each counts once for every genre that it
 * is a kind of, by however many ways it is one, and for itself. Of the genres that come to `least` or more the lowest wins, which has none of the
 * others below it; of several such that with the largest sum, then the first by name.
 *
 * @returns null where no genre with two parts or more comes to it
 */
export function rollUp(
  graph: Pick<GenreGraph, 'find' | 'ancestors' | 'isWithin'>,
  weak: readonly WeakGenre[],
  least: number,
): RolledUp | null {
  const parts = new Map<string, WeakGenre[]>();
  for (const one of weak) {
    const genre = one.share >= LEAST_PART && graph.find(one.label);
    if (!genre) continue;
    for (const name of [genre.name, ...graph.ancestors(genre.name)]) parts.set(name, [...(parts.get(name) ?? []), one]);
  }
  const reached = [...parts]
    .map(([name, list]) => ({ name, share: sumOf(list), parts: list.sort((a, b) => b.share - a.share) }))
    .filter((each) => each.parts.length > 1 && each.share >= least);
  const lowest = reached.filter(
    ({ name }) => !reached.some((other) => other.name !== name && graph.isWithin(other.name, name)),
  );
  return lowest.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))[0] ?? null;
}

/** Scores of a vocabulary in which a track may have several genres don't sum to 1; together they can't be surer than sure. */
const sumOf = (parts: readonly WeakGenre[]): number =>
  Math.min(
    1,
    parts.reduce((sum, { share }) => sum + share, 0),
  );
