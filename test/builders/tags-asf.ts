import fc from 'fast-check';
import { bytes } from './tags-mp3';

/** Small ASF (WMA) files made by hand: real objects, and packets that tell shifts. */

const le = (n: number, width: number): number[] =>
  Array.from({ length: width }, (_, i) => Math.floor(n / 256 ** i) % 256);
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const terminated = (text: string): Uint8Array => utf16(`${text}\0`);

/** GUIDs as they lie in files. */
export const GUID = {
  header: '3026b2758e66cf11a6d900aa0062ce6c',
  data: '3626b2758e66cf11a6d900aa0062ce6c',
  simpleIndex: '90080033b1e5cf1189f400a0c90349cb',
  fileProperties: 'a1dcab8c47a9cf118ee400c00c205365',
  stream: '9107dcb7b7a9cf118ee600c00c205365',
  extension: 'b503bf5f2ea9cf118ee300c00c205365',
  description: '3326b2758e66cf11a6d900aa0062ce6c',
  extended: '40a4d0d207e3d21197f000a0c95ea850',
  metadata: 'eacbf8c5af5b77488467aa8c44fa4cca',
  library: '941c23449894d149a1411d134e457054',
  padding: '74d40618dfca0945a4ba9aabcb96aae8',
  languages: 'a946437ce0effc4bb229393ede415c85',
  encryption: 'fbb3112223bdd211b4b700a0c955fc6e',
  extendedEncryption: '14e68a292226174cb935dae07ee9289c',
  advancedEncryption: '338505438169e6499b74ad12cb86d58c',
  signature: 'fcb3112223bdd211b4b700a0c955fc6e',
} as const;

export const object = (guid: string, ...body: Parameters<typeof bytes>): Uint8Array => {
  const content = bytes(...body);
  return bytes(hex(guid), le(24 + content.length, 8), content);
};

export const padding = (length: number, value = 0): Uint8Array =>
  object(GUID.padding, new Uint8Array(length).fill(value));

/** Name and text, or name, data type and bytes. */
export type Attribute = readonly [string, string] | readonly [string, number, Uint8Array];
const typeAndValue = (attribute: Attribute): readonly [number, Uint8Array] =>
  attribute.length === 2 ? [0, terminated(attribute[1])] : [attribute[1], attribute[2]];

/** The Extended Content Description Object. */
export const extended = (...attributes: readonly Attribute[]): Uint8Array =>
  object(
    GUID.extended,
    le(attributes.length, 2),
    ...attributes.map((attribute) => {
      const name = terminated(attribute[0]);
      const [type, value] = typeAndValue(attribute);
      return bytes(le(name.length, 2), name, le(type, 2), le(value.length, 2), value);
    }),
  );

/** The Metadata Library Object, or another that is built like it. */
export const library = (
  attributes: readonly Attribute[],
  { language = 0, stream = 0, guid = GUID.library }: { language?: number; stream?: number; guid?: string } = {},
): Uint8Array =>
  object(
    guid,
    le(attributes.length, 2),
    ...attributes.map((attribute) => {
      const name = terminated(attribute[0]);
      const [type, value] = typeAndValue(attribute);
      return bytes(le(language, 2), le(stream, 2), le(name.length, 2), le(type, 2), le(value.length, 4), name, value);
    }),
  );

/** Title, author, copyright, description, rating; an empty text takes no bytes. */
export const description = (...texts: readonly string[]): Uint8Array => {
  const encoded = texts.map((text) => (text === '' ? new Uint8Array(0) : terminated(text)));
  return object(GUID.description, ...encoded.map((text) => le(text.length, 2)), ...encoded);
};

export const extension = (...objects: readonly Uint8Array[]): Uint8Array => {
  const content = bytes(...objects);
  return object(GUID.extension, hex('11d2d3abbaa9cf118ee600c00c205365'), [6, 0], le(content.length, 4), content);
};

export const fileProperties = (fileSize: number, flags = 2): Uint8Array =>
  object(
    GUID.fileProperties,
    new Uint8Array(16).fill(0xab),
    le(fileSize, 8),
    new Uint8Array(40).fill(1),
    le(flags, 4),
    new Uint8Array(12),
  );

export const stream = object(GUID.stream, new Uint8Array(90).fill(3));

export interface AsfOptions {
  /** What the file says of its size; by default what is true. */
  readonly fileSize?: number;
  readonly flags?: number;
  /** After the data. */
  readonly index?: Uint8Array;
  readonly packets?: number;
}

/** File properties and stream, then the given objects, the packets and an index. */
export function asf(objects: readonly Uint8Array[], options: AsfOptions = {}): Uint8Array {
  const packets = Uint8Array.from({ length: options.packets ?? 800 }, (_, i) => (i * 31 + 7) & 255);
  const data = object(GUID.data, new Uint8Array(16).fill(0xab), le(2, 8), [1, 1], packets);
  const index = options.index ?? object(GUID.simpleIndex, new Uint8Array(38).fill(5));
  const build = (fileSize: number): Uint8Array => {
    const inside = [fileProperties(fileSize, options.flags), stream, ...objects];
    return bytes(object(GUID.header, le(inside.length, 4), [1, 2], ...inside), data, index);
  };
  return build(options.fileSize ?? build(0).length);
}

const word = fc.constantFrom(
  'Rock',
  'Trip-Hop',
  'Jazz',
  'Röck',
  '音楽',
  '🎸 Metal',
  'Progressive Rock of the seventies',
);
const anyAttribute: fc.Arbitrary<Attribute> = fc.oneof(
  fc.tuple(
    fc.constantFrom('WM/Genre', 'wm/genre', 'WM/Mood', 'WM/AlbumTitle', 'WM/Comments', 'Confidence', 'WM/GenreID'),
    word,
  ),
  fc.constantFrom<Attribute>(
    ['IsVBR', 2, bytes([1, 0, 0, 0])],
    ['WM/Lyrics', ''],
    ['WM/Picture', 1, new Uint8Array(300).fill(0xff)],
  ),
);
const attributes = fc.array(anyAttribute, { maxLength: 6 });
const anyPadding = fc.integer({ min: 0, max: 200 }).map((length) => padding(length));
const optional = (arbitrary: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array[]> =>
  fc.option(arbitrary, { nil: null }).map((one) => (one ? [one] : []));

/** The objects of the header in any order, with or without each of those that hold tags. */
export const anyAsf: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    optional(attributes.map((list) => extended(...list))),
    optional(
      fc
        .tuple(optional(attributes.map((list) => library(list))), optional(anyPadding))
        .map((lists) => extension(...lists.flat())),
    ),
    optional(
      fc.tuple(word, fc.constantFrom('', 'A comment')).map(([title, text]) => description(title, '', '©', text, '')),
    ),
    optional(anyPadding),
    fc.boolean(),
  )
  .chain(([ecd, ext, cdo, pad, honest]) =>
    fc
      .shuffledSubarray([...ecd, ...ext, ...cdo, ...pad], { minLength: [...ecd, ...ext, ...cdo, ...pad].length })
      .map((objects) => asf(objects, honest ? {} : { fileSize: 77 })),
  );
