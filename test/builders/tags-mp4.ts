import { bytes } from './tags-mp3';

/** MP4 files made by hand (ISO/IEC 14496-12): boxes, iTunes' metadata, and tables that name the places of real chunks. */

type Content = string | number | readonly number[] | Uint8Array;

export const be = (n: number, width: number): number[] =>
  Array.from({ length: width }, (_, i) => Math.floor(n / 256 ** (width - 1 - i)) % 256);

export function box(type: string, ...content: readonly Content[]): Uint8Array {
  const body = bytes(...content);
  return bytes(be(8 + body.length, 4), type, body);
}

/** With a size of 64 bits. */
export function largeBox(type: string, ...content: readonly Content[]): Uint8Array {
  const body = bytes(...content);
  return bytes(be(1, 4), type, be(16 + body.length, 8), body);
}

/** Without a size: it goes to the end of the file. */
export const openBox = (type: string, ...content: readonly Content[]): Uint8Array => bytes(be(0, 4), type, ...content);

export const free = (size: number, fill = 0, type = 'free'): Uint8Array =>
  box(type, new Uint8Array(size - 8).fill(fill));

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** One value; `kind` 1 is UTF-8, 2 UTF-16, 0 none. */
export const data = (value: string | Uint8Array, kind = 1, locale: readonly number[] = [0, 0, 0, 0]): Uint8Array =>
  box('data', be(kind, 4), locale, typeof value === 'string' ? utf8(value) : value);

export const item = (key: string, ...values: readonly (string | Uint8Array)[]): Uint8Array =>
  box(key, ...values.map((value) => (typeof value === 'string' ? data(value) : value)));

export const freeform = (
  name: string,
  values: readonly (string | Uint8Array)[],
  mean = 'com.apple.iTunes',
): Uint8Array =>
  box(
    '----',
    box('mean', be(0, 4), mean),
    box('name', be(0, 4), utf8(name)),
    ...values.map((value) => (typeof value === 'string' ? data(value) : value)),
  );

/** ID3v1's number and one. */
export const gnre = (number: number): Uint8Array => item('gnre', data(Uint8Array.from(be(number, 2)), 0));

export const ilst = (...items: readonly Uint8Array[]): Uint8Array => box('ilst', ...items);
/** As mutagen and ffmpeg write it. */
export const hdlr = (kind = 'mdir', name = '\0'): Uint8Array => box('hdlr', be(0, 8), kind, 'appl', be(0, 8), name);
/** As iTunes writes it: with a byte more. */
export const itunesHdlr = hdlr('mdir', '\0\0');
export const meta = (...children: readonly Uint8Array[]): Uint8Array => box('meta', be(0, 4), ...children);
export const udta = (...children: readonly Content[]): Uint8Array => box('udta', ...children);
/** moov/udta/meta/ilst with iTunes' handler. */
export const tags = (...items: readonly Uint8Array[]): Uint8Array => udta(meta(itunesHdlr, ilst(...items)));

/** A chunk: the media data box, counted from 0, and the place in it. */
export type Chunk = readonly [mdat: number, offset: number];

export interface Track {
  readonly chunks: readonly Chunk[];
  /** With 64 bits for each place. */
  readonly wide?: boolean;
  readonly codec?: string;
  /** What the sample entry ends with: boxes that tell more of the codec. */
  readonly config?: Uint8Array;
  readonly handler?: string;
  /** Boxes besides those that a track needs, in stbl and trak. */
  readonly stbl?: readonly Uint8Array[];
  readonly trak?: readonly Uint8Array[];
  readonly dref?: Uint8Array;
}

export interface Media {
  readonly mdat: Uint8Array;
  readonly kind?: 'small' | 'large' | 'open';
}

export interface Mp4File {
  /** Top-level boxes after ftyp in order: `moov`, media data, others as they are. */
  readonly layout: readonly ('moov' | Media | Uint8Array)[];
  readonly tracks?: readonly Track[];
  /** Children of moov behind the tracks. */
  readonly moov?: readonly Uint8Array[];
  readonly moovKind?: 'small' | 'large' | 'open';
  readonly ftyp?: Uint8Array;
}

const BOXES = { small: box, large: largeBox, open: openBox };
const HEADERS = { small: 8, large: 16, open: 8 };

export const FTYP = box('ftyp', 'M4A ', be(0, 4), 'M4A mp42isom', be(0, 4));
const MVHD = box('mvhd', new Uint8Array(100).fill(3));
const LOCAL = box('url ', be(1, 4));

