import fc from 'fast-check';
import { apev2, bytes, frame, id3, id3v1 } from './tags-mp3';

/** Small WavPack, Monkey's Audio and Musepack streams made by hand: real headers, and filling that tells shifts. */

const le = (n: number, width = 4): number[] => Array.from({ length: width }, (_, i) => Math.floor(n / 256 ** i) % 256);
const filling = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + 7) & 255);

/** A WavPack block: "wvpk", length of the rest, version, then samples, flags and checksum. */
export const wavPackBlock = (length: number, version = 0x407): Uint8Array =>
  bytes('wvpk', le(24 + length), le(version, 2), filling(22 + length));

export const wavPack = (...lengths: readonly number[]): Uint8Array =>
  bytes(...(lengths.length > 0 ? lengths : [200, 900, 64]).map((length) => wavPackBlock(length)));

/** Monkey's Audio 3.99: descriptor, header, seek table, WAV header, frames, end of the WAV file. */
export function monkeys(frames = 3000): Uint8Array {
  const lengths = [52, 24, 8, 44, frames, 0, 6];
  return bytes(
    'MAC ',
    le(3990, 2),
    le(0, 2),
    ...lengths.map((length) => le(length)),
    new Uint8Array(16),
    filling(24 + 8 + 44 + frames + 6),
  );
}

/** Monkey's Audio before 3.98: one header, then the WAV header, seek table and frames. */
export const oldMonkeys = (channels = 2, frames = 3): Uint8Array =>
  bytes(
    'MAC ',
    [le(3920, 2), le(2000, 2), le(22, 2), le(channels, 2)].flat(),
    [le(44_100), le(44), le(0), le(frames), le(1000)].flat(),
    filling(44 + 12 + 900),
  );

export const musepack7 = (frames = 9): Uint8Array => bytes('MP+', 0x17, le(frames), filling(400));

export const packet = (key: string, length: number): Uint8Array =>
  length + 3 < 128
    ? bytes(key, length + 3, filling(length))
    : bytes(key, 0x80 | ((length + 4) >> 7), (length + 4) & 127, filling(length));

export const musepack8 = (): Uint8Array =>
  bytes('MPCK', packet('SH', 11), packet('RG', 9), packet('AP', 900), packet('AP', 40), packet('SE', 0));

export const STREAMS: Readonly<Record<string, Uint8Array>> = {
  WavPack: wavPack(),
  "Monkey's Audio": monkeys(),
  'Musepack SV7': musepack7(),
  'Musepack SV8': musepack8(),
};

const word = fc.constantFrom('Rock', 'Trip-Hop', 'Jazz', 'Röck', '音楽', '(foo', '🎸 Metal', 'Pop/Rock');
const binary = fc
  .array(fc.constantFrom(0, 0xff, 0x41, 0x54), { minLength: 1, maxLength: 80 })
  .map((list) => Uint8Array.from(list));

const anyTag = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('Title', 'Genre', 'MOOD', 'Comment', 'grouping', 'Album', 'Confidence'), {
      maxLength: 6,
    }),
    fc.array(word, { minLength: 1, maxLength: 3 }),
    binary,
    fc.boolean(),
  )
  .map(([keys, texts, cover, header]) =>
    apev2({ ...Object.fromEntries(keys.map((key) => [key, texts])), 'Cover Art (Front)': cover }, { header }),
  );

const optional = (arbitrary: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc.option(arbitrary, { nil: new Uint8Array(0) });

/** A stream with or without an APEv2 tag, ID3v1 and a stray ID3v2 tag that says nothing of genres. */
export const anyApeTagged: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.option(fc.constant(id3(3, [frame(3, 'TIT2', '\0Title')], { padding: 20 })), { nil: new Uint8Array(0), freq: 6 }),
    fc.oneof(
      fc
        .array(
          fc.integer({ min: 0, max: 300 }).map((n) => 2 * n),
          { minLength: 1, maxLength: 4 },
        )
        .map((l) => wavPack(...l)),
      fc.integer({ min: 1, max: 500 }).map(monkeys),
      fc.constantFrom(oldMonkeys(), musepack7(), musepack8()),
    ),
    optional(anyTag),
    optional(fc.integer({ min: 0, max: 255 }).map((genre) => id3v1(genre))),
  )
  .map((parts) => bytes(...parts));
