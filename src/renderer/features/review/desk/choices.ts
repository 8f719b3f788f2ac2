import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { isNamed, isNotMusic, type WideGenre } from '#shared/domain/analysis';
import { CLASSIC_GENRES, displayLabel, foldLabel } from '#shared/domain/vocabulary';
import { withoutRepeats } from '../ChangeForm';
import { acceptedValues } from '../decision-rules';

/** A genre to be picked by its number. */
export interface Choice {
  readonly label: string;
  /** Mean share over windows, or the score in the wide vocabulary; null where nothing was heard. */
  readonly share: number | null;
  /** Windows won; null in the wide vocabulary. */
  readonly votes: number | null;
}

/** As many as there are digits. */
export const MOST_CHOICES = 9;
/** The wide vocabulary has room below the likeliest genres. */
const MOST_LIKELY = 6;

type Heard = Pick<TrackRow, 'genre' | 'content'>;

/** The genres of a track in the order shown: the likeliest, then what else was named, then the next likely ones. */
export function choicesOf(row: Heard, wide: readonly WideGenre[] | null): Choice[] {
  if (!row.genre) return CLASSIC_GENRES.slice(0, MOST_CHOICES).map((label) => choice(label, null, null));
  const bars = row.genre.histogram.map((bar) => choice(bar.label, bar.share, bar.votes));
  const named = isNotMusic(row.content)
    ? []
    : (wide ?? []).filter(isNamed).map(({ label, score }) => choice(label, score, null));
  const ordered = [...bars.slice(0, MOST_LIKELY), ...named, ...bars.slice(MOST_LIKELY)];
  const seen = new Set<string>();
  return ordered
    .filter(({ label }) => !seen.has(foldLabel(label)) && seen.add(foldLabel(label)))
    .slice(0, MOST_CHOICES);
}

const choice = (label: string, share: number | null, votes: number | null): Choice => ({
  label: displayLabel(label),
  share,
  votes,
});

/** The two likeliest genres; null where nothing was heard, or no music, or by another model. */
export function topTwo(row: Pick<TrackRow, 'genre' | 'content' | 'stale'>): string[] | null {
  if (!row.genre || row.stale || isNotMusic(row.content) || row.genre.histogram.length < 2) return null;
  return row.genre.histogram.slice(0, 2).map(({ label }) => displayLabel(label));
}

/** What a picked genre brings along: the mood that was heard for sure. */
export const moodsWith = (row: TrackRow): string[] => acceptedValues(row).moods;

/** Genres to choose from by typing: those heard, those of the file, those decided before, the classic ones. */
export function vocabularyOf(row: TrackDetail | null, decided: readonly string[]): string[] {
  return withoutRepeats([
    ...(row?.genre?.histogram.map(({ label }) => displayLabel(label)) ?? []),
    ...(row?.wide?.map(({ label }) => displayLabel(label)) ?? []),
    ...(row?.ownGenres ?? []),
    ...decided,
    ...CLASSIC_GENRES.map(displayLabel),
  ]);
}

/** A suggestion, or (last) what was typed as it stands. */
export interface Suggestion {
  readonly value: string;
  readonly own: boolean;
}

const MOST_SUGGESTIONS = 7;

/** Labels of which a word begins with what was typed, the whole label before its later words; then the typed text itself if it is none of them. */
export function suggestionsFor(typed: string, vocabulary: readonly string[]): Suggestion[] {
  const text = typed.trim();
  if (text === '') return vocabulary.slice(0, MOST_SUGGESTIONS).map((value) => ({ value, own: false }));
  const needle = text.toLowerCase();
  const rank = (label: string): number => {
    if (foldLabel(label) === foldLabel(text)) return 0;
    const lower = label.toLowerCase();
    if (lower.startsWith(needle)) return 1;
    return lower.split(/[\s/&-]+/).some((word) => word.startsWith(needle)) ? 2 : 3;
  };
  const ranked = vocabulary.map((value) => ({ value, rank: rank(value) })).filter((each) => each.rank < 3);
  ranked.sort((a, b) => a.rank - b.rank);
  const found = ranked.slice(0, MOST_SUGGESTIONS).map(({ value }) => ({ value, own: false }));
  return ranked[0]?.rank === 0 ? found : [...found, { value: text, own: true }];
}
