import type { GenreGraph } from '#shared/domain/genres/graph';
import { spanOf } from '#shared/domain/playlists/dates';
import { isDate, isLabel, isShare, isText } from '#shared/domain/playlists/evaluate';
import type {
  Condition,
  DateCondition,
  LabelCondition,
  LabelField,
  NumberField,
  NumberTest,
  DateField,
  Order,
  OrderField,
  Rule,
  ShareCondition,
  TextCondition,
  TextField,
} from '#shared/domain/playlists/playlist';
import { foldText } from '#shared/domain/text';
import type { SqlValue } from './driver';
import { fold } from './fact-source';
import { exactly, within } from './rule-facts';
import { join } from './search-sql';

/** A condition on `rule_facts p` (left) joined with `track_facts f`, and the values of its parameters in order. */
export interface RuleSql {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** What a rule is seen in the light of. */
export interface RuleLight {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly graph: GenreGraph;
  /**
   * For each condition that SQL can't say (see `isAskedApart`) the tracks of which it holds: 1 at their ids, one byte each.
   */
  readonly apart: ReadonlyMap<Condition, Uint8Array>;
}

/**
 * Whether a condition is found out track by track: libsql has no functions of ours, so none for regular expressions; texts of any name are
 * kept unfolded; embeddings are compared in memory.
 */
export const isAskedApart = (condition: Condition): boolean =>
  condition.field === 'similarity' || condition.field === 'tag' || condition.op === 'matches';

/** What of the facts a rule asks for. A condition is true or not: what has no value fails it, and passes its negation. */
export function ruleSql(rule: Rule, light: RuleLight): RuleSql {
  const all = (rules: readonly Rule[], by: string, none: string): RuleSql =>
    join(
      rules.map((each) => ruleSql(each, light)),
      by,
      none,
    );
  if ('all' in rule) return all(rule.all, ' AND ', '1');
  if ('any' in rule) return all(rule.any, ' OR ', '0');
  if ('none' in rule) return not(all(rule.none, ' OR ', '0'));
  const { sql, params } = conditionSql(rule, light);
  return { sql: `(${sql}) IS TRUE`, params };
}

const not = ({ sql, params }: RuleSql): RuleSql => ({ sql: `(${sql}) IS NOT TRUE`, params });

function conditionSql(condition: Condition, light: RuleLight): RuleSql {
  if (condition.field === 'similarity' || isAskedApart(condition))
    return { sql: `substr(?, p.track_id + 1, 1) = x'01'`, params: [light.apart.get(condition) ?? new Uint8Array(1)] };
  if (isText(condition)) return textSql(condition);
  if (isLabel(condition)) return labelSql(condition, light.graph);
  if (isDate(condition)) return dateSql(condition, light.now);
  if (isShare(condition)) return shareSql(condition);
  return numberSql(condition, NUMBERS[condition.field], []);
}

/** Folded. */
const TEXTS: Readonly<Record<Exclude<TextField, 'tag'>, string>> = {
  title: 'p.title',
  artist: 'p.artist',
  albumArtist: 'p.album_artist',
  album: 'p.album',
  path: 'f.path',
  folder: 'p.folder',
  fileName: 'p.file_name',
  codec: 'p.codec',
};

function textSql(condition: TextCondition): RuleSql {
  const column = TEXTS[condition.field as Exclude<TextField, 'tag'>];
  const value = 'value' in condition ? foldText(condition.value) : '';
  switch (condition.op) {
    case 'missing':
      return { sql: `${column} IS NULL`, params: [] };
    case 'present':
      return { sql: `${column} IS NOT NULL`, params: [] };
    case 'is':
      return { sql: `${column} = ?`, params: [value] };
    case 'isNot':
      return { sql: `${column} IS NOT ?`, params: [value] };
    case 'contains':
      return { sql: `instr(${column}, ?)`, params: [value] };
    case 'containsNot':
      return not({ sql: `instr(${column}, ?)`, params: [value] });
    case 'startsWith':
      return { sql: `substr(${column}, 1, ?) = ?`, params: [lengthOf(value), value] };
    case 'endsWith':
      if (value === '') return { sql: `${column} IS NOT NULL`, params: [] };
      return { sql: `substr(${column}, ?) = ?`, params: [-lengthOf(value), value] };
    case 'matches':
      throw new Error('patterns are asked apart');
  }
}

/** In characters, as SQLite counts them. */
const lengthOf = (text: string): number => [...text].length;

/** Lists as rule-facts.ts writes them; null where there is no label. */
const LISTS: Readonly<Record<Exclude<LabelField, 'state'>, string>> = {
  genre: 'coalesce(p.confirmed_genres, p.own_genres)',
  ownGenre: 'p.own_genres',
  confirmedGenre: 'p.confirmed_genres',
  heardGenre: 'p.heard_genre',
  wideGenre: 'p.wide_genres',
  mood: 'coalesce(p.confirmed_moods, p.own_moods)',
  ownMood: 'p.own_moods',
  confirmedMood: 'p.confirmed_moods',
  heardMood: 'p.heard_mood',
};

function labelSql(condition: LabelCondition, graph: GenreGraph): RuleSql {
  const { field } = condition;
  const column = field === 'state' ? 'p.state' : LISTS[field];
  const has = (needle: string): RuleSql =>
    field === 'state'
      ? { sql: `${column} = ?`, params: [fold((condition as { value: string }).value)] }
      : { sql: `instr(${column}, ?)`, params: [needle] };
  switch (condition.op) {
    case 'missing':
      return { sql: `${column} IS NULL`, params: [] };
    case 'present':
      return { sql: `${column} IS NOT NULL`, params: [] };
    case 'is':
      return has(exactly(condition.value));
    case 'isNot':
      return not(has(exactly(condition.value)));
    case 'isWithin':
      return has(within(condition.value, graph));
    case 'isNotWithin':
      return not(has(within(condition.value, graph)));
  }
}

const NUMBERS: Readonly<Record<NumberField, string>> = {
  confidence: 'p.confidence',
  valence: 'p.valence',
  arousal: 'p.arousal',
  duration: 'p.duration_sec',
  year: 'p.year',
  trackNumber: 'p.track_number',
  rating: 'p.rating',
  bitrate: 'p.bitrate',
  sampleRate: 'p.sample_rate',
  size: 'p.size',
};

const COMPARISONS = { is: '=', isNot: 'IS NOT', over: '>', under: '<', atLeast: '>=', atMost: '<=' } as const;

function shareSql(condition: ShareCondition): RuleSql {
  const { sql, params } = shareColumn(condition.field, condition.of);
  return numberSql(condition, sql, params);
}

/** Null where nothing was heard. */
function shareColumn(field: ShareCondition['field'], of: string): RuleSql {
  const column = field === 'genreShare' ? 'f.shares' : 'p.mood_shares';
  return { sql: `CASE WHEN ${column} IS NOT NULL THEN coalesce(${column} ->> ?, 0) END`, params: [`$."${fold(of)}"`] };
}

function numberSql(
  test: NumberTest | { readonly op: 'missing' | 'present' },
  value: string,
  params: readonly SqlValue[],
): RuleSql {
  if (test.op === 'between') return { sql: `${value} BETWEEN ? AND ?`, params: [...params, test.from, test.to] };
  if (!('value' in test)) return { sql: `${value} IS ${test.op === 'missing' ? '' : 'NOT '}NULL`, params };
  return { sql: `${value} ${COMPARISONS[test.op]} ?`, params: [...params, test.value] };
}

const DATES: Readonly<Record<DateField, string>> = {
  added: 'p.added_at',
  modified: 'p.modified_at',
  analysed: 'p.analysed_at',
  decided: 'p.decided_at',
  written: 'p.written_at',
};

function dateSql(condition: DateCondition, now: number): RuleSql {
  const column = DATES[condition.field];
  const span = spanOf(condition, now);
  if (span === null) return { sql: `${column} IS ${condition.op === 'missing' ? '' : 'NOT '}NULL`, params: [] };
  const ends = join(
    [
      ...(span.from === null ? [] : [{ sql: `${column} >= ?`, params: [span.from] }]),
      ...(span.to === null ? [] : [{ sql: `${column} < ?`, params: [span.to] }]),
    ],
    ' AND ',
    '1',
  );
  return condition.op === 'inLastNot' ? not(ends) : ends;
}

type FieldOrder = Exclude<Order, { by: 'random' | 'similarity' | 'arc' }>;

/** What tracks are ordered by; null where a track has no value. */
export function orderColumn(order: FieldOrder): RuleSql {
  const { by } = order;
  if (by === 'genreShare' || by === 'moodShare') return shareColumn(by, order.of);
  if (by === 'genre')
    return { sql: `substr(${LISTS.genre}, 2, instr(substr(${LISTS.genre}, 2), '|') - 1)`, params: [] };
  return { sql: ORDERS[by], params: [] };
}

const ORDERS: Readonly<Record<Exclude<OrderField, 'genre'>, string>> = {
  ...{ path: TEXTS.path, title: TEXTS.title, artist: TEXTS.artist, album: TEXTS.album },
  ...{ added: DATES.added, modified: DATES.modified },
  ...NUMBERS,
};
