/**
 * A smart playlist, as it is kept, shared as JSON, and shown in the rule builder. It finds the tracks for which its rule holds, brings
 * them into an order, and takes as many of them as its limit allows.
 */
export interface SmartPlaylist {
  /** The version of this form. */
  readonly version: 1;
  readonly name: string;
  readonly comment?: string;
  readonly rule: Rule;
  readonly order: Order;
  readonly limit: Limit | null;
}

/** All of a list hold, any of it, or none; an empty `all` or `none` holds of every track, an empty `any` of no track. */
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly none: readonly Rule[] }
  | Condition;

/**
 * One comparison. A track that has no value fails it, whatever the operator, except `missing`, and the negations
 * (`isNot`, `containsNot`, `inLastNot`, `isNotWithin`), which hold wherever their opposite does not.
 */
export type Condition =
  TextCondition | LabelCondition | ShareCondition | NumberCondition | DateCondition | SimilarCondition;

/**
 * Compared without regard to case and accents, except `matches`: a regular expression as JavaScript has them, case ignored, of the kind that
 * `readPattern` takes. What folds to nothing is no value.
 */
export type TextCondition = {
  readonly field: TextField;
  /** The name of the tag, where the field is `tag`. */ readonly tag?: string;
} & ({ readonly op: 'missing' | 'present' } | { readonly op: (typeof TEXT_OPERATORS)[number]; readonly value: string });
export const TEXT_OPERATORS = ['is', 'isNot', 'contains', 'containsNot', 'startsWith', 'endsWith', 'matches'] as const;
/**
 * `path` is absolute, and `folder` is all of it but the file's name. `tag` is any text of the file's own tags, by name, whatever the format
 * calls it (`COMPOSER`, `TCOM` and `©wrt` are one; see `textName`). A text of several values is what any of them is.
 */
export const TEXT_FIELDS = [
  'title',
  'artist',
  'albumArtist',
  'album',
  'path',
  'folder',
  'fileName',
  'codec',
  'tag',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** `isWithin`: the label or a kind of it, by the collector's graph of genres. */
export type LabelCondition = { readonly field: LabelField } & (
  { readonly op: 'missing' | 'present' } | { readonly op: (typeof LABEL_OPERATORS)[number]; readonly value: string }
);
export const LABEL_OPERATORS = ['is', 'isNot', 'isWithin', 'isNotWithin'] as const;
/**
 * `genre`, `mood`: the confirmed ones where there are any, else the file's own. `ownGenre`, `ownMood`: those in the file. `confirmedGenre`,
 * `confirmedMood`: those decided. `heardGenre`, `heardMood`: the verdict, where one is named. `wideGenre`: named of the wide
 * vocabulary. `state`: one of the track states.
 */
export const LABEL_FIELDS = [
  'genre',
  'ownGenre',
  'confirmedGenre',
  'heardGenre',
  'wideGenre',
  'mood',
  'ownMood',
  'confirmedMood',
  'heardMood',
  'state',
] as const;
export type LabelField = (typeof LABEL_FIELDS)[number];

/** A label's share of a histogram, 0..1; a heard track's histogram without the label has 0. */
export type ShareCondition = { readonly field: 'genreShare' | 'moodShare'; readonly of: string } & NumberTest;

export type NumberCondition = { readonly field: NumberField } & (NumberTest | { readonly op: 'missing' | 'present' });
export type NumberTest =
  | { readonly op: 'is' | 'isNot' | 'over' | 'under' | 'atLeast' | 'atMost'; readonly value: number }
  /** Both ends belong to it. */
  | { readonly op: 'between'; readonly from: number; readonly to: number };
/**
 * `confidence` 0..1, `valence` and `arousal` -1..1, `duration` in seconds, `bitrate` in whole kbit/s, `sampleRate` in Hz, `size` in bytes, `rating`
 * 0..5 (stars, in halves), `year` and `trackNumber` as in the tags.
 */
export const NUMBER_FIELDS = [
  'confidence',
  'valence',
  'arousal',
  'duration',
  'year',
  'trackNumber',
  'rating',
  'bitrate',
  'sampleRate',
  'size',
] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

export type DateCondition = { readonly field: DateField } & (
  | { readonly op: 'missing' | 'present' }
  /** Whole days of the local calendar, as `2026-11-21`. */
  | { readonly op: 'before' | 'after' | 'on'; readonly value: string }
  | { readonly op: 'between'; readonly from: string; readonly to: string }
  /** So many days of 24 hours back from now; what lies ahead, after a clock that went wrong, counts as just now. */
  | { readonly op: 'inLast' | 'inLastNot'; readonly days: number }
);
/** When the library first saw the file, when the file was changed last, when it was listened to, decided about, written. */
export const DATE_FIELDS = ['added', 'modified', 'analysed', 'decided', 'written'] as const;
export type DateField = (typeof DATE_FIELDS)[number];

/** Sounds like a track: the cosine of their embeddings is at least so much (-1..1). Does not hold of what has no embedding. */
export interface SimilarCondition {
  readonly field: 'similarity';
  readonly op: 'atLeast';
  /** Path of the track in the library. */
  readonly to: string;
  readonly value: number;
}

/** Ties, and tracks without a value (always last), are in the order of their paths. */
export type Order =
  | { readonly by: OrderField; readonly descending?: boolean }
  | { readonly by: 'genreShare' | 'moodShare'; readonly of: string; readonly descending?: boolean }
  /** The same seed gives the same order of the same tracks. */
  | { readonly by: 'random'; readonly seed: number }
  /** The nearest to a track first. */
  | { readonly by: 'similarity'; readonly to: string }
  /** From the calmest to the most energetic, neighbours alike in sound. */
  | { readonly by: 'arc'; readonly descending?: boolean };
export const ORDER_FIELDS = [
  'path',
  'title',
  'artist',
  'album',
  'genre',
  'confidence',
  'valence',
  'arousal',
  'duration',
  'year',
  'rating',
  'bitrate',
  'size',
  'added',
  'modified',
] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];

/**
 * Tracks are taken in order until the next one would not fit; of an arc they are taken at equal distances, so that it leads from end to end
 * however few there are. `hours` is of playing time, `megabytes` of a million bytes.
 */
export type Limit = { readonly tracks: number } | { readonly hours: number } | { readonly megabytes: number };

/** What is told of a track in a playlist file, whatever its format. */
export interface PlaylistTrack {
  readonly id: number;
  /** As the library has it: absolute, in this system's spelling. */
  readonly path: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly albumArtist: string | null;
  readonly album: string | null;
  readonly trackNumber: number | null;
  readonly year: number | null;
  /** The confirmed ones where there are any, else the file's own. */
  readonly genres: readonly string[];
  readonly durationSec: number | null;
  /** kbit/s. */
  readonly bitrate: number | null;
  readonly sampleRate: number | null;
  readonly sizeBytes: number;
  /** 0..5. */
  readonly rating: number | null;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly modifiedAt: number;
}
