/** Small Ogg files made by hand (RFC 3533, Vorbis I, RFC 7845), and an eye of its own to look at them. */

/** A page of the audio. Its number and checksum are right unless given. */
export interface AudioPage {
  readonly body: Uint8Array;
  readonly granule: bigint;
  readonly flags?: number;
  readonly lacing?: readonly number[];
  readonly sequence?: number;
  readonly crc?: number;
  readonly serial?: number;
}

export interface OggParts {
  readonly codec: 'Vorbis' | 'Opus';
  /** The packet of comments: see `vorbisComments` and `opusTags`. */
  readonly comments: Uint8Array;
  readonly setup?: Uint8Array;
  /** Segments of each header page behind the first; full pages if left out. */
  readonly layout?: readonly number[];
  readonly audio?: readonly AudioPage[];
  readonly serial?: number;
}

/** Plain arrays: a Buffer's `slice` is a view. */
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');
const le32 = (n: number): Uint8Array => Uint8Array.of(n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255);

/** The checksum bit by bit, as RFC 3533 section 6 has it; a table of bytes makes it bearable. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});
export function crcOf(bytes: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < bytes.length; i++) crc = ((crc << 8) ^ TABLE[(crc >>> 24) ^ bytes[i]!]!) >>> 0;
  return crc;
}

export const laces = (length: number): number[] => [
  ...new Array<number>(Math.floor(length / 255)).fill(255),
  length % 255,
];

export interface PageFields {
  readonly flags: number;
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
  readonly lacing: readonly number[];
  readonly body: Uint8Array;
}

export function page({ flags, granule, serial, sequence, lacing, body }: PageFields, crc?: number): Uint8Array {
  const position = Buffer.alloc(8);
  position.writeBigInt64LE(granule);
  const make = (sum: number): Uint8Array =>
    joined(
      text('OggS'),
      Uint8Array.of(0, flags),
      position,
      le32(serial),
      le32(sequence),
      le32(sum),
      Uint8Array.of(lacing.length, ...lacing),
      body,
    );
  return make(crc ?? crcOf(make(0)));
}

const entry = (value: string | Uint8Array): Uint8Array => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return Buffer.concat([le32(bytes.length), bytes]);
};
const commentList = (entries: readonly (string | Uint8Array)[], vendor: string): Uint8Array =>
  Buffer.concat([entry(vendor), le32(entries.length), ...entries.map(entry)]);

export interface CommentsRest {
  /** What follows the comments: in Vorbis the framing bit, then padding or data. */
  readonly tail?: Uint8Array;
  readonly vendor?: string;
}

export const vorbisComments = (
  entries: readonly (string | Uint8Array)[],
  { tail = Uint8Array.of(1), vendor = 'Xiph.Org libVorbis I 20200704' }: CommentsRest = {},
): Uint8Array => joined(text('\x03vorbis'), commentList(entries, vendor), tail);

export const opusTags = (
  entries: readonly (string | Uint8Array)[],
  { tail = new Uint8Array(0), vendor = 'libopus 1.3.1' }: CommentsRest = {},
): Uint8Array => joined(text('OpusTags'), commentList(entries, vendor), tail);

/** The framing bit and so much padding, as mutagen writes it. */
export const framed = (padding = 0): Uint8Array => Uint8Array.of(1, ...new Uint8Array(padding));

export const vorbisHead = (): Uint8Array =>
  joined(
    text('\x01vorbis'),
    le32(0),
    Uint8Array.of(2),
    le32(44_100),
    le32(0),
    le32(112_000),
    le32(0),
    Uint8Array.of(0xb8, 1),
  );
export const opusHead = (): Uint8Array =>
  joined(text('OpusHead'), Uint8Array.of(1, 2, 0x38, 1), le32(48_000), Uint8Array.of(0, 0, 0));

/** A setup header of any length; what is in it is nobody's business here. */
export const setupHeader = (length = 3000): Uint8Array =>
  joined(
    text('\x05vorbis'),
    Uint8Array.from({ length: length - 7 }, (_, i) => (i * 37 + 11) & 255),
  );

/** Pages of audio of so many packets of 200 bytes each; the last one ends the stream. */
export const audioPages = (count = 4, packets = 10): AudioPage[] =>
  Array.from({ length: count }, (_, index) => ({
    body: Uint8Array.from({ length: packets * 200 }, (__, i) => (i * 31 + index * 7) & 255),
    granule: BigInt(index + 1) * 9600n,
    flags: index === count - 1 ? 4 : 0,
    lacing: new Array<number>(packets).fill(200),
  }));

