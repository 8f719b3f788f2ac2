import { textName } from '#shared/domain/tag-names';
import type { DateCondition, LabelCondition, NumberCondition, TextCondition } from '#shared/domain/playlists/playlist';
import type { RuleLanguage, TargetWorld } from './target';
import { dayAfter, literally, sayLeaf, treeOf, type Leaf, type Tree } from './tree';
import { knowsNothingOf, unsayable, type Unsayable } from './unsayable';

const PLAYER = 'MPD';

const TEXTS: Readonly<Record<string, string>> = {
  title: 'Title',
  artist: 'Artist',
  albumArtist: 'AlbumArtist',
  album: 'Album',
};
const TAGS: Readonly<Record<string, string>> = {
  ...{ COMPOSER: 'Composer', CONDUCTOR: 'Conductor', PERFORMER: 'Performer', GROUPING: 'Grouping' },
  ...{ COMMENT: 'Comment', LABEL: 'Label', WORK: 'Work' },
};

/** Years that a filter can list: dates are texts there. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2099;

const NEVER = '((Title == "") AND (Title != ""))';
const EVERY = `(!${NEVER})`;
const not = (filter: string): string => `(!${filter})`;
const every = (filters: readonly string[]): string =>
  filters.length === 1 ? filters[0]! : filters.length === 0 ? EVERY : `(${filters.join(' AND ')})`;
/** There is no OR: any of them holds unless none does. */
const some = (filters: readonly string[]): string =>
  filters.length === 1 ? filters[0]! : filters.length === 0 ? NEVER : not(every(filters.map(not)));
const text = (value: string): string => `"${value.replace(/["'\\]/g, '\\$&')}"`;

/**
 * A filter of MPD, for `search` and `searchadd`, which take no notice of case (`mpc search FILTER`). MPD keeps no rules: what it plays is a
 * stored playlist. https://mpd.readthedocs.io/en/stable/protocol.html#filters
 */
export const mpdRules: RuleLanguage = {
  cannot: [
    'MPD keeps no rules: a playlist is the list of tracks as it is when it is written. A filter finds tracks once.',
    ...knowsNothingOf(PLAYER, ['state', 'rating', 'mood', 'codec', 'bitrate', 'size', 'added']),
    'Its filters compare no numbers but years, and no times that move on, such as the last 30 days.',
  ],
  say({ rule, order, limit }, world) {
    const lacks = unsayable(PLAYER);
    const notes = new Set<string>(['Use it with “search”, which takes no notice of case.']);
    const filter = filterOf(treeOf(rule), world, lacks, notes);
    const cannot = lacks.all();
    if (cannot.length > 0) return { cannot };
    if (order.by !== 'path' || limit) notes.add('A filter says nothing of order and limit.');
    return { text: filter, notes: [...notes] };
  },
};

function filterOf(tree: Tree, world: TargetWorld, lacks: Unsayable, notes: Set<string>): string {
  if (!('join' in tree)) return leaf(tree, world, lacks, notes);
  const parts = tree.parts.map((part) => filterOf(part, world, lacks, notes));
  return tree.join === 'all' ? every(parts) : some(parts);
}

function leaf({ condition, negated }: Leaf, world: TargetWorld, lacks: Unsayable, notes: Set<string>): string {
  const words = {
    text: (each: TextCondition) => textFilter(each, lacks, notes),
    label: (each: LabelCondition) => labelFilter(each, world, lacks),
    date: (each: DateCondition) => dateFilter(each, lacks),
    number: (each: NumberCondition) => numberFilter(each, lacks, notes),
  };
  const filter = sayLeaf(condition, words, lacks) ?? NEVER;
  return negated ? not(filter) : filter;
}

function textFilter(condition: TextCondition, lacks: Unsayable, notes: Set<string>): string | null {
  const tag = condition.field === 'tag' ? textName(condition.tag ?? '') : null;
  const field = tag !== null ? TAGS[tag] : condition.field === 'path' ? 'file' : TEXTS[condition.field];
  if (field === undefined)
    return tag === null ? lacks.field(condition.field) : lacks.tell(`MPD does not keep the tag ${tag}.`);
  if (!('value' in condition)) return field === 'file' ? EVERY : `(${field} != "")`;
  const { op, value } = condition;
  if (field === 'file') {
    if (op !== 'contains' && op !== 'endsWith') return lacks.field('path');
    notes.add('MPD knows paths from its music directory on.');
  }
  if (field === 'AlbumArtist') notes.add('MPD takes the artist for an album artist that a file does not have.');
  switch (op) {
    case 'is':
      return value === '' ? NEVER : `(${field} == ${text(value)})`;
    case 'contains':
      return value === '' ? `(${field} != "")` : `(${field} contains ${text(value)})`;
    case 'startsWith':
      return `(${field} =~ ${text(`^${literally(value)}`)})`;
    case 'endsWith':
      return `(${field} =~ ${text(`${literally(value)}$`)})`;
    case 'matches':
    case 'isNot':
    case 'containsNot':
      return lacks.comparison('regular expressions as they are written here');
  }
}

function labelFilter(condition: LabelCondition, world: TargetWorld, lacks: Unsayable): string | null {
  if (condition.field !== 'genre' && condition.field !== 'ownGenre') return lacks.field(condition.field);
  if (!('value' in condition)) return '(Genre != "")';
  const labels = world.labels('genre', condition.op === 'is' ? 'is' : 'isWithin', condition.value);
  return some(labels.map((label) => `(Genre == ${text(label)})`));
}

function numberFilter(condition: NumberCondition, lacks: Unsayable, notes: Set<string>): string | null {
  if (condition.field !== 'year') return lacks.field(condition.field);
  if (condition.op === 'present') return '(Date != "")';
  const [from, to] = yearsOf(condition);
  const years: number[] = [];
  for (let year = Math.max(from, FIRST_YEAR); year <= Math.min(to, LAST_YEAR); year++) years.push(year);
  if (from < FIRST_YEAR || to > LAST_YEAR) notes.add(`Only years from ${FIRST_YEAR} to ${LAST_YEAR} are listed.`);
  return years.length === 0 ? NEVER : `(Date =~ ${text(`^(${years.join('|')})`)})`;
}

/** The first and the last whole year that a test holds of. */
function yearsOf(test: NumberCondition): readonly [number, number] {
  switch (test.op) {
    case 'over':
      return [Math.floor(test.value) + 1, Infinity];
    case 'atLeast':
      return [Math.ceil(test.value), Infinity];
    case 'under':
      return [-Infinity, Math.ceil(test.value) - 1];
    case 'atMost':
      return [-Infinity, Math.floor(test.value)];
    case 'between':
      return [Math.ceil(test.from), Math.floor(test.to)];
    case 'is':
    case 'isNot':
      return [Math.ceil(test.value), Math.floor(test.value)];
    case 'missing':
    case 'present':
      return [1, 0];
  }
}

function dateFilter(condition: DateCondition, lacks: Unsayable): string | null {
  if (condition.field !== 'modified') return lacks.field(condition.field);
  const since = (day: string): string => `(modified-since "${day}T00:00:00Z")`;
  switch (condition.op) {
    case 'before':
      return not(since(condition.value));
    case 'after':
      return since(dayAfter(condition.value));
    case 'on':
      return every([since(condition.value), not(since(dayAfter(condition.value)))]);
    case 'between':
      return every([since(condition.from), not(since(dayAfter(condition.to)))]);
    case 'inLast':
    case 'inLastNot':
      return lacks.comparison('times that move on');
    case 'missing':
    case 'present':
      return EVERY;
  }
}
