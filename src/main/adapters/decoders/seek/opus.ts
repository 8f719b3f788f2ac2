import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { throwIfAborted } from '../stall';
import { findPage, indexOgg, packetsFrom, type OggIndex } from './ogg-index';
import { Filling, SeekFault, WASM_WORTH_SHARE, type FindSeeker } from './seeker';

/** Opus always counts at this rate, and is decoded to it here. */
const CLOCK = 48_000;
/** Samples by which a decoder has come near to where it would be: twice what RFC 7845 section 4.6 asks for, by which it is some 15 times nearer. */
const PRE_ROLL = 7680;

interface OpusHead {
  readonly channels: number;
  readonly preSkip: number;
}

/** Ogg Opus by bisection over the pages' positions, decoded by libopus in this process. Up to two channels without a gain. */
export const findOpus: FindSeeker = async (file, signal) => {
  const index = await indexOgg(file);
  if (index?.codec !== 'Opus') return null;
  const head = parseHead(index.headers[0]!);
  if (!head || index.end <= head.preSkip || !(await beginsAtZero(file, index))) return null;
  return {
    decoder: 'opus (wasm)',
    sampleRate: CLOCK,
    samples: index.end - head.preSkip,
    doubt: 0,
    worthShare: WASM_WORTH_SHARE,
    read: (stretches) => read(file, index, head, stretches, signal),
  };
};

/** OpusHead (RFC 7845 section 5.1): version, channels, pre-skip, rate of the original, gain, mapping family. */
function parseHead(bytes: Uint8Array): OpusHead | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.length < 19 || head[8]! > 15) return null;
  const channels = head[9]!;
  const gain = head.readInt16LE(16);
  if (channels < 1 || channels > 2 || gain !== 0 || head[18] !== 0) return null;
  return { channels, preSkip: head.readUInt16LE(10) };
}

/** A stream may be cut out of a longer one, and its clock then begins elsewhere. */
async function beginsAtZero(file: BytesAt, index: OggIndex): Promise<boolean> {
  let position = 0;
  for await (const page of packetsFrom(file, index, index.start)) {
    for (const packet of page.packets) position += packetSamples(packet);
    if (page.position !== null) return page.isLast ? page.position <= position : page.position === position;
  }
  return false;
}

/** Samples of a packet by its first bytes (RFC 6716 section 3.1); 0 for none. */
function packetSamples(packet: Uint8Array): number {
  if (packet.length === 0) return 0;
  const config = packet[0]! >> 3;
  const frame =
    config < 12
      ? [480, 960, 1920, 2880][config & 3]!
      : config < 16
        ? [480, 960][config & 1]!
        : [120, 240, 480, 960][config & 3]!;
  const code = packet[0]! & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63;
  return frame * count;
}

async function* read(
  file: BytesAt,
  index: OggIndex,
  { channels, preSkip }: OpusHead,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const { OpusDecoder } = await import('opus-decoder');
  const decoder = new OpusDecoder({ channels, preSkip: 0 });
  await decoder.ready;
  try {
    for (const [i, stretch] of stretches.entries()) {
      const filling = new Filling(stretch);
      // By the stream's clock, which begins before the music.
      const begin = Math.max(0, stretch.start + preSkip - PRE_ROLL);
      const place = await findPage(file, index, begin, CLOCK);
      let position = place.position === null ? 0 : null;
      if (i > 0 && begin === 0) await decoder.reset();
      for await (const page of packetsFrom(file, index, place.offset)) {
        throwIfAborted(signal);
        if (position === null) {
          position = place.position!;
          continue;
        }
        const end = page.packets.reduce((sum, packet) => sum + packetSamples(packet), position);
        const isRight = page.isLast ? end >= index.end : page.position === null || end === page.position;
        if (!isRight) throw new SeekFault(`position ${page.position} is ${end}`);
        position = decodePackets(page.packets, position, begin, (packets, at, length) => {
          const { channelData, samplesDecoded, errors } = decoder.decodeFrames(packets);
          if (samplesDecoded !== length || errors.length > 0) throw new SeekFault(`libopus gave ${samplesDecoded}`);
          filling.add(at - preSkip, channelData, samplesDecoded);
        });
        if (filling.isFull) break;
      }
      yield filling.finish();
    }
  } finally {
    decoder.free();
  }
}

/** Decodes the packets of a page that end after `begin`. @returns the position after the page. */
function decodePackets(
  packets: readonly Uint8Array[],
  position: number,
  begin: number,
  decode: (packets: Uint8Array[], position: number, samples: number) => void,
): number {
  const wanted: Uint8Array[] = [];
  let at = position;
  let first = position;
  for (const packet of packets) {
    at += packetSamples(packet);
    if (at <= begin) first = at;
    else wanted.push(packet);
  }
  if (wanted.length > 0) decode(wanted, first, at - first);
  return at;
}
