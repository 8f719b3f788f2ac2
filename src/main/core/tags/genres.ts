import { ID3V1_GENRES } from './id3v1-genres';

/** ID3v1's genre number of a name (exact but for case), or 255, which stands for none. */
export function id3v1GenreByte(name: string | undefined): number {
  if (name === undefined) return 255;
  const wanted = name.toLowerCase();
  const index = ID3V1_GENRES.findIndex((genre) => genre.toLowerCase() === wanted);
  return index < 0 ? 255 : index;
}

/** The name of an ID3v1 genre number, or null for 255 and other numbers without a name. */
export const id3v1GenreName = (byte: number): string | null => ID3V1_GENRES[byte] ?? null;

const reference = (id: string): string | null => {
  if (id === 'RX') return 'Remix';
  if (id === 'CR') return 'Cover';
  return id3v1GenreName(Number(id));
};

/**
 * The names that one value of a TCON frame stands for. ID3v2.3.0 section 4.2.1 TCON: references in parentheses, then an optional
 * refinement, `((` for a real parenthesis; ID3v2.4.0 frames section 4.2.3: a bare number, RX or CR. Both are found in tags of
 * either version, so both are understood in both. A number without a name stays as it is written.
 */
export function resolveGenre(value: string): string[] {
  const text = value.trim();
  if (/^(\d{1,3}|RX|CR)$/.test(text)) {
    if (text === '255') return [];
    return [reference(text) ?? text];
  }
  const names: string[] = [];
  let rest = text;
  for (let match; (match = /^\((\d{1,3}|RX|CR)\)/.exec(rest)); rest = rest.slice(match[0].length).trimStart()) {
    const name = reference(match[1] ?? '');
    if (name !== null) names.push(name);
    else if (match[1] !== '255') names.push(match[0]);
  }
  if (rest.startsWith('((')) rest = rest.slice(1);
  if (rest !== '' && !names.includes(rest)) names.push(rest);
  return names;
}

/** A name as one value of an ID3v2.3 or 2.2 TCON frame: a leading parenthesis is doubled, so that it is no reference. */
export const escapeGenreV23 = (name: string): string => (name.startsWith('(') ? `(${name}` : name);
