const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f]/g;
/** Names that Windows keeps for devices, with whatever extension. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** File systems give a name 255 bytes; some (eCryptfs) 143. A temporary name beside it is cut to fit by itself. */
const MAX_BYTES = 140;

/**
 * A playlist's name as the name of its file: what some file system can't hold is `_`, and it is not hidden. Never a path.
 *
 * @param extension with the dot
 */
export function fileNameFor(name: string, extension: string): string {
  const plain = name
    .replace(/\p{Surrogate}/gu, '_')
    .normalize('NFC')
    .replace(FORBIDDEN, '_')
    .replace(/^\.+/, (dots) => '_'.repeat(dots.length));
  const stem = trimmed(shortened(trimmed(plain), MAX_BYTES - extension.length));
  const safe = RESERVED.test(stem) ? `_${stem}` : stem;
  return (safe === '' ? 'playlist' : safe) + extension;
}

/** Windows drops spaces and dots at the end of a name. */
const trimmed = (text: string): string => text.trim().replace(/[. ]+$/, '');

function shortened(text: string, bytes: number): string {
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
  let left = bytes;
  let stem = '';
  for (const letter of letters) {
    left -= utf8Length(letter);
    if (left < 0) break;
    stem += letter;
  }
  return stem;
}

const utf8Length = (text: string): number => {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
};

/**
 * Names of files for playlists that lie in one folder, each another also where case does not count: `Rock`, `rock (2)`.
 * The earlier in the list keeps its name.
 */
export function fileNamesFor(names: readonly string[], extension: string): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    for (let nth = 1; ; nth++) {
      const file = fileNameFor(name, nth === 1 ? extension : ` (${nth})${extension}`);
      const key = file.normalize('NFC').toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return file;
    }
  });
}
