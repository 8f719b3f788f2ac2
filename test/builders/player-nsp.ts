/**
 * What Navidrome finds by an `.nsp` file, written from its documentation (https://www.navidrome.org/docs/usage/smart-playlists/: groups
 * `all` and `any`, the operators below, ranges with both ends in them, dates as YYYY-MM-DD) and from how SQLite compares: `contains`,
 * `startsWith` and `endsWith` are LIKE, with % and _ for any letters; a genre's or a mood's rule asks for one of a track's values.
 */
export interface NavidromeTrack {
  readonly [field: string]: string | number | readonly string[];
}

const DAY = 24 * 3600 * 1000;

export function navidromeFinds(nsp: string, tracks: readonly NavidromeTrack[], now: number): NavidromeTrack[] {
  const file = JSON.parse(nsp) as Record<string, unknown>;
  const rule = 'all' in file ? { all: file['all'] } : { any: file['any'] };
  return tracks.filter((track) => satisfies(rule, track, now));
}

function satisfies(criterion: Record<string, unknown>, track: NavidromeTrack, now: number): boolean {
  const [[operator, what]] = Object.entries(criterion) as [[string, unknown]];
  if (operator === 'all' || operator === 'any') {
    const parts = what as Record<string, unknown>[];
    if (parts.length === 0) throw new Error('Navidrome has no empty groups');
    return operator === 'all'
      ? parts.every((part) => satisfies(part, track, now))
      : parts.some((part) => satisfies(part, track, now));
  }
  const [[field, value]] = Object.entries(what as Record<string, unknown>) as [[string, unknown]];
  const has = track[field];
  if (has === undefined) throw new Error(`Navidrome has no field ${field}`);
  const values = Array.isArray(has) ? (has as string[]) : [has as string | number];
  const some = (test: (each: string | number) => boolean): boolean => values.some(test);
  const like = (before: string, after: string) => {
    const pattern = String(value)
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.');
    return (each: string | number): boolean => new RegExp(`^${before}${pattern}${after}$`, 'is').test(String(each));
  };
  const day = (text: unknown): number => Date.parse(`${text as string}T00:00:00Z`);
  const ago = now - Number(value) * DAY;
  switch (operator) {
    case 'is':
      return some((each) => each === value);
    case 'isNot':
      return !some((each) => each === value);
    case 'gt':
      return some((each) => Number(each) > (value as number));
    case 'lt':
      return some((each) => Number(each) < (value as number));
    case 'contains':
      return some(like('.*', '.*'));
    case 'notContains':
      return !some(like('.*', '.*'));
    case 'startsWith':
      return some(like('', '.*'));
    case 'endsWith':
      return some(like('.*', ''));
    case 'inTheRange': {
      const [from, to] = value as [number, number];
      return some((each) => Number(each) >= from && Number(each) <= to);
    }
    case 'after':
      return some((each) => Number(each) > day(value));
    case 'before':
      return some((each) => Number(each) < day(value));
    case 'inTheLast':
      return some((each) => Number(each) > ago);
    case 'notInTheLast':
      return some((each) => Number(each) < ago);
    default:
      throw new Error(`Navidrome has no operator ${operator}`);
  }
}
