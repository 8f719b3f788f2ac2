import { assertNever } from '../failure';
import type { GenreGraph } from '../genres/graph';
import { textName } from '../tag-names';
import { foldText } from '../text';
import { foldLabel } from '../vocabulary';
import { spanOf } from './dates';
import {
  DATE_FIELDS,
  LABEL_FIELDS,
  TEXT_FIELDS,
  type Condition,
  type DateCondition,
  type DateField,
  type LabelCondition,
  type LabelField,
  type NumberField,
  type NumberTest,
  type Rule,
  type ShareCondition,
  type TextCondition,
} from './playlist';
import { matchesPattern, readPattern } from './safe-pattern';

type Shares = readonly { readonly label: string; readonly share: number }[];

/** All of a track that rules ask for. Null, and an empty list, stand for what it has not. */
export interface RuleTrack
  extends Readonly<Record<NumberField, number | null>>, Readonly<Record<DateField, number | null>> {
  /** Absolute; folder and file name are parts of it. */
  readonly path: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly albumArtist: string | null;
  readonly album: string | null;
  readonly codec: string | null;
  /** By the names that `textName` gives. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly ownGenres: readonly string[];
  readonly confirmedGenres: readonly string[];
  readonly heardGenre: string | null;
  readonly wideGenres: readonly string[];
  readonly ownMoods: readonly string[];
  readonly confirmedMoods: readonly string[];
  readonly heardMood: string | null;
  readonly state: string;
  /** Null where nothing was heard. */
  readonly genreShares: Shares | null;
  readonly moodShares: Shares | null;
}

/** What a rule is seen in the light of. */
export interface RuleWorld {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly graph: Pick<GenreGraph, 'isWithin'>;
  /** Cosine of a track's embedding with that of the track of a path; null where one has none. */
  readonly similarity: (track: RuleTrack, to: string) => number | null;
}

/**
 * Whether a rule holds of a track, said as plainly as can be: what the store's SQL is held against. What can't be evaluated (see `problemsOf`)
 * does not hold.
 */
export function holds(rule: Rule, track: RuleTrack, world: RuleWorld): boolean {
  if ('all' in rule) return rule.all.every((each) => holds(each, track, world));
  if ('any' in rule) return rule.any.some((each) => holds(each, track, world));
  if ('none' in rule) return !rule.none.some((each) => holds(each, track, world));
  return conditionHolds(rule, track, world);
}

function conditionHolds(condition: Condition, track: RuleTrack, world: RuleWorld): boolean {
  if (condition.field === 'similarity') return (world.similarity(track, condition.to) ?? -Infinity) >= condition.value;
  if (isText(condition)) return textHolds(condition, textsOf(condition, track));
  if (isLabel(condition)) return labelHolds(condition, labelsOf(track, condition.field), world.graph);
  if (isDate(condition)) return dateHolds(condition, track[condition.field], world.now);
  if (isShare(condition)) return numberHolds(condition, shareOf(condition, track));
  return numberHolds(condition, track[condition.field]);
}

export const isText = (condition: Condition): condition is TextCondition => TEXTS.has(condition.field);
export const isLabel = (condition: Condition): condition is LabelCondition => LABELS.has(condition.field);
export const isShare = (condition: Condition): condition is ShareCondition =>
  condition.field === 'genreShare' || condition.field === 'moodShare';
export const isDate = (condition: Condition): condition is DateCondition => DATES.has(condition.field);

const TEXTS: ReadonlySet<string> = new Set(TEXT_FIELDS);
const LABELS: ReadonlySet<string> = new Set(LABEL_FIELDS);
const DATES: ReadonlySet<string> = new Set(DATE_FIELDS);

function textsOf({ field, tag }: TextCondition, track: RuleTrack): readonly string[] {
  if (field === 'tag') return track.texts[textName(tag ?? '')] ?? [];
  if (field === 'folder') return [splitPath(track.path).folder];
  if (field === 'fileName') return [splitPath(track.path).name];
  const text = track[field];
  return text === null ? [] : [text];
}

