import { concat, fromLatin1, latin1 } from '../../core/tags/bytes';

/** A text frame's content: the encoding byte and the strings, which NULs part. */
export interface Id3Text {
  readonly encoding: number;
  readonly strings: readonly string[];
  /** Of comments, whose first string is a description: the three bytes of ISO 639-2 before it, as they are. */
  readonly language?: string;
}

/**
 * Decodes `<encoding byte><text>` (ID3v2.3.0 section 3.3, ID3v2.4.0 structure section 4): 0 ISO-8859-1, 1 UTF-16 with byte order
 * mark, 2 UTF-16BE, 3 UTF-8. Strings are parted by NULs; one at the end parts nothing.
 * @returns null if the bytes are not text in the encoding they name.
 */
export function decodeText(data: Uint8Array): Id3Text | null {
  const encoding = data[0];
  if (encoding === undefined) return { encoding: 0, strings: [] };
  if (encoding > 3) return null;
  const strings: string[] = [];
  let littleEndian: boolean | null = encoding === 2 ? false : null;
  for (const part of splitAtNul(textBytes(data, encoding), encoding === 1 || encoding === 2)) {
    const decoded = decodeString(part, encoding, littleEndian);
    if (decoded === null) return null;
    littleEndian ??= decoded.littleEndian;
    strings.push(decoded.text);
  }
  if (strings.at(-1) === '') strings.pop();
  return { encoding, strings };
}

/** Decodes a comment: `<encoding byte><three bytes of language><description>NUL<text>` (ID3v2.3.0 section 4.11). */
export function decodeComment(data: Uint8Array): Id3Text | null {
  if (data.length < 4) return null;
  const text = decodeText(concat(data.subarray(0, 1), data.subarray(4)));
  return text && { ...text, language: fromLatin1(data.subarray(1, 4)) };
}

/** A lone zero byte at the end of UTF-16 is a common slip of writers that end every text with a single zero. */
function textBytes(data: Uint8Array, encoding: number): Uint8Array {
  const odd = (encoding === 1 || encoding === 2) && data.length % 2 === 0;
  return odd && data.at(-1) === 0 ? data.subarray(1, -1) : data.subarray(1);
}

function splitAtNul(bytes: Uint8Array, wide: boolean): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const step = wide ? 2 : 1;
  let start = 0;
  for (let at = 0; at + step <= bytes.length; at += step) {
    if (bytes[at] !== 0 || (wide && bytes[at + 1] !== 0)) continue;
    parts.push(bytes.subarray(start, at));
    start = at + step;
  }
  parts.push(bytes.subarray(start));
  return parts;
}

function decodeString(
  bytes: Uint8Array,
  encoding: number,
  inherited: boolean | null,
): { text: string; littleEndian: boolean | null } | null {
  if (encoding === 0) return { text: fromLatin1(bytes), littleEndian: null };
  try {
    if (encoding === 3) return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), littleEndian: null };
    if (bytes.length === 0) return { text: '', littleEndian: inherited };
    const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? true : bytes[0] === 0xfe && bytes[1] === 0xff ? false : null;
    const littleEndian = mark ?? inherited;
    if (littleEndian === null) return null; // UTF-16 whose byte order nobody knows
    const decoder = new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be', { fatal: true });
    return { text: decoder.decode(bytes), littleEndian };
  } catch {
    return null;
  }
}

const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);
const isLatin1 = (text: string): boolean => [...text].every((char) => char.charCodeAt(0) < 256 && char.length === 1);

/** UTF-16 little endian with a byte order mark, as ID3v2.2 and 2.3 have it. */
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

/**
 * Chooses the plainest encoding that holds the text: ISO-8859-1 for ASCII, else UTF-8 in 2.4 and UTF-16 before. `keepLatin1` keeps
 * accented text in the 8-bit encoding that it was read from, where it might be a code page that we misread.
 */
export function chooseEncoding(text: string, version: number, keepLatin1: boolean): 0 | 1 | 3 {
  if (isAscii(text) || (keepLatin1 && isLatin1(text))) return 0;
  return version === 4 ? 3 : 1;
}

/** Encodes strings parted (not ended) by NULs. */
export function encodeStrings(strings: readonly string[], encoding: 0 | 1 | 3): Uint8Array {
  const parts: Uint8Array[] = [];
  strings.forEach((text, index) => {
    if (index > 0) parts.push(new Uint8Array(encoding === 1 ? 2 : 1));
    parts.push(encoding === 0 ? latin1(text) : encoding === 3 ? new TextEncoder().encode(text) : utf16(text));
  });
  return concat(...parts);
}
