/**
 * What Kodi finds by an `.xsp` file of songs, written from https://kodi.wiki/view/Smart_playlists/Rules_and_groupings: all matching is
 * without regard to case; `match` is `all` or `one`; of several values of a rule one is enough; `between` takes two, which both belong to it; a
 * rule about genres or artists asks for one of a song's. Numbers that a file lacks are 0.
 */
export interface KodiSong {
  readonly [field: string]: string | number | readonly string[];
}

interface Rule {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

const DAY = 24 * 3600 * 1000;
const NUMBERS = new Set(['year', 'time', 'userrating', 'musicbitrate', 'samplerate']);
const DATES = new Set(['dateadded', 'datemodified']);

export function kodiFinds(xsp: string, songs: readonly KodiSong[], now: number): KodiSong[] {
  const { match, rules } = parse(xsp);
  return songs.filter((song) => {
    const holds = rules.map((rule) => satisfies(rule, song, now));
    return match === 'all' ? holds.every(Boolean) : holds.some(Boolean);
  });
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function parse(xsp: string): { match: string; rules: Rule[] } {
  if (!xsp.includes('<smartplaylist type="songs">')) throw new Error('not a playlist of songs');
  const rules = [...xsp.matchAll(/<rule field="(\w+)" operator="(\w+)">(.*?)<\/rule>/gs)].map(
    ([, field, operator, inner]) => ({
      field: field!,
      operator: operator!,
      values: [...inner!.matchAll(/<value>(.*?)<\/value>/gs)].map(([, value]) => unescaped(value!)),
    }),
  );
  return { match: /<match>(\w+)<\/match>/.exec(xsp)![1]!, rules };
}

function satisfies({ field, operator, values }: Rule, song: KodiSong, now: number): boolean {
  const has = song[field];
  if (has === undefined) throw new Error(`Kodi has no field ${field}`);
  if (NUMBERS.has(field))
    return compares(
      operator,
      has as number,
      values.map((value) => numberOf(field, value)),
    );
  if (DATES.has(field)) return dates(operator, has as number, values, now);
  const texts = (Array.isArray(has) ? (has as string[]) : [has as string]).map((text) => text.toLowerCase());
  const test = (compare: (text: string, value: string) => boolean): boolean =>
    values.some((value) => texts.some((text) => compare(text, value.toLowerCase())));
  switch (operator) {
    case 'is':
      return test((text, value) => text === value);
    case 'isnot':
      return !test((text, value) => text === value);
    case 'contains':
      return test((text, value) => text.includes(value));
    case 'doesnotcontain':
      return !test((text, value) => text.includes(value));
    case 'startswith':
      return test((text, value) => text.startsWith(value));
    case 'endswith':
      return test((text, value) => text.endsWith(value));
    default:
      throw new Error(`Kodi compares no text by ${operator}`);
  }
}

function numberOf(field: string, value: string): number {
  if (field !== 'time') return Number(value);
  return value.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

function compares(operator: string, number: number, values: readonly number[]): boolean {
  const [first = NaN, second = NaN] = values;
  switch (operator) {
    case 'is':
      return number === first;
    case 'isnot':
      return number !== first;
    case 'greaterthan':
      return number > first;
    case 'lessthan':
      return number < first;
    case 'between':
      return number >= first && number <= second;
    default:
      throw new Error(`Kodi compares no number by ${operator}`);
  }
}

function dates(operator: string, at: number, [value = '']: readonly string[], now: number): boolean {
  const day = Date.parse(`${value}T00:00:00Z`);
  const days = Number(/^(\d+) days$/.exec(value)?.[1]);
  switch (operator) {
    case 'after':
      return at > day;
    case 'before':
      return at < day;
    case 'inthelast':
      return at > now - days * DAY;
    case 'notinthelast':
      return at < now - days * DAY;
    default:
      throw new Error(`Kodi compares no date by ${operator}`);
  }
}