/** A path's folder, and the name in it; `/` parts them, in Windows' paths `\` as well. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const at = path.startsWith('/') ? path.lastIndexOf('/') : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folder: path.slice(0, Math.max(at, 1)), name: path.slice(at + 1) };
}

const textHolds = (condition: TextCondition, values: readonly string[]): boolean => textTest(condition)(values);

/** Whether a condition holds of the values of a text, for many texts; what folds to nothing is no value. */
export function textTest(condition: TextCondition): (values: readonly string[]) => boolean {
  if (!('value' in condition)) {
    const wanted = condition.op === 'present';
    return (values) => values.some((value) => foldText(value) !== '') === wanted;
  }
  const { op } = condition;
  if (op === 'isNot') return opposite(textTest({ ...condition, op: 'is' }));
  if (op === 'containsNot') return opposite(textTest({ ...condition, op: 'contains' }));
  if (op === 'matches') {
    const read = readPattern(condition.value);
    if ('problem' in read) return () => false;
    return (values) => values.some((value) => matchesPattern(read.pattern, value) && foldText(value) !== '');
  }
  const wanted = foldText(condition.value);
  return (values) => values.map(foldText).some((value) => value !== '' && textCompares(op, value, wanted));
}

const opposite =
  (test: (values: readonly string[]) => boolean) =>
  (values: readonly string[]): boolean =>
    !test(values);

function textCompares(op: 'is' | 'contains' | 'startsWith' | 'endsWith', value: string, wanted: string): boolean {
  switch (op) {
    case 'is':
      return value === wanted;
    case 'contains':
      return value.includes(wanted);
    case 'startsWith':
      return value.startsWith(wanted);
    case 'endsWith':
      return value.endsWith(wanted);
    default:
      return assertNever(op);
  }
}

function labelsOf(track: RuleTrack, field: LabelField): readonly string[] {
  const either = (confirmed: readonly string[], own: readonly string[]) => (confirmed.length > 0 ? confirmed : own);
  const some = (label: string | null) => (label === null ? [] : [label]);
  switch (field) {
    case 'genre':
      return either(track.confirmedGenres, track.ownGenres);
    case 'ownGenre':
      return track.ownGenres;
    case 'confirmedGenre':
      return track.confirmedGenres;
    case 'heardGenre':
      return some(track.heardGenre);
    case 'wideGenre':
      return track.wideGenres;
    case 'mood':
      return either(track.confirmedMoods, track.ownMoods);
    case 'ownMood':
      return track.ownMoods;
    case 'confirmedMood':
      return track.confirmedMoods;
    case 'heardMood':
      return some(track.heardMood);
    case 'state':
      return [track.state];
    default:
      return assertNever(field);
  }
}

function labelHolds(condition: LabelCondition, labels: readonly string[], graph: RuleWorld['graph']): boolean {
  switch (condition.op) {
    case 'missing':
      return labels.length === 0;
    case 'present':
      return labels.length > 0;
    case 'is':
      return labels.some((label) => foldLabel(label) === foldLabel(condition.value));
    case 'isNot':
      return !labelHolds({ ...condition, op: 'is' }, labels, graph);
    case 'isWithin':
      return labels.some((label) => graph.isWithin(label, condition.value));
    case 'isNotWithin':
      return !labelHolds({ ...condition, op: 'isWithin' }, labels, graph);
    default:
      return assertNever(condition);
  }
}

/** To a millionth; labels that fold to one are summed. */
function shareOf({ field, of }: ShareCondition, track: RuleTrack): number | null {
  const shares = field === 'genreShare' ? track.genreShares : track.moodShares;
  if (!shares) return null;
  const same = shares.filter(({ label }) => foldLabel(label) === foldLabel(of));
  return Math.round(same.reduce((sum, { share }) => sum + share, 0) * 1e6) / 1e6;
}

function numberHolds(test: NumberTest | { readonly op: 'missing' | 'present' }, value: number | null): boolean {
  if (test.op === 'missing') return value === null;
  // The one negation: it holds of what has no value, too.
  if (test.op === 'isNot') return value !== test.value;
  if (value === null) return false;
  switch (test.op) {
    case 'present':
      return true;
    case 'is':
      return value === test.value;
    case 'over':
      return value > test.value;
    case 'under':
      return value < test.value;
    case 'atLeast':
      return value >= test.value;
    case 'atMost':
      return value <= test.value;
    case 'between':
      return value >= test.from && value <= test.to;
  }
}

function dateHolds(condition: DateCondition, value: number | null, now: number): boolean {
  const span = spanOf(condition, now);
  if (span === null) return (value === null) === (condition.op === 'missing');
  const isIn = value !== null && (span.from === null || value >= span.from) && (span.to === null || value < span.to);
  return isIn !== (condition.op === 'inLastNot');
}
