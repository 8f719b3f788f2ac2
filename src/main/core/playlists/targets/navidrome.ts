import { textName } from '#shared/domain/tag-names';
import type {
  DateCondition,
  LabelCondition,
  NumberCondition,
  Order,
  TextCondition,
} from '#shared/domain/playlists/playlist';
import type { RuleLanguage, TargetWorld } from './target';
import { dayAfter, daysOf, sayLeaf, treeOf, type Leaf, type Tree } from './tree';
import { knowsNothingOf, unsayable, type Unsayable } from './unsayable';

/** A criterion of an `.nsp` file: `{"is": {"title": "x"}}`, or a group. */
type Criterion = Readonly<Record<string, unknown>>;

const PLAYER = 'Navidrome';

const TEXTS: Readonly<Record<string, string>> = {
  title: 'title',
  artist: 'artist',
  albumArtist: 'albumartist',
  album: 'album',
  path: 'filepath',
};
/** Tags that its own mappings name; others are in no rule unless its administrator adds them. */
const TAGS = new Set(['COMPOSER', 'CONDUCTOR', 'LYRICIST', 'ARRANGER', 'REMIXER', 'COMMENT', 'GROUPING']);
const NUMBERS: Readonly<Record<string, string>> = {
  year: 'year',
  trackNumber: 'tracknumber',
  duration: 'duration',
  bitrate: 'bitrate',
  size: 'size',
};
const DATES: Readonly<Record<string, string>> = { added: 'dateadded', modified: 'datemodified' };
const ORDERS: Readonly<Partial<Record<Order['by'], string>>> = {
  ...{ path: 'filepath', title: 'title', artist: 'artist', album: 'album', year: 'year', duration: 'duration' },
  ...{ bitrate: 'bitrate', size: 'size', added: 'dateadded', modified: 'datemodified', random: 'random' },
};

/** More than any number that a file has. */
const MOST = 1e12;
const EVERY: Criterion = { gt: { playcount: -1 } };
const NO_TRACK: Criterion = { lt: { playcount: 0 } };

const all = (...parts: Criterion[]): Criterion => (parts.length === 1 ? parts[0]! : { all: parts });
const any = (...parts: Criterion[]): Criterion => (parts.length === 1 ? parts[0]! : { any: parts });

/**
 * Navidrome's smart playlists, `.nsp`: JSON with `all` or `any` of criteria, `sort`, `order` and `limit`.
 * https://www.navidrome.org/docs/usage/smart-playlists/ and the list of fields and operators in its issue 1417.
 *
 * It keeps 0 for a number that a file does not have; so numbers are compared above 0 here, and a 0 in a file counts as none.
 */
export const navidromeRules: RuleLanguage = {
  cannot: [
    ...knowsNothingOf(PLAYER, ['arc', 'rating', 'state', 'codec', 'sampleRate', 'folder']),
    'Navidrome has no regular expressions, no limits by playing time or size, and no opposites of “starts with” and “ends with”.',
  ],
  say(playlist, world) {
    const { name, comment, rule, order, limit } = playlist;
    const lacks = unsayable(PLAYER);
    const notes = new Set<string>();
    const criteria = group(treeOf(rule), world, lacks, notes);
    const sort = ORDERS[order.by] ?? lacks.order(order.by);
    if (order.by === 'random') notes.add('Navidrome shuffles anew each time.');
    if (limit && !('tracks' in limit)) lacks.limit(limit);
    const cannot = lacks.all();
    if (cannot.length > 0) return { cannot };
    const file = {
      name,
      ...(comment && { comment }),
      ...('all' in criteria || 'any' in criteria ? criteria : { all: [criteria] }),
      sort,
      order: 'descending' in order && order.descending ? 'desc' : 'asc',
      ...(limit && 'tracks' in limit && { limit: limit.tracks }),
    };
    return { text: `${JSON.stringify(file, null, 2)}\n`, notes: [...notes] };
  },
};

function group(tree: Tree, world: TargetWorld, lacks: Unsayable, notes: Set<string>): Criterion {
  if (!('join' in tree)) return leaf(tree, world, lacks, notes) ?? NO_TRACK;
  if (tree.parts.length === 0) return tree.join === 'all' ? EVERY : NO_TRACK;
  const parts = tree.parts.map((part) => group(part, world, lacks, notes));
  return tree.join === 'all' ? { all: parts } : { any: parts };
}

function leaf(
  { condition, negated }: Leaf,
  world: TargetWorld,
  lacks: Unsayable,
  notes: Set<string>,
): Criterion | null {
  const words = {
    text: (each: TextCondition) => text(each, negated, lacks, notes),
    label: (each: LabelCondition) => label(each, negated, world, lacks, notes),
    date: (each: DateCondition) => date(each, negated, lacks, notes),
    number: (each: NumberCondition) => number(each, negated, lacks),
  };
  return sayLeaf(condition, words, lacks);
}

const LETTERS = 'Navidrome tells capitals apart with “is”, and letters with accents from those without always.';