function trackBox(
  {
    chunks,
    wide,
    codec = 'mp4a',
    config = new Uint8Array(0),
    handler = 'soun',
    stbl = [],
    trak = [],
    dref = LOCAL,
  }: Track,
  places: readonly number[],
): Uint8Array {
  const media = (offset: number): Uint8Array => bytes(be(places[offset] ?? 0, wide ? 8 : 4));
  const table = box(wide ? 'co64' : 'stco', be(0, 4), be(chunks.length, 4), ...chunks.map((_, index) => media(index)));
  const entry = box(codec, new Uint8Array(6), be(1, 2), new Uint8Array(20), config);
  return box(
    'trak',
    box('tkhd', new Uint8Array(84).fill(1)),
    box(
      'mdia',
      box('mdhd', new Uint8Array(24)),
      box('hdlr', be(0, 8), handler, new Uint8Array(13)),
      box(
        'minf',
        box('smhd', new Uint8Array(8)),
        box('dinf', box('dref', be(0, 4), be(1, 4), dref)),
        box(
          'stbl',
          box('stsd', be(0, 4), be(1, 4), entry),
          box('stts', be(0, 8)),
          box('stsc', be(0, 4), be(1, 4), be(1, 4), be(1, 4), be(1, 4)),
          box('stsz', be(0, 4), be(16, 4), be(chunks.length, 4)),
          table,
          ...stbl,
        ),
      ),
    ),
    ...trak,
  );
}

/** The file with all chunk offsets as they must be. */
export function mp4(file: Mp4File): Uint8Array {
  const { layout, tracks = [{ chunks: [[0, 0]] }], moov = [], ftyp = FTYP, moovKind = 'small' } = file;
  const render = (starts: readonly number[]): Uint8Array[] =>
    layout.map((piece) => {
      if (piece instanceof Uint8Array) return piece;
      if (piece !== 'moov') return BOXES[piece.kind ?? 'small']('mdat', piece.mdat);
      const places = tracks.map(({ chunks }) => chunks.map(([mdat, offset]) => (starts[mdat] ?? 0) + offset));
      return BOXES[moovKind](
        'moov',
        MVHD,
        ...tracks.map((track, index) => trackBox(track, places[index] ?? [])),
        ...moov,
      );
    });
  // Where things are does not depend on the numbers in the tables, so a first rendering tells.
  const starts: number[] = [];
  let at = ftyp.length;
  for (const [index, piece] of render([]).entries()) {
    const media = layout[index];
    if (media !== 'moov' && media !== undefined && !(media instanceof Uint8Array))
      starts.push(at + HEADERS[media.kind ?? 'small']);
    at += piece.length;
  }
  return bytes(ftyp, ...render(starts));
}

/** Media data of which every stretch of a few bytes is another. */
export const sound = (length: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2_654_435_761) >>> 13) & 255);

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);

/**
 * Where each chunk lies, as box and place of the media data, and its first bytes, found by the tables of the file itself: what a player would
 * play. Written apart from the code under test; for files that are sound.
 */
export function chunkHeads(file: Uint8Array): string[] {
  const view = Buffer.from(file);
  const media: [from: number, to: number][] = [];
  const places: number[] = [];
  const walk = (from: number, to: number): void => {
    for (let at = from; at + 8 <= to;) {
      const type = view.toString('latin1', at + 4, at + 8);
      const short = view.readUInt32BE(at);
      const body = at + (short === 1 ? 16 : 8);
      const end = short === 0 ? to : at + (short === 1 ? Number(view.readBigUInt64BE(at + 8)) : short);
      if (CONTAINERS.has(type)) walk(body, end);
      if (type === 'mdat') media.push([body, end]);
      if (type === 'stco' || type === 'co64')
        for (let i = 0; i < view.readUInt32BE(body + 4); i++)
          places.push(
            type === 'stco' ? view.readUInt32BE(body + 8 + i * 4) : Number(view.readBigUInt64BE(body + 8 + i * 8)),
          );
      at = end;
    }
  };
  walk(0, file.length);
  return places.map((place) => {
    const index = media.findIndex(([from, to]) => place >= from && place <= to);
    const [from, to] = media[index] ?? [0, 0];
    return `${index}+${place - from} ${view.subarray(place, Math.min(to, place + 12)).toString('hex')}`;
  });
}
