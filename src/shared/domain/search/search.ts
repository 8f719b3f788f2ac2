/**
 * What a search asks for. A search is a list of clauses, all of which must hold; a clause is a list of terms, one of which
 * must hold (`rock or pop live` is two clauses: "rock or pop", and "live").
 */
export interface Search {
  readonly clauses: readonly Clause[];
  /** What could not be read, in the order of the text; such terms are in no clause. */
  readonly problems: readonly SearchProblem[];
}

export type Clause = readonly Term[];

export interface Term {
  /** True where what follows must not hold. */
  readonly not: boolean;
  readonly test: Test;
}

/** Texts are folded by `foldText`, labels by `foldLabel`; neither is ever empty. */
export type Test =
  /** Occurs in what a track is searched by: title, artist, album, genres, file name, folder. */
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'text'; readonly field: TextField; readonly text: string }
  | { readonly kind: 'label'; readonly field: LabelField; readonly label: string }
  /** The label's share in the genre histogram lies in the interval; one that isn't in it has the share 0. */
  | { readonly kind: 'share'; readonly label: string; readonly interval: Interval }
  | { readonly kind: 'number'; readonly field: NumberField; readonly interval: Interval }
  | { readonly kind: 'state'; readonly state: SearchState };

/** Numbers between two ends, of which either may be absent or not belong to it. */
export interface Interval {
  readonly from: number | null;
  readonly fromOpen: boolean;
  readonly to: number | null;
  readonly toOpen: boolean;
}

/** Whether a number lies in an interval. */
export function isWithin(value: number, { from, fromOpen, to, toOpen }: Interval): boolean {
  if (from !== null && (fromOpen ? value <= from : value < from)) return false;
  return to === null || (toOpen ? value < to : value <= to);
}

export interface SearchProblem {
  /** Place in the text: from the first character to after the last. */
  readonly from: number;
  readonly to: number;
  /** What is wrong and how to put it right. */
  readonly message: string;
}

export const TEXT_FIELDS = ['artist', 'album', 'title', 'path'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/**
 * `genre`: the file's own or a decided one; `heard`: the genre verdict, where one is named; `mood`: own, decided or heard;
 * `wide`: named of the wide vocabulary.
 */
export const LABEL_FIELDS = ['genre', 'heard', 'mood', 'wide'] as const;
export type LabelField = (typeof LABEL_FIELDS)[number];

/** `duration` is in seconds, `confidence` 0..1, `valence` and `arousal` -1..1. */
export const NUMBER_FIELDS = ['confidence', 'year', 'duration', 'valence', 'arousal'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

export const SEARCH_STATES = ['unreviewed', 'decided', 'written', 'skipped', 'failed', 'new'] as const;
export type SearchState = (typeof SEARCH_STATES)[number];

export const SEARCH_FIELDS = [...TEXT_FIELDS, ...LABEL_FIELDS, 'share', 'state', ...NUMBER_FIELDS] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

const isOneOf =
  <T extends string>(list: readonly T[]) =>
  (name: string): name is T =>
    (list as readonly string[]).includes(name);
export const isTextField = isOneOf(TEXT_FIELDS);
export const isLabelField = isOneOf(LABEL_FIELDS);
export const isNumberField = isOneOf(NUMBER_FIELDS);
export const isSearchState = isOneOf(SEARCH_STATES);
export const isSearchField = isOneOf(SEARCH_FIELDS);

/** A term of each field as it could be typed, for help and for what is said of a term that can't be read. */
export const EXAMPLES: Readonly<Record<SearchField, string>> = {
  artist: 'artist:queen',
  album: 'album:"blue train"',
  title: 'title:love',
  path: 'path:live',
  genre: 'genre:rock',
  heard: 'heard:jazz',
  mood: 'mood:sad',
  wide: 'wide:techno',
  share: 'share:metal>0.3',
  state: 'state:unreviewed',
  confidence: 'confidence<0.6',
  year: 'year:1990..1999',
  duration: 'duration>10:00',
  valence: 'valence>0.5',
  arousal: 'arousal<0',
};
