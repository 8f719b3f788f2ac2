import type { ValueField } from '#shared/contract/finding';
import {
  DATE_FIELDS,
  LABEL_FIELDS,
  NUMBER_FIELDS,
  TEXT_FIELDS,
  type Condition,
} from '#shared/domain/playlists/playlist';

/** What conditions can be about, and how each field is compared. */
export type Field = Condition['field'];
export type Operator = Condition['op'];
export type FieldKind = 'text' | 'label' | 'state' | 'share' | 'number' | 'date' | 'similarity';

/** The menu of fields, in its groups. */
export const FIELD_GROUPS = {
  heard: [
    ...(['heardGenre', 'heardMood', 'wideGenre', 'genreShare', 'moodShare'] as const),
    ...(['confidence', 'valence', 'arousal', 'similarity'] as const),
  ],
  said: ['genre', 'mood', 'confirmedGenre', 'confirmedMood', 'ownGenre', 'ownMood', 'state'],
  track: ['title', 'artist', 'albumArtist', 'album', 'year', 'trackNumber', 'rating', 'duration', 'tag'],
  file: ['path', 'folder', 'fileName', 'codec', 'bitrate', 'sampleRate', 'size'],
  time: ['added', 'modified', 'analysed', 'decided', 'written'],
} as const satisfies Readonly<Record<string, readonly Field[]>>;
export type FieldGroup = keyof typeof FIELD_GROUPS;

export const FIELDS: readonly Field[] = Object.values(FIELD_GROUPS).flat();

export function kindOf(field: Field): FieldKind {
  if (field === 'state' || field === 'similarity') return field;
  if (field === 'genreShare' || field === 'moodShare') return 'share';
  if (isIn(LABEL_FIELDS, field)) return 'label';
  if (isIn(NUMBER_FIELDS, field)) return 'number';
  if (isIn(DATE_FIELDS, field)) return 'date';
  if (isIn(TEXT_FIELDS, field)) return 'text';
  throw new Error(`no such field: ${String(field)}`);
}

export const isIn = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value);

const PRESENCE = ['present', 'missing'] as const;
const COMPARISONS = ['atLeast', 'over', 'atMost', 'under', 'between', 'is', 'isNot'] as const;

/** What a field can be compared by, the likeliest first. */
export const OPERATORS: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: ['contains', 'containsNot', 'is', 'isNot', 'startsWith', 'endsWith', 'matches', ...PRESENCE],
  label: ['isWithin', 'is', 'isNotWithin', 'isNot', ...PRESENCE],
  state: ['is', 'isNot'],
  share: COMPARISONS,
  number: [...COMPARISONS, ...PRESENCE],
  date: ['inLast', 'inLastNot', 'after', 'before', 'on', 'between', ...PRESENCE],
  similarity: ['atLeast'],
};

/** As `OPERATORS`, with one more that a rule made elsewhere may have. */
export function operatorsOf(field: Field, present: Operator): readonly Operator[] {
  const usual = OPERATORS[kindOf(field)];
  return usual.includes(present) ? usual : [...usual, present];
}

const VALUES: Readonly<Partial<Record<Field, ValueField>>> = {
  genre: 'genre',
  ownGenre: 'genre',
  confirmedGenre: 'genre',
  heardGenre: 'heard',
  genreShare: 'share',
  wideGenre: 'wide',
  mood: 'mood',
  ownMood: 'mood',
  confirmedMood: 'mood',
  heardMood: 'mood',
  moodShare: 'mood',
  artist: 'artist',
  albumArtist: 'artist',
  album: 'album',
};

/** The list of the library's values that a field's are among; null: there is none. */
export const valuesOf = (field: Field): ValueField | null => VALUES[field] ?? null;
