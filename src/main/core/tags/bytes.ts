/** Small helpers over bytes, shared by the format adapters. Multi-byte numbers are unsigned. */

/** The byte at `offset`; 0 beyond the end, which every caller has ruled out by length. */
export const byteAt = (bytes: Uint8Array, offset: number): number => bytes[offset] ?? 0;

export const uint24be = (b: Uint8Array, o: number): number =>
  byteAt(b, o) * 0x10000 + byteAt(b, o + 1) * 0x100 + byteAt(b, o + 2);
export const uint32be = (b: Uint8Array, o: number): number => byteAt(b, o) * 0x1000000 + uint24be(b, o + 1);
export const uint32le = (b: Uint8Array, o: number): number =>
  byteAt(b, o) + byteAt(b, o + 1) * 0x100 + byteAt(b, o + 2) * 0x10000 + byteAt(b, o + 3) * 0x1000000;

export const toUint24be = (n: number): Uint8Array => Uint8Array.of((n >>> 16) & 255, (n >>> 8) & 255, n & 255);
export const toUint32be = (n: number): Uint8Array =>
  Uint8Array.of((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
export const toUint32le = (n: number): Uint8Array => toUint32be(n).reverse();

/** A 28-bit number in four bytes of seven bits (ID3v2.4.0 structure, section 6.2); null if a byte has its top bit set. */
export function synchsafe(b: Uint8Array, o: number): number | null {
  if ((byteAt(b, o) | byteAt(b, o + 1) | byteAt(b, o + 2) | byteAt(b, o + 3)) & 0x80) return null;
  return byteAt(b, o) * 0x200000 + byteAt(b, o + 1) * 0x4000 + byteAt(b, o + 2) * 0x80 + byteAt(b, o + 3);
}

export const MAX_SYNCHSAFE = 0x0fffffff;

export const toSynchsafe = (n: number): Uint8Array =>
  Uint8Array.of((n >>> 21) & 127, (n >>> 14) & 127, (n >>> 7) & 127, n & 127);

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => concatAll(parts);

/** The same for lists that may be longer than a call has arguments. */
export function concatAll(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

export function isZero(bytes: Uint8Array): boolean {
  // Padding may have many MB: `every` and `for of` take ten times as long.
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Bytes of a text whose characters are all below U+0100. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** The bytes as ISO-8859-1, which never fails: each byte is the character of that number. */
export function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Does `bytes` hold exactly the ASCII `text` at `offset`? */
export function startsWith(bytes: Uint8Array, text: string, offset = 0): boolean {
  if (offset < 0 || offset + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}
