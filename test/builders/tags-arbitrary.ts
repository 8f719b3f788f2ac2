import fc from 'fast-check';
import type { TagChange } from '../../src/shared/domain/tags';
import { APPLICATION, comments, flac, padding, PICTURE, type FlacBlock } from './tags-flac';
import { apev2, bytes, frame, id3, id3v1, lyrics3, silentMp3, synchsafe, unsynchronise } from './tags-mp3';

/** Random valid files and changes. Random data is rich in what matters: FF, 00 and frame-like letters. */

const tricky = fc.oneof(fc.constantFrom(0xff, 0x00, 0xe0, 0xfb, 0x54), fc.integer({ min: 0, max: 255 }));
const data = (maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.array(tricky, { minLength: 1, maxLength }).map((list) => Uint8Array.from(list));

const word = fc.constantFrom(
  'Rock',
  'Trip-Hop',
  'Jazz',
  'Röck',
  '音楽',
  '(foo',
  'Drum & Bass',
  'Pop/Rock',
  'x',
  'Ÿÿ',
  '🎸 Metal',
  'Progressive Rock of the seventies',
);
const values = fc.uniqueArray(word, { maxLength: 4 });

export const anyChange: fc.Arbitrary<TagChange> = fc.record(
  {
    mode: fc.constantFrom('replace' as const, 'add' as const, 'fill' as const),
    genres: values,
    moods: fc.uniqueArray(fc.constantFrom('Happy', 'Sad', 'Fröhlich', '怒り'), { maxLength: 2 }),
    custom: fc.dictionary(
      fc.constantFrom('GENREGRAM_GENRES', 'Confidence'),
      fc.array(fc.constantFrom('rock:0.62;metal:0.21', 'ä'), { maxLength: 1 }),
    ),
  },
  { requiredKeys: ['mode'] },
);

const utf16 = (text: string): Uint8Array => bytes(0xff, 0xfe, Buffer.from(text, 'utf16le'));
/** Text content in any encoding that the version may have. */
function textData(version: number, text: string, encoding: number): Uint8Array {
  const wide = encoding === 1 || [...text].some((char) => char.charCodeAt(0) > 255);
  if (version === 4 && encoding === 3) return bytes(3, Buffer.from(text));
  return wide ? bytes(1, utf16(text)) : bytes(0, Buffer.from(text, 'latin1'));
}

function anyFrame(version: number): fc.Arbitrary<Uint8Array> {
  const name = (long: string, short: string): string => (version === 2 ? short : long);
  const text = fc.tuple(word, fc.constantFrom(0, 1, 3));
  return fc.oneof(
    data(400).map((content) => frame(version, name('PRIV', 'CRM'), content)),
    data(2000).map((content) => frame(version, name('APIC', 'PIC'), content)),
    data(30).map((content) => frame(version, name('XHD3', 'XYZ'), content)),
    text.map(([value, encoding]) => frame(version, name('TIT2', 'TT2'), textData(version, value, encoding))),
    text.map(([value, encoding]) => frame(version, name('TCON', 'TCO'), textData(version, value, encoding))),
    fc
      .constantFrom('\0MOOD\0Sad', '\0Mood\0Happy', '\0key\0value')
      .map((content) => frame(version, name('TXXX', 'TXX'), content)),
    fc.constant(frame(version, name('COMM', 'COM'), '\0eng\0comment')),
  );
}

export const anyId3: fc.Arbitrary<Uint8Array> = fc.constantFrom(2, 3, 4).chain((version) =>
  fc
    .tuple(
      fc.array(anyFrame(version), { maxLength: 8 }),
      fc.integer({ min: 0, max: 90 }),
      fc.constantFrom('plain', 'unsync', 'footer'),
    )
    .map(([frames, pad, kind]) => {
      if (kind === 'footer' && version === 4) return id3(version, frames, { footer: true });
      if (kind !== 'unsync' || version === 4) return id3(version, frames, { padding: pad });
      const body = bytes(unsynchronise(bytes(...frames)), new Uint8Array(pad));
      return bytes('ID3', version, 0, 0x80, synchsafe(body.length), body);
    }),
);

export const anyApe = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('Title', 'Genre', 'MOOD', 'MP3GAIN_MINMAX', 'Confidence'), { maxLength: 5 }),
    fc.array(word, { minLength: 1, maxLength: 3 }),
    data(50),
    fc.boolean(),
  )
  .map(([keys, texts, binary, header]) =>
    apev2({ ...Object.fromEntries(keys.map((key) => [key, texts])), 'Cover Art (Front)': binary }, { header }),
  );

export const optional = (arbitrary: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc.option(arbitrary, { nil: new Uint8Array(0) });

/** ID3v2 or none, frames, then any of APEv2, Lyrics3 and ID3v1 in an order found in the wild. */
export const anyMp3: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    optional(anyId3),
    fc.integer({ min: 4, max: 9 }),
    optional(anyApe),
    optional(fc.constant(bytes(lyrics3(), id3v1(17)))),
    optional(fc.integer({ min: 0, max: 255 }).map((genre) => id3v1(genre))),
  )
  .map(([tag, frames, ape, lyrics, v1]) => bytes(tag, silentMp3(frames), ape, lyrics.length > 0 ? lyrics : v1));

const anyBlock: fc.Arbitrary<FlacBlock> = fc.oneof(
  fc.integer({ min: 0, max: 120 }).map(padding),
  data(60).map((content) => ({ type: APPLICATION, data: content })),
  data(3000).map((content) => ({ type: PICTURE, data: content })),
);
const anyComments = fc
  .tuple(
    fc.array(
      fc.oneof(
        word.map((value) => `GENRE=${value}`),
        word.map((value) => `genre=${value}`),
        word.map((value) => `TITLE=${value}`),
        fc.constantFrom('EMPTY=', 'Mixed Case=v', 'MOOD=Sad', 'no equals sign', `LYRICS=${'la '.repeat(300)}`),
      ),
      { maxLength: 10 },
    ),
    fc.constantFrom('', 'reference libFLAC 1.4.2', 'Lavf'),
  )
  .map(([entries, vendor]) => comments(entries, vendor));

export const anyFlac: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(anyBlock, { maxLength: 3 }),
    fc.option(anyComments),
    fc.array(anyBlock, { maxLength: 3 }),
    optional(anyId3),
  )
  .map(([head, block, tail, tag]) => bytes(tag, flac([...head, ...(block ? [block] : []), ...tail])));
