import type { BytesAt } from '../files/audio-extent';
import { formChunks } from './iff-chunks';
import { frameBytesOf, type PcmCoding, type PcmLayout } from './pcm';

/** What the `COMM` chunk says. */
interface CommonChunk extends Pick<PcmLayout, 'littleEndian' | 'channels' | 'sampleRate'> {
  readonly coding: PcmCoding | null;
  /** Samples per channel; 0 in streams. */
  readonly frames: number;
}

/**
 * Finds the samples of an AIFF or AIFF-C file (Apple, "Audio Interchange File Format" 1.3, 1989, and AIFF-C draft, 1991), whose
 * chunks may stand in any order.
 * @returns null if there is no `COMM` or no `SSND` chunk, or the samples are not plain ones.
 */
export async function readAiffLayout(file: BytesAt): Promise<PcmLayout | null> {
  const isCompressed = Buffer.from(await file.read(8, 4)).toString('latin1') === 'AIFC';
  let common: CommonChunk | null = null;
  let sound: { readonly offset: number; readonly bytes: number | null } | null = null;
  for await (const { id, body, size } of formChunks(file)) {
    if (id === 'COMM' && size >= 18 && body + size <= file.size)
      common = parseCommon(Buffer.from(await file.read(body, Math.min(size, 22))), isCompressed);
    if (id === 'SSND' && body + 8 <= file.size) {
      const skipped = 8 + Buffer.from(await file.read(body, 4)).readUInt32BE();
      // Streams have 0 or all ones for the size.
      const known = size >= skipped && size < 0xffff_fff0;
      sound = { offset: body + skipped, bytes: known ? size - skipped : null };
    }
    if (common && sound) break;
  }
  if (!common?.coding || !sound) return null;
  const { frames, ...format } = common;
  const promised = frames > 0 ? frames * frameBytesOf({ ...format, coding: common.coding }) : null;
  return { ...format, coding: common.coding, dataOffset: sound.offset, dataBytes: promised ?? sound.bytes };
}

/** @param chunk 18 bytes: channels, frames, bits, sample rate; in AIFF-C four more that name the coding. */
function parseCommon(chunk: Buffer, isCompressed: boolean): CommonChunk {
  const type = isCompressed && chunk.length >= 22 ? chunk.toString('latin1', 18, 22) : 'NONE';
  return {
    coding: codingOf(type, Math.ceil(chunk.readUInt16BE(6) / 8)),
    littleEndian: type === 'sowt',
    channels: chunk.readUInt16BE(0),
    frames: chunk.readUInt32BE(2),
    sampleRate: Math.round(extended(chunk, 8)),
  };
}

/** IEEE 754 extended: 15 bits of exponent, 64 of mantissa with its leading one; the sign is no matter for a rate. */
const extended = (bytes: Buffer, at: number): number =>
  Number(bytes.readBigUInt64BE(at + 2)) * 2 ** ((bytes.readUInt16BE(at) & 0x7fff) - 16_383 - 63);

/** Compression types of AIFF-C, and of QuickTime as they are found in it. */
function codingOf(type: string, bytes: number): PcmCoding | null {
  switch (type) {
    case 'NONE':
    case 'twos':
    case 'sowt':
      return ([null, 's8', 's16', 's24', 's32'] as const)[bytes] ?? null;
    case 'raw ':
      return bytes === 1 ? 'u8' : null;
    case 'in24':
      return 's24';
    case 'in32':
      return 's32';
    case 'fl32':
    case 'FL32':
      return 'f32';
    case 'fl64':
    case 'FL64':
      return 'f64';
    case 'alaw':
    case 'ALAW':
      return 'alaw';
    case 'ulaw':
    case 'ULAW':
      return 'mulaw';
    default:
      return null;
  }
}
