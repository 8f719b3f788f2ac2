import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import type { GenreGraph } from '#shared/domain/genres/graph';
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

/**
 * The genres of a track in the order shown: the likeliest, then what else was named, then the next likely ones; what was named comes first where it
 * is heard rather than any of the likeliest.
 */
export function choicesOf(row: Heard, wide: readonly WideGenre[] | null): Choice[] {
  if (!row.genre) return unheardChoices();
  const bars = row.genre.histogram.map((bar) => choice(bar.label, bar.share, bar.votes));
  const named = isNotMusic(row.content)
    ? []
    : (wide ?? []).filter(isNamed).map(({ label, score }) => choice(label, score, null));
  const likely = row.genre.rather === undefined ? bars.slice(0, MOST_LIKELY) : [];
  const ordered = [...likely, ...named, ...bars.slice(likely.length)];
  const seen = new Set<string>();
  return ordered
    .filter(({ label }) => !seen.has(foldLabel(label)) && seen.add(foldLabel(label)))
    .slice(0, MOST_CHOICES);
}

/** What there is to choose from where nothing was heard. */
export const unheardChoices = (): Choice[] =>
  CLASSIC_GENRES.slice(0, MOST_CHOICES).map((label) => choice(label, null, null));

const choice = (label: string, share: number | null, votes: number | null): Choice => ({
  label: displayLabel(label),
  share,
  votes,
});

/** The two likeliest genres; null where nothing was heard, or no music, or another genre than any of them, or by another model. */
export function topTwo(row: Pick<TrackRow, 'genre' | 'content' | 'stale'>): string[] | null {
  if (!row.genre || row.stale || isNotMusic(row.content) || row.genre.histogram.length < 2) return null;
  if (row.genre.rather !== undefined) return null;
  return row.genre.histogram.slice(0, 2).map(({ label }) => displayLabel(label));
}

/** What a picked genre brings along: the mood that was heard for sure. */
export const moodsWith = (row: TrackRow): string[] => acceptedValues(row).moods;

/**
 * Genres to choose from by typing: those heard, those of the file, those decided before, the classic ones, then all others of the collector's;
 * each under its own name there, and none that is to be ignored.
 */
export function vocabularyOf(row: TrackDetail | null, decided: readonly string[], graph: Names = NO_NAMES): string[] {
  const labels = [
    ...(row?.genre?.histogram.map(({ label }) => displayLabel(label)) ?? []),
    ...(row?.wide?.map(({ label }) => displayLabel(label)) ?? []),
    ...(row?.ownGenres ?? []),
    ...decided,
    ...CLASSIC_GENRES.map(displayLabel),
  ];
  const named = labels.filter((label) => !graph.isIgnored(label)).map((label) => graph.find(label)?.name ?? label);
  return withoutRepeats([...named, ...graph.genres.map(({ name }) => name).filter((name) => !graph.isIgnored(name))]);
}

/** What of the collector's genres typing needs. */
type Names = Pick<GenreGraph, 'genres' | 'find' | 'isIgnored'>;
const NO_NAMES: Names = { genres: [], find: () => null, isIgnored: () => false };

/** A suggestion, or (last) what was typed as it stands. */
export interface Suggestion {
  readonly value: string;
  readonly own: boolean;
  /** What stands right above it, and the other spelling by which it was found. */
  readonly parents: readonly string[];
  readonly alias: string | null;
}

const MOST_SUGGESTIONS = 7;

/**
 * Labels of which a word begins with what was typed, the whole label before its later words, then genres of which another spelling begins with it; then the
 * typed text itself if it is none of them.
 */
export function suggestionsFor(typed: string, vocabulary: readonly string[], graph: Names = NO_NAMES): Suggestion[] {
  const text = typed.trim();
  const known = (value: string, alias: string | null = null): Suggestion => ({
    ...{ value, own: false, alias },
    parents: graph.find(value)?.parents ?? [],
  });
  if (text === '') return vocabulary.slice(0, MOST_SUGGESTIONS).map((value) => known(value));
  const fold = foldLabel(text);
  const needle = text.toLowerCase();
  const ranked = vocabulary
    .map((value) => ({ value, ...rankOf(value, graph.find(value)?.aliases ?? [], needle, fold) }))
    .filter((each) => each.rank < NOT_FOUND);
  ranked.sort((a, b) => a.rank - b.rank);
  const found = ranked.slice(0, MOST_SUGGESTIONS).map(({ value, alias }) => known(value, alias));
  return ranked[0]?.rank === 0 ? found : [...found, { value: text, own: true, parents: [], alias: null }];
}

const NOT_FOUND = 4;

function rankOf(
  label: string,
  aliases: readonly string[],
  needle: string,
  fold: string,
): { rank: number; alias: string | null } {
  if (foldLabel(label) === fold) return { rank: 0, alias: null };
  const same = fold === '' ? undefined : aliases.find((alias) => foldLabel(alias) === fold);
  if (same !== undefined) return { rank: 0, alias: same };
  const lower = label.toLowerCase();
  if (lower.startsWith(needle)) return { rank: 1, alias: null };
  if (lower.split(/[\s/&-]+/).some((word) => word.startsWith(needle))) return { rank: 2, alias: null };
  const alias = aliases.find((each) => each.toLowerCase().startsWith(needle));
  return alias === undefined ? { rank: NOT_FOUND, alias: null } : { rank: 3, alias };
}
