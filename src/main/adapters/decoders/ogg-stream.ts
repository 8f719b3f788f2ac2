import { CodedError } from '#shared/domain/failure';
import { skipLeadingTags, type BytesAt } from '../files/audio-extent';
import { PacketFault, type PacketDecoder } from './codecs/codec';
import { createFlacDecoder } from './codecs/flac';
import { createOpusDecoder, parseOpusHead } from './codecs/opus';
import { createVorbisDecoder } from './codecs/vorbis';
import { loneStreamInfo } from './flac-frames';
import type { MonoChunk } from './mono-chunk';
import { PacketReader } from './ogg-packets';
import { soundPages, type SoundPage } from './ogg-pages';
import { CHUNK_SAMPLES, type DecodeStream, type Warn } from './stream';

/** A codec in Ogg. */
export interface OggCodec {
  /** What the first packet of its streams begins with. */
  readonly magic: string;
  /** Packets of headers that say all that is needed. */
  readonly headers: number;
  open(headers: readonly Uint8Array[]): Promise<OpenStream>;
  /** Of the packets after those. */
  isAudio(packet: Uint8Array): boolean;
}

interface OpenStream {
  readonly decoder: PacketDecoder;
  /** Samples at the beginning that are no music. */
  readonly preSkip: number;
}

/** Vorbis I section A.2. */
export const OGG_VORBIS: OggCodec = {
  magic: '\x01vorbis',
  headers: 3,
  open: async ([identification, , setup]) => ({
    decoder: await createVorbisDecoder(identification!, setup!),
    preSkip: 0,
  }),
  isAudio: () => true,
};

/** RFC 7845. */
export const OGG_OPUS: OggCodec = {
  magic: 'OpusHead',
  headers: 2,
  open: async ([first]) => {
    const head = parseOpusHead(first!);
    if (!head)
      throw new CodedError(
        'decode-failed',
        'The header of this Opus stream is damaged or of a kind that the built-in decoder does not know; install ffmpeg to decode it.',
      );
    return { decoder: await createOpusDecoder(head), preSkip: head.preSkip };
  },
  isAudio: () => true,
};

/** RFC 9639 section 10.1: the first packet has 9 bytes before what a native stream begins with. */
export const OGG_FLAC: OggCodec = {
  magic: '\x7fFLAC',
  headers: 1,
  open: async ([first]) => ({ decoder: await createFlacDecoder(loneStreamInfo(first!.subarray(9))), preSkip: 0 }),
  // The others are metadata, whose types never make 0xff.
  isAudio: (packet) => packet[0] === 0xff,
};

/**
 * Decodes the streams of a codec in an Ogg file that follow one another (chained, RFC 3533 section 4). Of several side by side it is the first;
 * streams of other codecs are left out.
 */
export const oggStream = (codec: OggCodec): DecodeStream =>
  async function* (bytes: BytesAt, to: MonoChunk, warn: Warn): AsyncGenerator<void> {
    const onDamage = (): void => warn('Damaged pages were left out.');
    const streams = new Streams(codec, onDamage);
    try {
      for await (const pages of soundPages(bytes, await skipLeadingTags(bytes), onDamage)) {
        for (const page of pages) {
          await streams.choose(page)?.decode(page, to);
          if (to.length >= CHUNK_SAMPLES) yield;
        }
      }
      yield;
    } finally {
      streams.free();
    }
  };

/** Says which pages are heard. */
class Streams {
  private current: LogicalStream | null = null;
  private readonly known = new Set<number>();
  /** Streams that lie side by side all begin before the first of them goes on. */
  private mayBegin = true;

  constructor(
    private readonly codec: OggCodec,
    private readonly onDamage: () => void,
  ) {}

  /** The stream of this page if it is one that is heard. */
  choose(page: SoundPage): LogicalStream | null {
    if (page.isFirst) this.begin(page);
    else {
      this.mayBegin = true;
      if (!this.known.has(page.serial)) this.onDamage();
    }
    return this.current?.serial === page.serial ? this.current : null;
  }

  private begin({ serial, body }: SoundPage): void {
    this.known.add(serial);
    const isOurs = Buffer.from(body.subarray(0, this.codec.magic.length)).toString('latin1') === this.codec.magic;
    if (!isOurs || !this.mayBegin) return;
    this.current?.free();
    this.current = new LogicalStream(serial, this.codec, this.onDamage);
    this.mayBegin = false;
  }

  free(): void {
    this.current?.free();
  }
}

/** One stream, from its first page to its last. */
class LogicalStream {
  private readonly reader: PacketReader;
  private readonly headers: Uint8Array[] = [];
  private decoder: PacketDecoder | null = null;
  private toSkip = 0;
  /** Samples so far, by the positions of the pages. */
  private clock = 0;

  constructor(
    readonly serial: number,
    private readonly codec: OggCodec,
    private readonly onDamage: () => void,
  ) {
    this.reader = new PacketReader(() => {
      this.decoder?.restart();
      onDamage();
    });
  }

  async decode(page: SoundPage, to: MonoChunk): Promise<void> {
    const packets = this.reader.packets(page);
    const audio = this.decoder ? packets : await this.begin(packets);
    if (!this.decoder) return;
    const before = to.length;
    for (const packet of audio) if (this.codec.isAudio(packet)) this.decodePacket(this.decoder, packet, to);
    const { position, isLast } = page;
    // What the codec had to add to fill its last block is no music.
    if (isLast && position !== null) to.dropLast(this.clock - position, before);
    else this.clock = position ?? this.clock;
    this.toSkip -= to.dropFrom(before, this.toSkip);
  }

  /** Takes the headers. @returns the packets behind them. */
  private async begin(packets: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
    const { headers, codec } = this;
    const missing = codec.headers - headers.length;
    headers.push(...packets.slice(0, missing).map((packet) => packet.slice()));
    if (headers.length < codec.headers) return [];
    const { decoder, preSkip } = await codec.open(headers);
    this.decoder = decoder;
    this.toSkip = preSkip;
    return packets.slice(missing);
  }

  private decodePacket(decoder: PacketDecoder, packet: Uint8Array, to: MonoChunk): void {
    try {
      this.clock += decoder.decode(packet, to);
    } catch (error) {
      if (!(error instanceof PacketFault)) throw error;
      decoder.restart();
      this.onDamage();
    }
  }

  free(): void {
    this.decoder?.free();
    this.decoder = null;
  }
}
