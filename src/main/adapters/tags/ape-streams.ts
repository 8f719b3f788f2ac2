import { byteAt, fromLatin1, startsWith, uint32le } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { findAdtsAudio } from './adts-frames';
import { unparseable } from './format';

/** The names of the streams that carry APEv2 tags as their own. */
export type ApeStream = 'AAC' | 'WavPack' | "Monkey's Audio" | 'Musepack SV7' | 'Musepack SV8';

/**
 * Makes sure that a WavPack, Monkey's Audio, Musepack or AAC (ADTS) stream lies from `start` to `end`, between the tags, as far as its headers tell.
 * Refuses what is cut off or goes on: an unknown tag may lie there.
 */
export async function checkApeStream(source: ByteSource, start: number, end: number): Promise<ApeStream> {
  const head = await source.read(start, Math.max(0, Math.min(76, end - start)));
  if (startsWith(head, 'wvpk')) return checkWavPack(source, start, end);
  if (startsWith(head, 'MAC ')) return checkMonkeys(head, end - start);
  if (startsWith(head, 'MPCK')) return checkMusepack8(source, start, end);
  if (startsWith(head, 'MP+')) return checkMusepack7(head);
  if ((await findAdtsAudio(source, start, end)) !== null) return 'AAC';
  throw unparseable("No WavPack, Monkey's Audio or Musepack stream lies between the tags.");
}

const WAVPACK_HEADER = 32;
/** Readers of WavPack take no longer block for one. */
const WAVPACK_MAX_BLOCK = 8 + 0xfffff;
const SEARCH = 32_768;

/** WavPack 4 and 5 file format, "Block header": "wvpk", length of the rest (even, below 1 MiB), version 0x402 to 0x410. */
function wavPackBlock(header: Uint8Array): number | null {
  const length = uint32le(header, 4);
  const version = byteAt(header, 8) + byteAt(header, 9) * 256;
  const good = startsWith(header, 'wvpk') && length % 2 === 0 && length >= 24 && length <= 0xfffff;
  return good && version >= 0x402 && version <= 0x410 ? 8 + length : null;
}

/** The first block must begin where the stream does, and the last one, sought backwards, end where it does. */
async function checkWavPack(source: ByteSource, start: number, end: number): Promise<ApeStream> {
  const first = end - start >= WAVPACK_HEADER ? wavPackBlock(await source.read(start, WAVPACK_HEADER)) : null;
  if (first === null || start + first > end) throw unparseable('The WavPack stream does not begin with a whole block.');
  if (start + first === end || (await endsWithBlock(source, start + first, end))) return 'WavPack';
  throw unparseable('The WavPack stream is cut off, or something unknown follows it.');
}

async function endsWithBlock(source: ByteSource, lowest: number, end: number): Promise<boolean> {
  const last = Math.max(lowest, end - WAVPACK_MAX_BLOCK);
  for (let to = end; to > last; to -= SEARCH) {
    const from = Math.max(last, to - SEARCH);
    // Headers that begin in this stretch may end in the next one.
    const bytes = Buffer.from(await source.read(from, Math.min(to + WAVPACK_HEADER, end) - from));
    for (let i = bytes.indexOf('wvpk'); i >= 0; i = bytes.indexOf('wvpk', i + 4))
      if (wavPackBlock(bytes.subarray(i, i + WAVPACK_HEADER)) === end - from - i) return true;
  }
  return false;
}

/**
 * Monkey's Audio. From 3.98 on (MACLib.h, APE_DESCRIPTOR): bytes 8 to 35 hold the lengths of descriptor, header, seek table, WAV header, frames
 * (64 bits) and WAV end, which must add up. Before (APE_HEADER_OLD) the length of the frames is not told.
 */
function checkMonkeys(head: Uint8Array, length: number): ApeStream {
  const malformed = (): Error => unparseable("The header of the Monkey's Audio stream is malformed.");
  if (head.length < 32) throw malformed();
  const version = uint16le(head, 4);
  if (version >= 3980) {
    const [descriptor = 0, header = 0, seekTable = 0, wavHeader = 0, frames = 0, framesHigh = 0, wavEnd = 0] =
      Array.from({ length: 7 }, (_, i) => uint32le(head, 8 + 4 * i));
    if (head.length < 76 || descriptor < 52 || header < 24) throw malformed();
    if (descriptor + header + seekTable + wavHeader + frames + framesHigh * 2 ** 32 + wavEnd !== length)
      throw unparseable("The Monkey's Audio stream is cut off, or something unknown follows it.");
    return "Monkey's Audio";
  }
  const channels = uint16le(head, 10);
  const frames = uint32le(head, 24);
  const stored = uint32le(head, 16) + uint32le(head, 20);
  if (version < 3000 || channels < 1 || channels > 2 || uint32le(head, 12) === 0 || frames === 0) throw malformed();
  // The seek table has an entry of four bytes for each frame.
  if (32 + stored > length || frames > length) throw malformed();
  return "Monkey's Audio";
}

/** Stream version 7 tells only its number of frames, not of bytes. */
function checkMusepack7(head: Uint8Array): ApeStream {
  if (head.length < 28 || (byteAt(head, 3) & 15) !== 7 || uint32le(head, 4) === 0)
    throw unparseable('The header of the Musepack stream is malformed.');
  return 'Musepack SV7';
}

const MAX_PACKETS = 200_000;

/**
 * Musepack stream version 8 ("SV8 specification", trac.musepack.net): packets of a key of two capitals, a size in groups of seven bits that counts
 * key and size too, and a payload; the first is SH, the last SE.
 */
async function checkMusepack8(source: ByteSource, start: number, end: number): Promise<ApeStream> {
  for (let at = start + 4, count = 0; count < MAX_PACKETS; count++) {
    const head = await source.read(at, Math.min(12, end - at));
    const key = fromLatin1(head.subarray(0, 2));
    const size = packetSize(head);
    if (!/^[A-Z]{2}$/.test(key) || size === null || at + size > end || (key === 'SH') !== (count === 0)) break;
    at += size;
    if (key === 'SE' && at !== end) throw unparseable('Something unknown follows the Musepack stream.');
    if (key === 'SE') return 'Musepack SV8';
  }
  throw unparseable('The packets of the Musepack stream are malformed or cut off.');
}

function packetSize(head: Uint8Array): number | null {
  let size = 0;
  for (let i = 2; i < head.length; i++) {
    size = size * 128 + (byteAt(head, i) & 127);
    if (byteAt(head, i) < 128) return size > i ? size : null;
  }
  return null;
}

const uint16le = (bytes: Uint8Array, offset: number): number => byteAt(bytes, offset) + byteAt(bytes, offset + 1) * 256;
