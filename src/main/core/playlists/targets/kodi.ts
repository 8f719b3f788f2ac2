import { textName } from '#shared/domain/tag-names';
import type {
  DateCondition,
  LabelCondition,
  NumberCondition,
  Order,
  TextCondition,
} from '#shared/domain/playlists/playlist';
import { XML_HEAD, xmlLine, xmlText } from '../formats/xml';
import type { RuleLanguage, TargetWorld } from './target';
import { dayAfter, daysOf, sayLeaf, treeOf, type Leaf, type Tree } from './tree';
import { knowsNothingOf, unsayable, type Unsayable } from './unsayable';

/** A `<rule>`; of several values any may hold, and both bound a `between`. */
interface XspRule {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Rules of which all or any must hold; one that stands alone is of either kind. */
interface Clause {
  readonly join: 'all' | 'any';
  readonly rules: readonly XspRule[];
}

const PLAYER = 'Kodi';

const TEXTS: Readonly<Record<string, string>> = {
  title: 'title',
  artist: 'artist',
  albumArtist: 'albumartist',
  album: 'album',
  fileName: 'filename',
};
const NUMBERS: Readonly<Record<string, string>> = {
  year: 'year',
  duration: 'time',
  rating: 'userrating',
  bitrate: 'musicbitrate',
  sampleRate: 'samplerate',
};
const DATES: Readonly<Record<string, string>> = { added: 'dateadded', modified: 'datemodified' };
const ORDERS: Readonly<Partial<Record<Order['by'], string>>> = {
  ...{ path: 'path', title: 'title', artist: 'artist', album: 'album', genre: 'genre', year: 'year', duration: 'time' },
  ...{ rating: 'userrating', added: 'dateadded', random: 'random' },
};
const ANY_OF_VALUES = new Set(['is', 'contains', 'startswith', 'endswith']);
/** No track is of such a year. */
const NO_TRACK: XspRule = { field: 'year', operator: 'greaterthan', values: ['99999'] };

const one = (field: string, operator: string, ...values: string[]): Clause => ({
  join: 'all',
  rules: [{ field, operator, values }],
});

/**
 * Kodi's smart playlists, `.xsp`: `<smartplaylist type="songs">` with `<match>` (all or one), rules, limit and order. One level: a
 * group within is only what one rule of several values can say. Comparisons take no notice of case.
 * https://kodi.wiki/view/Smart_playlists/Rules_and_groupings and https://kodi.wiki/view/Smart_playlists/XSP_Method
 *
 * It keeps 0 for a number that a file does not have, whole seconds of length, and ratings of 1 to 10.
 */
export const kodiRules: RuleLanguage = {
  cannot: [
    ...knowsNothingOf(PLAYER, ['arc', 'state', 'codec', 'size', 'folder']),
    'Kodi has no groups within groups, no regular expressions, and no limits by playing time or size.',
    'Kodi keeps a song’s moods as one text, and can’t find songs that lack a text or a genre.',
  ],
  say(playlist, world) {
    const { name, rule, order, limit } = playlist;
    const lacks = unsayable(PLAYER);
    const notes = new Set<string>();
    const { join, rules } = topOf(treeOf(rule), world, lacks, notes);
    const sort = ORDERS[order.by] ?? lacks.order(order.by);
    if (order.by === 'random') notes.add('Kodi shuffles anew each time.');
    if (limit && !('tracks' in limit)) lacks.limit(limit);
    const cannot = lacks.all();
    if (cannot.length > 0) return { cannot };
    const direction = 'descending' in order && order.descending ? 'descending' : 'ascending';
    const text = [
      XML_HEAD.replace('?>', ' standalone="yes"?>'),
      '<smartplaylist type="songs">\n',
      xmlLine('  ', 'name', name),
      xmlLine('  ', 'match', join === 'all' ? 'all' : 'one'),
      ...rules.map(ruleText),
      limit && 'tracks' in limit ? xmlLine('  ', 'limit', limit.tracks) : '',
      `  <order direction="${direction}">${sort}</order>\n`,
      '</smartplaylist>\n',
    ].join('');
    return { text, notes: [...notes] };
  },
};

const ruleText = ({ field, operator, values }: XspRule): string =>
  `  <rule field="${field}" operator="${operator}">\n${values.map((value) => `    <value>${xmlText(value)}</value>\n`).join('')}  </rule>\n`;

function topOf(tree: Tree, world: TargetWorld, lacks: Unsayable, notes: Set<string>): Clause {
  if (!('join' in tree)) return leaf(tree, world, lacks, notes);
  if (tree.parts.length === 0) return { join: 'all', rules: tree.join === 'all' ? [] : [NO_TRACK] };
  const clauses = tree.parts.map((part) =>
    'join' in part ? topOf(part, world, lacks, notes) : leaf(part, world, lacks, notes),
  );
  const rules = clauses.flatMap(
    (clause) => asPartOf(tree.join, clause) ?? lacks.tell('Kodi has no groups within groups.') ?? [],
  );
  return { join: tree.join, rules };
}

/** A clause as rules of a group of the other kind, where one rule of several values says it; null if that can't be. */
function asPartOf(join: Clause['join'], clause: Clause): readonly XspRule[] | null {
  const [first, ...rest] = clause.rules;
  if (clause.join === join || (first && rest.length === 0)) return clause.rules;
  if (join === 'any' || !first || !ANY_OF_VALUES.has(first.operator)) return null;
  const alike = rest.every(({ field, operator }) => field === first.field && operator === first.operator);
  return alike ? [{ ...first, values: clause.rules.flatMap(({ values }) => values) }] : null;
}

const NOTHING: Clause = { join: 'all', rules: [NO_TRACK] };

function leaf({ condition, negated }: Leaf, world: TargetWorld, lacks: Unsayable, notes: Set<string>): Clause {
  const words = {
    text: (each: TextCondition) => text(each, negated, lacks, notes),
    label: (each: LabelCondition) => label(each, negated, world, lacks, notes),
    date: (each: DateCondition) => date(each, negated, lacks, notes),
    number: (each: NumberCondition) => number(each, negated, lacks, notes),
  };
  return sayLeaf(condition, words, lacks) ?? NOTHING;
}

const LETTERS = 'Kodi tells letters with accents from those without.';
const WILDCARDS = 'Kodi takes % and _ in a text for any letters.';
const OPERATORS: Readonly<Record<string, readonly [string, string | null]>> = {
  is: ['is', 'isnot'],
  contains: ['contains', 'doesnotcontain'],
  startsWith: ['startswith', null],
  endsWith: ['endswith', null],
};

function text(condition: TextCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Clause | null {
  const tag = condition.field === 'tag' ? textName(condition.tag ?? '') : null;
  if (tag !== null && tag !== 'COMMENT') return lacks.tell(`Kodi has no rules for the tag ${tag}.`);
  const field = tag === null ? TEXTS[condition.field] : 'comment';
  if (field === undefined) return lacks.field(condition.field);
  if (!('value' in condition) || condition.value === '') return lacks.comparison('whether there is a text at all');
  const [plain, opposite] = OPERATORS[condition.op] ?? [];
  if (plain === undefined) return lacks.comparison('regular expressions');
  if (/[%_]/.test(condition.value)) return lacks.tell(WILDCARDS);
  notes.add(LETTERS);
  const operator = negated ? opposite : plain;
  return operator ? one(field, operator, condition.value) : lacks.comparison('what a text does not start or end with');
}

function label(
  condition: LabelCondition,
  negated: boolean,
  world: TargetWorld,
  lacks: Unsayable,
  notes: Set<string>,
): Clause | null {
  if (condition.field !== 'genre' && condition.field !== 'ownGenre') return lacks.field(condition.field);
  if (!('value' in condition)) return lacks.comparison('whether there is a genre at all');
  const labels = distinct(world.labels('genre', condition.op === 'is' ? 'is' : 'isWithin', condition.value));
  if (labels.some((each) => /[%_]/.test(each))) return lacks.tell(WILDCARDS);
  notes.add(LETTERS);
  if (!negated) return one('genre', 'is', ...labels);
  return { join: 'all', rules: labels.map((each) => ({ field: 'genre', operator: 'isnot', values: [each] })) };
}

/** Case does not count. */
const distinct = (labels: readonly string[]): string[] => [
  ...new Map(labels.map((label) => [label.toLowerCase(), label])).values(),
];

function number(condition: NumberCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Clause | null {
  const field = NUMBERS[condition.field];
  if (field === undefined) return lacks.field(condition.field);
  if (field === 'time') notes.add('Kodi counts whole seconds of playing time.');
  if (field === 'userrating')
    notes.add('Kodi reads ratings of 1 to 10 from the files, two for a star, when it scans them.');
  const scale = field === 'userrating' ? 2 : 1;
  const spelt = (value: number): string => (field === 'time' ? timeText(value) : String(value));
  const over = (value: number): Clause => one(field, 'greaterthan', spelt(value));
  const under = (value: number): Clause => one(field, 'lessthan', spelt(value));
  /** Whole numbers, which both belong to it; above 0. */
  const within = (from: number, to: number): Clause =>
    Math.max(from, 1) > to ? NOTHING : one(field, 'between', spelt(Math.max(from, 1)), spelt(to));
  const none: XspRule = { field, operator: 'is', values: [spelt(0)] };
  const noneOr = (...others: Clause[]): Clause => ({
    join: 'any',
    rules: [none, ...others.flatMap(({ rules }) => rules)],
  });
  const floor = (value: number): number => Math.max(Math.floor(value * scale), 0);
  const ceil = (value: number): number => Math.max(Math.ceil(value * scale), 1);
  switch (condition.op) {
    case 'present':
    case 'missing':
      return negated ? { join: 'all', rules: [none] } : over(0);
    case 'over':
      return negated ? under(floor(condition.value) + 1) : over(floor(condition.value));
    case 'under':
      return negated ? noneOr(over(ceil(condition.value) - 1)) : within(1, ceil(condition.value) - 1);
    case 'atLeast':
      return negated ? under(ceil(condition.value)) : over(ceil(condition.value) - 1);
    case 'atMost':
      return negated ? noneOr(over(floor(condition.value))) : within(1, floor(condition.value));
    case 'between': {
      const [from, to] = [ceil(condition.from), floor(condition.to)];
      if (negated) return { join: 'any', rules: [...under(from).rules, ...over(Math.max(to, from - 1)).rules] };
      return within(from, to);
    }
    case 'is':
    case 'isNot': {
      const value = condition.value * scale;
      if (value <= 0 || !Number.isInteger(value)) return negated ? { join: 'all', rules: [] } : NOTHING;
      return one(field, negated ? 'isnot' : 'is', spelt(value));
    }
  }
}

/** Seconds as `h:mm:ss`. */
function timeText(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;
}

function date(condition: DateCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Clause | null {
  const field = DATES[condition.field];
  if (field === undefined) return lacks.field(condition.field);
  if (field === 'dateadded')
    notes.add('Kodi counts from when it saw a file first itself, unless it is set to take the file’s time.');
  const from = (day: string): Clause => one(field, 'after', day);
  const before = (day: string): Clause => one(field, 'before', day);
  switch (condition.op) {
    case 'present':
    case 'missing':
      return negated ? NOTHING : { join: 'all', rules: [] };
    case 'before':
      return negated ? from(condition.value) : before(condition.value);
    case 'after':
      return negated ? before(dayAfter(condition.value)) : from(dayAfter(condition.value));
    case 'on':
    case 'between': {
      const [first, last] = daysOf(condition);
      const [low, high] = negated ? [before(first), from(dayAfter(last))] : [from(first), before(dayAfter(last))];
      return { join: negated ? 'any' : 'all', rules: [...low.rules, ...high.rules] };
    }
    case 'inLast':
    case 'inLastNot':
      if (!Number.isInteger(condition.days)) return lacks.comparison('parts of a day');
      return one(field, negated ? 'notinthelast' : 'inthelast', `${condition.days} days`);
  }
}