function text(condition: TextCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Criterion | null {
  const tag = condition.field === 'tag' ? textName(condition.tag ?? '') : null;
  if (tag !== null && !TAGS.has(tag)) return lacks.tell(`Navidrome has no rules for the tag ${tag}.`);
  const field = tag === null ? TEXTS[condition.field] : tag.toLowerCase();
  if (field === undefined) return lacks.field(condition.field);
  if (!('value' in condition)) {
    if (tag === null)
      return lacks.tell('Navidrome gives every track a title, an artist and an album, so that none lacks one.');
    return negated ? { notContains: { [field]: '' } } : { contains: { [field]: '' } };
  }
  const { op, value } = condition;
  if (op === 'matches') return lacks.comparison('regular expressions');
  if (field === 'filepath') {
    if (op !== 'contains' && op !== 'endsWith') return lacks.field('path');
    notes.add('Navidrome knows paths from its music folder on.');
  }
  if (field === 'albumartist') notes.add('Navidrome takes the artist for an album artist that a file does not have.');
  notes.add(LETTERS);
  if (op === 'is') return negated ? { isNot: { [field]: value } } : { is: { [field]: value } };
  if (/[%_]/.test(value)) return lacks.tell('Navidrome takes % and _ in a text for any letters.');
  if (op === 'contains') return negated ? { notContains: { [field]: value } } : { contains: { [field]: value } };
  if (negated) return lacks.comparison('what a text does not start or end with');
  return op === 'startsWith' ? { startsWith: { [field]: value } } : { endsWith: { [field]: value } };
}

function label(
  condition: LabelCondition,
  negated: boolean,
  world: TargetWorld,
  lacks: Unsayable,
  notes: Set<string>,
): Criterion | null {
  const field = /^(?:own)?(genre|mood)$/i.exec(condition.field)?.[1]?.toLowerCase() as 'genre' | 'mood' | undefined;
  if (!field) return lacks.field(condition.field);
  if (!('value' in condition)) return negated ? { notContains: { [field]: '' } } : { contains: { [field]: '' } };
  notes.add(LETTERS);
  const labels = world.labels(field, condition.op === 'is' ? 'is' : 'isWithin', condition.value);
  if (negated) return all(...labels.map((each) => ({ isNot: { [field]: each } })));
  return any(...labels.map((each) => ({ is: { [field]: each } })));
}

function number(condition: NumberCondition, negated: boolean, lacks: Unsayable): Criterion | null {
  const field = NUMBERS[condition.field];
  if (field === undefined) return lacks.field(condition.field);
  const over = (value: number): Criterion => ({ gt: { [field]: value } });
  const under = (value: number): Criterion => ({ lt: { [field]: value } });
  const within = (from: number, to: number): Criterion => ({ inTheRange: { [field]: [from, to] } });
  const none: Criterion = { is: { [field]: 0 } };
  switch (condition.op) {
    case 'present':
    case 'missing':
      return negated ? none : over(0);
    case 'over': {
      const least = Math.max(condition.value, 0);
      return negated ? within(0, least) : over(least);
    }
    case 'under':
      if (condition.value <= 0) return negated ? EVERY : NO_TRACK;
      return negated ? any(none, within(condition.value, MOST)) : all(over(0), under(condition.value));
    case 'atLeast':
      if (condition.value <= 0) return negated ? none : over(0);
      return negated ? under(condition.value) : within(condition.value, MOST);
    case 'atMost':
      if (condition.value <= 0) return negated ? EVERY : NO_TRACK;
      return negated ? any(none, over(condition.value)) : all(over(0), within(0, condition.value));
    case 'between':
      if (condition.to <= 0) return negated ? EVERY : NO_TRACK;
      if (condition.from <= 0) return negated ? any(none, over(condition.to)) : all(over(0), within(0, condition.to));
      return negated ? any(under(condition.from), over(condition.to)) : within(condition.from, condition.to);
    case 'is':
    case 'isNot':
      if (condition.value <= 0) return negated ? EVERY : NO_TRACK;
      return negated ? { isNot: { [field]: condition.value } } : { is: { [field]: condition.value } };
  }
}

function date(condition: DateCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Criterion | null {
  const field = DATES[condition.field];
  if (field === undefined) return lacks.field(condition.field);
  notes.add(
    condition.field === 'added'
      ? 'Navidrome counts from when it saw a file first itself, in days of UTC.'
      : 'Navidrome counts in days of UTC.',
  );
  const from = (day: string): Criterion => ({ after: { [field]: day } });
  const before = (day: string): Criterion => ({ before: { [field]: day } });
  switch (condition.op) {
    case 'present':
    case 'missing':
      return negated ? NO_TRACK : EVERY;
    case 'before':
      return negated ? from(condition.value) : before(condition.value);
    case 'after':
      return negated ? before(dayAfter(condition.value)) : from(dayAfter(condition.value));
    case 'on':
    case 'between': {
      const [first, last] = daysOf(condition);
      return negated ? any(before(first), from(dayAfter(last))) : all(from(first), before(dayAfter(last)));
    }
    case 'inLast':
    case 'inLastNot':
      if (!Number.isInteger(condition.days)) return lacks.comparison('parts of a day');
      return negated ? { notInTheLast: { [field]: condition.days } } : { inTheLast: { [field]: condition.days } };
  }
}
