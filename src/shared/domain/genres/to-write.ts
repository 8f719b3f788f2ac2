import { isNamed, type Verdict, type WideGenre } from '../analysis';
import type { GenreOverride } from './genre-file';
import { writtenGenre, type GenreGraph } from './graph';
import { rollUp, type WeakGenre } from './roll-up';
import { nearestAllowed, overrideFor, type OverridableTrack } from './rules';

/** Which of the genres that were heard are written; part of the writing settings. */
export interface GenreWriting {
  /** Genres at most, 1..10; parents that are added don't count. */
  readonly mostGenres: number;
  /** The share (or, in the wide vocabulary, score) from which a genre is written beside the first, 0..1. */
  readonly leastShare: number;
  /** Are the genres of the wide vocabulary that are named written beside the verdict? */
  readonly wideGenres: boolean;
  /**
   * Of a genre and one above it: write both only where both were heard (`as-heard`), always add what is right above (`add`), or
   * write the more special one alone (`drop`).
   */
  readonly genreParents: (typeof GENRE_PARENTS)[number];
  readonly genreOrder: (typeof GENRE_ORDERS)[number];
  /** Where the model is not sure, weak genres are added up at a common parent, which is written from this share on, 0..1; null: never. */
  readonly rollUpFrom: number | null;
}

export const GENRE_PARENTS = ['as-heard', 'add', 'drop'] as const;
/** `strongest`: as heard, the likeliest first. */
export const GENRE_ORDERS = ['strongest', 'broad-first', 'special-first'] as const;

/** The verdict alone. */
export const ONE_GENRE: GenreWriting = {
  mostGenres: 1,
  leastShare: 0.2,
  wideGenres: false,
  genreParents: 'as-heard',
  genreOrder: 'strongest',
  rollUpFrom: null,
};

/** What was heard in a track, and what of it decides which override is its own. */
export interface HeardTrack extends OverridableTrack {
  readonly genre: Pick<Verdict, 'top' | 'confidence' | 'abstained' | 'abstainReason' | 'histogram'>;
  readonly wide: readonly WideGenre[] | null;
}

/** Why a genre is written; shares and scores are 0..1. */
export type WhyGenre =
  /** The verdict, or another bar of its histogram. */
  | { readonly kind: 'heard'; readonly share: number }
  /** Named in the wide vocabulary. */
  | { readonly kind: 'wide'; readonly share: number }
  /** What was too weak to be named comes to this together. */
  | { readonly kind: 'together'; readonly share: number; readonly parts: readonly WeakGenre[] }
  /** Right above another genre that is written. */
  | { readonly kind: 'above'; readonly below: string }
  /** A line of the collector's own says so. */
  | { readonly kind: 'override'; readonly of: GenreOverride['of']; readonly name: string };

export interface GenreToWrite {
  readonly name: string;
  readonly why: WhyGenre;
  /** What was heard, where that may not be written and this is the nearest that may; else null. */
  readonly insteadOf: string | null;
}

/**
 * The genres that accepting a track's result writes, as the collector names them, in the order of the tag. Empty where the model is not sure enough, hears no
 * music, or the collector's rules leave nothing.
 */
export function genresToWrite(heard: HeardTrack, graph: GenreGraph, settings: GenreWriting): readonly GenreToWrite[] {
  if (heard.genre.abstainReason === 'not-music') return [];
  const override = overrideFor(graph.rules, heard);
  if (override)
    return distinct(override.genres.map((name) => ({ name, why: whyOverridden(override), insteadOf: null })));
  const written = distinct(
    candidates(heard, graph, settings).flatMap(({ label, why }) => asWritten(graph, label, why)),
  );
  const special = settings.genreParents === 'drop' ? withoutParents(graph, written) : written;
  const chosen = special.slice(0, settings.mostGenres);
  return inOrder(graph, settings.genreParents === 'add' ? withParents(graph, chosen) : chosen, settings.genreOrder);
}

interface Candidate {
  readonly label: string;
  readonly why: WhyGenre;
}

