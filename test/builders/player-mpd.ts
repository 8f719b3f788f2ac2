/**
 * What MPD finds with `search` and a filter, written from https://mpd.readthedocs.io/en/stable/protocol.html#filters: a tag with several
 * values matches if one of them does, `!=` if none does, and an empty value if there is no such tag; search takes no notice of case.
 */
export interface MpdSong {
  readonly [tag: string]: readonly string[] | number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

type Test = (song: MpdSong) => boolean;

export function mpdFinds(filter: string, songs: readonly MpdSong[]): MpdSong[] {
  const [test, rest] = expression(filter);
  if (rest !== '') throw new Error(`MPD can't read ${rest}`);
  return songs.filter(test);
}

const expect = (text: string, start: string): string => {
  if (!text.startsWith(start)) throw new Error(`MPD expects ${start} at ${text}`);
  return text.slice(start.length);
};

function expression(text: string): [Test, string] {
  const inner = expect(text, '(');
  if (inner.startsWith('!')) {
    const [test, rest] = expression(inner.slice(1));
    return [(song) => !test(song), expect(rest, ')')];
  }
  if (!inner.startsWith('(')) return comparison(inner);
  const parts: Test[] = [];
  for (let rest = inner; ;) {
    const [test, after] = expression(rest);
    parts.push(test);
    if (after.startsWith(')')) return [(song) => parts.every((part) => part(song)), after.slice(1)];
    rest = expect(after, ' AND ');
  }
}

function comparison(text: string): [Test, string] {
  const read = /^([\w-]+) (?:(==|!=|=~|contains) )?"((?:\\.|[^"\\])*)"\)/s.exec(text);
  if (!read) throw new Error(`MPD can't read ${text}`);
  const [whole, tag = '', operator, quoted = ''] = read;
  const value = quoted.replace(/\\(.)/gs, '$1');
  const rest = text.slice(whole.length);
  if (tag === 'modified-since') return [({ modified }) => modified >= Date.parse(value), rest];
  const values = (song: MpdSong): readonly string[] => {
    const has = song[tag];
    if (!Array.isArray(has)) throw new Error(`MPD has no tag ${tag}`);
    return has as readonly string[];
  };
  const same = (song: MpdSong): boolean =>
    value === '' ? values(song).length === 0 : values(song).some((one) => one.toLowerCase() === value.toLowerCase());
  switch (operator) {
    case '==':
      return [same, rest];
    case '!=':
      return [(song) => !same(song), rest];
    case 'contains':
      return [(song) => values(song).some((one) => one.toLowerCase().includes(value.toLowerCase())), rest];
    case '=~':
      return [(song) => values(song).some((one) => new RegExp(value, 'i').test(one)), rest];
    case undefined:
    default:
      throw new Error(`MPD has no ${operator ?? 'comparison'} for ${tag}`);
  }
}