const SERIAL = 0x1234abcd;

export function ogg({ codec, comments, setup, layout, audio = audioPages(), serial = SERIAL }: OggParts): Uint8Array {
  const packets = codec === 'Vorbis' ? [comments, setup ?? setupHeader()] : [comments];
  const body = Buffer.concat(packets);
  const lacing = packets.flatMap((packet) => laces(packet.length));
  const counts = layout ?? laces(lacing.length).filter((count) => count > 0);
  if (counts.reduce((sum, count) => sum + count, 0) !== lacing.length)
    throw new Error(`the layout has to have ${lacing.length} segments`);
  const head = codec === 'Vorbis' ? vorbisHead() : opusHead();
  const pages = [page({ flags: 2, granule: 0n, serial, sequence: 0, lacing: laces(head.length), body: head })];
  let at = 0;
  let segment = 0;
  for (const count of counts) {
    const own = lacing.slice(segment, segment + count);
    const length = own.reduce((sum, value) => sum + value, 0);
    const ends = own.some((value) => value < 255);
    pages.push(
      page({
        flags: segment > 0 && lacing[segment - 1] === 255 ? 1 : 0,
        granule: ends ? 0n : -1n,
        serial,
        sequence: pages.length,
        lacing: own,
        body: body.subarray(at, at + length),
      }),
    );
    at += length;
    segment += count;
  }
  const first = pages.length;
  for (const [index, { flags = 0, lacing: own, sequence, crc, ...rest }] of audio.entries())
    pages.push(
      page(
        { serial, ...rest, flags, sequence: sequence ?? first + index, lacing: own ?? laces(rest.body.length) },
        crc,
      ),
    );
  return joined(...pages);
}

export interface SeenPage extends PageFields {
  readonly offset: number;
}

export interface Seen {
  readonly pages: readonly SeenPage[];
  /** The packets of the headers. */
  readonly packets: readonly Uint8Array[];
  /** The pages behind these. */
  readonly audio: readonly SeenPage[];
}

/** Takes a file apart and fails for every page that is not whole, has a wrong checksum or does not go on where the last one ended. */
export function demux(file: Uint8Array, headerPackets: number): Seen {
  const pages: SeenPage[] = [];
  const packets: Uint8Array[] = [];
  let open: Uint8Array[] = [];
  let headerPages = 0;
  for (let offset = 0; offset < file.length;) {
    const view = Buffer.from(file.buffer, file.byteOffset + offset, file.length - offset);
    const count = view[26]!;
    const lacing = [...view.subarray(27, 27 + count)];
    const size = 27 + count + lacing.reduce((sum, value) => sum + value, 0);
    if (view.toString('latin1', 0, 4) !== 'OggS' || view[4] !== 0 || size > view.length)
      throw new Error(`no page at ${offset}`);
    const zeroed = Buffer.from(view.subarray(0, size));
    zeroed.fill(0, 22, 26);
    if (crcOf(zeroed) !== view.readUInt32LE(22)) throw new Error(`a wrong checksum in page ${pages.length}`);
    const seen: SeenPage = {
      offset,
      flags: view[5]!,
      granule: view.readBigInt64LE(6),
      serial: view.readUInt32LE(14),
      sequence: view.readUInt32LE(18),
      lacing,
      body: new Uint8Array(view.subarray(27 + count, size)),
    };
    if (seen.sequence !== pages.length) throw new Error(`page ${pages.length} has number ${seen.sequence}`);
    pages.push(seen);
    offset += size;
    if (packets.length >= headerPackets) continue;
    if (((seen.flags & 1) !== 0) !== open.length > 0) throw new Error(`page ${seen.sequence} continues nothing`);
    let at = 0;
    for (const value of lacing) {
      open.push(seen.body.subarray(at, at + value));
      at += value;
      if (value === 255) continue;
      packets.push(new Uint8Array(Buffer.concat(open)));
      open = [];
    }
    const wanted = lacing.some((value) => value < 255) ? 0n : -1n;
    if (seen.granule !== wanted) throw new Error(`page ${seen.sequence} has the position ${seen.granule}`);
    headerPages = pages.length;
  }
  return { pages, packets, audio: pages.slice(headerPages) };
}
