/** Small MP3 files made by hand: silent MPEG frames and tags with every oddity that a test asks for. */

export const bytes = (...parts: (string | number | readonly number[] | Uint8Array)[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : typeof part === 'number'
            ? Buffer.from([part])
            : Buffer.from(part as readonly number[]),
      ),
    ),
  );

/** MPEG 1 layer III, 128 kbit/s, 44.1 kHz, 417 bytes each, silent; the last byte of each frame counts, so that shifts show. */
export function silentMp3(frames = 12): Uint8Array {
  const audio = new Uint8Array(frames * 417);
  for (let i = 0; i < frames; i++) {
    audio.set([0xff, 0xfb, 0x90, 0x64], i * 417);
    audio[i * 417 + 416] = i % 200;
  }
  return audio;
}

export const synchsafe = (n: number): number[] => [(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127];
const be = (n: number, width: number): number[] =>
  Array.from({ length: width }, (_, i) => (n >> (8 * (width - 1 - i))) & 255);
const le = (n: number): number[] => be(n, 4).reverse();

/** One frame; `flags` are the two flag bytes of 2.3 and 2.4. */
export function frame(
  version: number,
  id: string,
  data: string | Uint8Array,
  flags: readonly number[] = [0, 0],
): Uint8Array {
  const body = typeof data === 'string' ? bytes(data) : data;
  if (version === 2) return bytes(id, be(body.length, 3), body);
  return bytes(id, version === 4 ? synchsafe(body.length) : be(body.length, 4), flags, body);
}

export interface TagOptions {
  readonly flags?: number;
  readonly padding?: number;
  /** Goes before the frames as it is. */
  readonly extended?: Uint8Array;
  readonly footer?: boolean;
}

export function id3(version: number, frames: readonly Uint8Array[], options: TagOptions = {}): Uint8Array {
  const flags = (options.flags ?? 0) | (options.footer ? 0x10 : 0) | (options.extended ? 0x40 : 0);
  const body = bytes(options.extended ?? [], ...frames, new Uint8Array(options.padding ?? 0));
  const rest = bytes(version, 0, flags, synchsafe(body.length));
  return bytes('ID3', rest, body, options.footer ? bytes('3DI', rest) : []);
}

/** Unsynchronised as ID3v2 has it. */
export function unsynchronise(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  data.forEach((byte, i) => {
    out.push(byte);
    const next = data[i + 1];
    if (byte === 0xff && (next === undefined || next === 0 || next >= 0xe0)) out.push(0);
  });
  return Uint8Array.from(out);
}

export const id3v1 = (genre: number, title = 'Old title'): Uint8Array =>
  bytes(
    'TAG',
    title.padEnd(30, '\0'),
    'Old artist'.padEnd(30, '\0'),
    ''.padEnd(30, '\0'),
    '1998',
    ''.padEnd(30, '\0'),
    genre,
  );

export interface ApeOptions {
  readonly header?: boolean;
  readonly version?: number;
}

/** An APEv2 tag of text items; a value that is a list becomes NUL-parted. */
export function apev2(
  items: Readonly<Record<string, readonly string[] | Uint8Array>>,
  options: ApeOptions = {},
): Uint8Array {
  const header = options.header ?? true;
  const body = bytes(
    ...Object.entries(items).map(([key, value]) => {
      const data = value instanceof Uint8Array ? value : bytes(Buffer.from(value.join('\0'), 'utf8'));
      return bytes(le(data.length), [value instanceof Uint8Array ? 2 : 0, 0, 0, 0], key, 0, data);
    }),
  );
  const block = (isHeader: boolean): Uint8Array =>
    bytes(
      'APETAGEX',
      le(options.version ?? 2000),
      le(body.length + 32),
      le(Object.keys(items).length),
      [0, 0, 0],
      (header ? 0x80 : 0) | (isHeader ? 0x20 : 0),
      new Uint8Array(8),
    );
  return bytes(header ? block(true) : [], body, block(false));
}

export function lyrics3(text = 'hello'): Uint8Array {
  const body = `LYRICSBEGININD0000300LYR${String(text.length).padStart(5, '0')}${text}`;
  return bytes(body, String(body.length).padStart(6, '0'), 'LYRICS200');
}
