import { textName } from '#shared/domain/tag-names';
import type {
  DateCondition,
  LabelCondition,
  NumberCondition,
  Order,
  TextCondition,
} from '#shared/domain/playlists/playlist';
import type { RuleLanguage, TargetWorld } from './target';
import { dayAfter, literally, sayLeaf, treeOf, type Leaf, type Tree } from './tree';
import { knowsNothingOf, unsayable, type Unsayable } from './unsayable';

const PLAYER = 'beets';

/** Terms that must all hold: `artist:=~x`, `^year:..0`. */
type Terms = readonly string[];
/** Alternatives: any of them is enough. */
type Query = readonly Terms[];

const TEXTS: Readonly<Record<string, string>> = {
  title: 'title',
  artist: 'artist',
  albumArtist: 'albumartist',
  album: 'album',
};
const TAGS: Readonly<Record<string, string>> = { COMMENT: 'comments', GROUPING: 'grouping' };
const NUMBERS: Readonly<Record<string, readonly [string, number]>> = {
  year: ['year', 1],
  trackNumber: ['track', 1],
  duration: ['length', 1],
  bitrate: ['bitrate', 1000],
  sampleRate: ['samplerate', 1],
};
const DATES: Readonly<Record<string, string>> = { added: 'added', modified: 'mtime' };
const ORDERS: Readonly<Partial<Record<Order['by'], string>>> = {
  ...{ path: 'path', title: 'title', artist: 'artist', album: 'album', year: 'year', duration: 'length' },
  ...{ bitrate: 'bitrate', added: 'added', modified: 'mtime' },
};

/** More alternatives nobody can read. */
const MOST_ALTERNATIVES = 64;
const EVERY: Query = [[]];
const NO_TRACK: Query = [];
/** No track is shorter than nothing. */
const NEVER = 'length:..-1';

/**
 * Queries of beets, as its plugin smartplaylist takes them: terms of which all hold, and a comma between alternatives. A term is turned
 * round by `^`; `:=~` compares whole texts and `::` by a regular expression of Python, which is how one of several genres is asked for.
 * https://beets.readthedocs.io/en/stable/reference/query.html and https://beets.readthedocs.io/en/stable/plugins/smartplaylist.html
 *
 * It keeps 0 for a number that a file does not have.
 */
export const beetsRules: RuleLanguage = {
  cannot: [
    ...knowsNothingOf(PLAYER, ['arc', 'state', 'rating', 'mood', 'codec', 'size']),
    'beets’ smart playlists have no limits and no random order.',
  ],
  say({ rule, order, limit }, world) {
    const lacks = unsayable(PLAYER);
    const notes = new Set<string>();
    const query = alternatives(treeOf(rule), world, lacks, notes);
    const sort =
      ORDERS[order.by] ?? (order.by === 'random' ? lacks.tell('beets has no random order.') : lacks.order(order.by));
    if (limit) lacks.tell('beets can’t limit a playlist.');
    const cannot = lacks.all();
    if (cannot.length > 0) return { cannot };
    const direction = 'descending' in order && order.descending ? '-' : '+';
    const parts = query.length > 0 ? query : [[NEVER]];
    const text = `${parts.map((terms) => terms.map(quoted).join(' ')).join(' , ')} ${sort}${direction}`;
    return { text: text.trim(), notes: [...notes] };
  },
};

/** The section of beets' configuration that keeps a playlist. https://beets.readthedocs.io/en/stable/plugins/smartplaylist.html */
export function beetsConfiguration(playlistFile: string, query: string): string {
  // $ and % begin templates in a playlist's name.
  const name = playlistFile.replace(/[$%]/g, '_');
  return [
    '# For the configuration of beets (beet config -e), with smartplaylist among its plugins.',
    'smartplaylist:',
    '  playlists:',
    `    - name: ${JSON.stringify(name)}`,
    `      query: ${JSON.stringify(query)}`,
    '',
  ].join('\n');
}

