import type { Group } from '#shared/contract/review';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import type { Fellows, Saying } from '../../store/review';

/** Fewer than these are no majority to go by. */
const LEAST_VOICES = 3;

/** What the tracks of an album or artist agree on, and how one of them stands to it. Spellings of one genre count as one. */
export function groupOf({ name, tracks }: Fellows, trackId: number): Group {
  const undecided = tracks.filter((track) => track.undecided);
  const leading = leadingOf(tracks);
  const own = tracks.find(({ id }) => id === trackId)?.genre ?? null;
  return {
    name,
    tracks: tracks.length,
    undecided: undecided.length,
    majority: leading && {
      genre: displayLabel(leading.genre),
      tracks: leading.count,
      of: leading.of,
      others: undecided.filter(({ genre }) => !saysSame(genre, leading.genre)).length,
    },
    agrees: leading && own !== null ? saysSame(own, leading.genre) : null,
  };
}

const saysSame = (genre: string | null, other: string): boolean =>
  genre !== null && foldLabel(genre) === foldLabel(other);

/** The genre of more than half of the tracks that say something. */
function leadingOf(tracks: readonly Saying[]): { genre: string; count: number; of: number } | null {
  const said = tracks.flatMap(({ genre }) => (genre === null ? [] : [genre]));
  if (said.length < LEAST_VOICES) return null;
  const counts = new Map<string, { genre: string; count: number }>();
  for (const genre of said) {
    const key = foldLabel(genre);
    const entry = counts.get(key) ?? { genre, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  const largest = [...counts.values()].reduce((best, each) => (each.count > best.count ? each : best));
  return largest.count * 2 > said.length ? { ...largest, of: said.length } : null;
}
