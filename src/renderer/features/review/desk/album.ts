import type { TrackRow } from '#shared/contract/schemas';
import { isNotMusic } from '#shared/domain/analysis';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import { acceptedValues } from '../decision-rules';
import { MOST_CHOICES, unheardChoices, type Choice } from './choices';

type Heard = Pick<TrackRow, 'genre' | 'content' | 'stale' | 'accepts'>;

const heardMusic = (rows: readonly Heard[]): readonly (Heard & { genre: NonNullable<Heard['genre']> })[] =>
  rows.flatMap((row) => (row.genre && !row.stale && !isNotMusic(row.content) ? [{ ...row, genre: row.genre }] : []));

/** The genres of an album, the likeliest first: the mean of its tracks' shares, each track counting the same, and in how many it leads. */
export function albumChoices(rows: readonly Heard[]): Choice[] {
  const heard = heardMusic(rows);
  if (heard.length === 0) return unheardChoices();
  const sums = new Map<string, { share: number; votes: number }>();
  for (const { genre } of heard)
    for (const { label, share } of genre.histogram) {
      const sum = sums.get(label) ?? { share: 0, votes: 0 };
      sums.set(label, { share: sum.share + share, votes: sum.votes + Number(label === genre.top) });
    }
  return [...sums]
    .map(([label, { share, votes }]) => ({ label: displayLabel(label), share: share / heard.length, votes }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_CHOICES);
}

/** What one answer for the album would be, and how many of the tracks that were heard say so. */
export interface Agreed {
  readonly genres: readonly string[];
  readonly tracks: number;
  readonly of: number;
}

/** The genres that accepting would write for more than half of the tracks that were heard; null where no answer has so many. */
export function agreedGenres(rows: readonly Heard[]): Agreed | null {
  const heard = heardMusic(rows);
  const answers = new Map<string, { genres: readonly string[]; tracks: number }>();
  for (const row of heard) {
    const { genres } = acceptedValues(row);
    if (genres.length === 0) continue;
    const key = genres.map(foldLabel).sort().join('|');
    const answer = answers.get(key) ?? { genres, tracks: 0 };
    answers.set(key, { ...answer, tracks: answer.tracks + 1 });
  }
  const best = [...answers.values()].reduce((a, b) => (b.tracks > a.tracks ? b : a), {
    genres: [] as readonly string[],
    tracks: 0,
  });
  return best.tracks * 2 > heard.length ? { ...best, of: heard.length } : null;
}

/** What an album's tracks sound like together. */
export interface AlbumSound {
  readonly choices: readonly Choice[];
  readonly agreed: Agreed | null;
  /** The two likeliest genres; null where nothing was heard. */
  readonly two: readonly string[] | null;
}

export function albumSound(rows: readonly Heard[]): AlbumSound {
  const choices = albumChoices(rows);
  const [first, second] = choices;
  const two = first?.share != null && second ? [first.label, second.label] : null;
  return { choices, agreed: agreedGenres(rows), two };
}

/** Genres of the tracks' files, each once, the most frequent first. */
export function ownGenresOf(rows: readonly Pick<TrackRow, 'ownGenres'>[]): string[] {
  const counts = new Map<string, { name: string; tracks: number }>();
  for (const name of rows.flatMap(({ ownGenres }) => ownGenres)) {
    const fold = foldLabel(name);
    const count = counts.get(fold) ?? { name, tracks: 0 };
    counts.set(fold, { ...count, tracks: count.tracks + 1 });
  }
  return [...counts.values()].sort((a, b) => b.tracks - a.tracks).map(({ name }) => name);
}