/** As a POSIX shell, and Python's shlex, take a text for one word. */
const quoted = (term: string): string => (/^[\w@%+=:./-]+$/.test(term) ? term : `'${term.replaceAll("'", `'\\''`)}'`);

/** The disjunctive normal form. */
function alternatives(tree: Tree, world: TargetWorld, lacks: Unsayable, notes: Set<string>): Query {
  if (!('join' in tree)) return leaf(tree, world, lacks, notes) ?? NO_TRACK;
  const parts = tree.parts.map((part) => alternatives(part, world, lacks, notes));
  if (tree.join === 'any') return parts.flat();
  let product: Query = EVERY;
  for (const part of parts) {
    product = product.flatMap((terms) => part.map((more) => [...terms, ...more]));
    if (product.length > MOST_ALTERNATIVES) {
      lacks.tell('beets’ queries have no groups within groups, and this rule would need too many alternatives.');
      return NO_TRACK;
    }
  }
  return product;
}

function leaf({ condition, negated }: Leaf, world: TargetWorld, lacks: Unsayable, notes: Set<string>): Query | null {
  const words = {
    text: (each: TextCondition) => text(each, negated, lacks, notes),
    label: (each: LabelCondition) => label(each, negated, world, lacks, notes),
    date: (each: DateCondition) => date(each, negated, lacks, notes),
    number: (each: NumberCondition) => number(each, negated, lacks),
  };
  return sayLeaf(condition, words, lacks);
}

const term = (negated: boolean, text: string): Query => [[negated ? `^${text}` : text]];
const LETTERS = 'beets tells letters with accents from those without.';

function text(condition: TextCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Query | null {
  const tag = condition.field === 'tag' ? textName(condition.tag ?? '') : null;
  const field = tag === null ? TEXTS[condition.field] : TAGS[tag];
  if (field === undefined)
    return tag === null ? lacks.field(condition.field) : lacks.tell(`beets does not keep the tag ${tag}.`);
  const present = `${field}::.`;
  if (!('value' in condition)) return term(negated, present);
  const { op, value } = condition;
  if (op === 'matches') return lacks.comparison('regular expressions as they are written here');
  notes.add(LETTERS);
  if (value === '') return op === 'is' ? (negated ? EVERY : NO_TRACK) : term(negated, present);
  const pattern = `(?i)${literally(value)}`;
  switch (op) {
    case 'is':
      return term(negated, `${field}:=~${value}`);
    case 'startsWith':
      return term(negated, `${field}::(?i)^${literally(value)}`);
    case 'endsWith':
      return term(negated, `${field}::${pattern}\\Z`);
    case 'contains':
    case 'containsNot':
    case 'isNot':
      // What begins so would be read as another kind of term.
      return term(negated, /^[:=~]/.test(value) ? `${field}::${pattern}` : `${field}:${value}`);
  }
}

function label(
  condition: LabelCondition,
  negated: boolean,
  world: TargetWorld,
  lacks: Unsayable,
  notes: Set<string>,
): Query | null {
  if (condition.field !== 'genre' && condition.field !== 'ownGenre') return lacks.field(condition.field);
  if (!('value' in condition)) return term(negated, 'genres::.');
  notes.add('Several genres of a track are kept by beets 2.6 and later.');
  notes.add(LETTERS);
  const labels = world.labels('genre', condition.op === 'is' ? 'is' : 'isWithin', condition.value);
  // Values stand in its database with \␀ between them, and with "; " where they are shown.
  return term(negated, `genres::(?i)(^|; |␀)(${labels.map(literally).join('|')})(; |\\\\␀|$)`);
}

function number(condition: NumberCondition, negated: boolean, lacks: Unsayable): Query | null {
  const known = NUMBERS[condition.field];
  if (!known) return lacks.field(condition.field);
  const [field, scale] = known;
  const within = (from: number | null, to: number | null): string =>
    `${field}:${from === null ? '' : from * scale}..${to === null ? '' : to * scale}`;
  const none = within(null, 0);
  switch (condition.op) {
    case 'present':
    case 'missing':
      return term(!negated, none);
    case 'over':
      return term(!negated, within(null, Math.max(condition.value, 0)));
    case 'atLeast':
      return condition.value <= 0 ? term(!negated, none) : term(negated, within(condition.value, null));
    case 'under':
      if (condition.value <= 0) return negated ? EVERY : NO_TRACK;
      return negated ? [[none], [within(condition.value, null)]] : [[`^${none}`, `^${within(condition.value, null)}`]];
    case 'atMost':
      return upTo(condition.value);
    case 'between':
      return condition.from > 0 ? term(negated, within(condition.from, condition.to)) : upTo(condition.to);
    case 'is':
    case 'isNot':
      if (condition.value <= 0) return negated ? EVERY : NO_TRACK;
      return term(negated, within(condition.value, condition.value));
  }

  function upTo(most: number): Query {
    if (most <= 0) return negated ? EVERY : NO_TRACK;
    return negated ? [[none], [`^${within(null, most)}`]] : [[`^${none}`, within(null, most)]];
  }
}

function date(condition: DateCondition, negated: boolean, lacks: Unsayable, notes: Set<string>): Query | null {
  const field = DATES[condition.field];
  if (field === undefined) return lacks.field(condition.field);
  if (field === 'added') notes.add('beets counts from when a file was imported there.');
  switch (condition.op) {
    case 'present':
    case 'missing':
      return negated ? NO_TRACK : EVERY;
    case 'before':
      return term(!negated, `${field}:${condition.value}..`);
    case 'after':
      return term(negated, `${field}:${dayAfter(condition.value)}..`);
    case 'on':
      return term(negated, `${field}:${condition.value}`);
    case 'between':
      return term(negated, `${field}:${condition.from}..${condition.to}`);
    case 'inLast':
    case 'inLastNot':
      if (!Number.isInteger(condition.days)) return lacks.comparison('parts of a day');
      return term(negated, `${field}:-${condition.days}d..`);
  }
}