/** Labels as models say them: the verdict, then what is named in the wide vocabulary (kinds of the verdict first), then the other bars. */
function candidates(heard: HeardTrack, graph: GenreGraph, settings: GenreWriting): Candidate[] {
  const { genre } = heard;
  const first = genre.abstained ? weakOf(genre, graph, settings) : [heardAs(genre.top, genre.confidence)];
  const wide = settings.wideGenres ? wideOf(heard.wide ?? [], graph, settings) : [];
  const top = first[0]?.label ?? null;
  const kinds = wide.filter(({ label }) => top !== null && graph.isWithin(label, top));
  const all = [...first, ...kinds, ...wide.filter((one) => !kinds.includes(one))];
  const isAlone = genre.abstained || settings.mostGenres === 1;
  const further = isAlone ? [] : genre.histogram.filter(({ label }) => label !== genre.top);
  return [
    ...all,
    ...further.filter(({ share }) => share >= settings.leastShare).map(({ label, share }) => heardAs(label, share)),
  ];
}

/** What the bars of a verdict that names nothing are together; where another genre is heard than any of them, that counts alone. */
const weakOf = ({ abstainReason, histogram }: HeardTrack['genre'], graph: GenreGraph, settings: GenreWriting) =>
  abstainReason === 'other-genre' ? [] : together(histogram, graph, settings);

const heardAs = (label: string, share: number): Candidate => ({ label, why: { kind: 'heard', share } });

function wideOf(wide: readonly WideGenre[], graph: GenreGraph, settings: GenreWriting): Candidate[] {
  const named = wide.filter((one) => isNamed(one) && one.score >= settings.leastShare);
  if (named.length > 0) return named.map(({ label, score }) => ({ label, why: { kind: 'wide', share: score } }));
  return together(
    wide.map(({ label, score }) => ({ label, share: score })),
    graph,
    settings,
  );
}

/** What weak genres are together, if they are asked for. */
function together(weak: readonly WeakGenre[], graph: GenreGraph, { rollUpFrom }: GenreWriting): Candidate[] {
  const found = rollUpFrom === null ? null : rollUp(graph, weak, rollUpFrom);
  return found ? [{ label: found.name, why: { kind: 'together', share: found.share, parts: found.parts } }] : [];
}

/** Under the collector's name, or as the nearest genre that may be written; nothing where there is none. */
function asWritten(graph: GenreGraph, label: string, why: WhyGenre): GenreToWrite[] {
  const name = writtenGenre(graph, label);
  const allowed = name === null ? null : nearestAllowed(graph, name);
  if (allowed === null || graph.isIgnored(allowed)) return [];
  return [{ name: allowed, why, insteadOf: allowed === name ? null : name }];
}

const whyOverridden = ({ of, name }: GenreOverride): WhyGenre => ({ kind: 'override', of, name });

/** Each name once, for the first reason. */
const distinct = (genres: readonly GenreToWrite[]): GenreToWrite[] =>
  genres.filter(({ name }, i) => genres.findIndex((other) => other.name === name) === i);

/** Without those of which a kind is written as well. */
const withoutParents = (graph: GenreGraph, genres: readonly GenreToWrite[]): GenreToWrite[] =>
  genres.filter(({ name }) => !genres.some((other) => other.name !== name && graph.isWithin(other.name, name)));

/** With what is right above each, where that may be written. */
function withParents(graph: GenreGraph, genres: readonly GenreToWrite[]): GenreToWrite[] {
  const parents = genres.flatMap(({ name }) =>
    (graph.find(name)?.parents ?? [])
      .filter((parent) => !graph.isIgnored(parent) && nearestAllowed(graph, parent) === parent)
      .map((parent) => ({ name: parent, why: { kind: 'above', below: name } as const, insteadOf: null })),
  );
  return distinct([...genres, ...parents]);
}

/** Stable, so that genres of the same breadth stay as they were. What is above a genre has less above itself. */
function inOrder(
  graph: GenreGraph,
  genres: readonly GenreToWrite[],
  order: GenreWriting['genreOrder'],
): GenreToWrite[] {
  if (order === 'strongest') return [...genres];
  const sign = order === 'broad-first' ? 1 : -1;
  const depth = ({ name }: GenreToWrite): number => graph.ancestors(name).length;
  return [...genres].sort((a, b) => sign * (depth(a) - depth(b)));
}
