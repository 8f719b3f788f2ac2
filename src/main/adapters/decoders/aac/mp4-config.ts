import { CodedError } from '#shared/domain/failure';
import { fromLatin1 } from '../../../core/tags/bytes';
import { AAC_RATES, type AdtsKind } from './adts';

const notAac = (what: string): CodedError =>
  new CodedError(
    'decoder-missing',
    `The audio of this file is ${what}, which is not decoded here; install ffmpeg and try again.`,
  );

const NAMES: Readonly<Record<string, string>> = {
  alac: 'Apple Lossless (ALAC)',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  'ac-4': 'AC-4',
  fLaC: 'FLAC in MP4',
  Opus: 'Opus in MP4',
  '.mp3': 'MP3 in MP4',
};
const PROTECTED = new Set(['drms', 'enca', 'aavd']);

/**
 * The kind of AAC that a sample entry describes, by the AudioSpecificConfig in it (ISO/IEC 14496-3 section 1.6.2.1).
 * @param type of the sample entry; @param entry its content.
 * Throws `decoder-missing` for what Chromium does not decode, and `unsupported-format` for what is protected.
 */
export function aacKind(type: string, entry: Uint8Array): AdtsKind {
  if (PROTECTED.has(type)) {
    throw new CodedError(
      'unsupported-format',
      'The audio is protected against copying (DRM); remove it from the selection.',
    );
  }
  if (type !== 'mp4a') throw notAac(NAMES[type] ?? `of the kind “${type}”`);
  const config = specificConfig(entry);
  if (!config) throw notAac('not AAC, or damaged');
  return parseConfig(new Bits(config));
}

function parseConfig(bits: Bits): AdtsKind {
  let objectType = readObjectType(bits);
  const rateIndex = readRate(bits);
  const channels = bits.take(4);
  // HE-AAC (5, with parametric stereo 29) names what it is based on, at half the rate; a decoder finds its additions in the frames.
  if (objectType === 5 || objectType === 29) {
    readRate(bits);
    objectType = readObjectType(bits);
  }
  const hasShortBlocks = bits.take(1) === 1;
  if (objectType < 1 || objectType > 4) throw notAac(`AAC of a rare kind (object type ${objectType})`);
  if (rateIndex < 0 || channels === 0 || channels > 7 || hasShortBlocks) throw notAac('AAC of a rare shape');
  return { objectType, rateIndex, channels };
}

function readObjectType(bits: Bits): number {
  const type = bits.take(5);
  return type === 31 ? 32 + bits.take(6) : type;
}

/** Into `AAC_RATES`; -1 for a rate that is not in it. */
function readRate(bits: Bits): number {
  const index = bits.take(4);
  return index === 15 ? (AAC_RATES as readonly number[]).indexOf(bits.take(24)) : index < AAC_RATES.length ? index : -1;
}

/** Big-endian bits; 0 after the end. */
class Bits {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.at++)
      value = value * 2 + (((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
    return value;
  }
}

/**
 * The AudioSpecificConfig of an `mp4a` entry, null if there is none or it is no AAC: box `esds` (which QuickTime keeps in `wave`) with
 * version and flags, descriptor 3 with number and flags, in it descriptor 4 with 13 bytes, in it descriptor 5 (ISO/IEC 14496-1 section 7.2.6).
 */
function specificConfig(entry: Uint8Array): Uint8Array | null {
  const esds = fromLatin1(entry).indexOf('esds');
  const stream = esds < 0 ? null : descriptor(entry, esds + 8, 3);
  if (!stream) return null;
  const flags = entry[stream.body + 2] ?? 0;
  const url = (flags & 0x40) !== 0 ? 1 + (entry[stream.body + 3] ?? 0) : 0;
  const further = ((flags & 0x80) !== 0 ? 2 : 0) + url + ((flags & 0x20) !== 0 ? 2 : 0);
  const config = descriptor(entry, stream.body + 3 + further, 4);
  // 0x40 is MPEG-4 audio, 0x66..0x68 the profiles of MPEG-2 AAC.
  const type = config ? (entry[config.body] ?? 0) : 0;
  if (!config || (type !== 0x40 && (type < 0x66 || type > 0x68))) return null;
  const specific = descriptor(entry, config.body + 13, 5);
  return specific && entry.subarray(specific.body, specific.body + specific.length);
}

/** The descriptor at `at` if it has this tag; its length has one to four bytes of seven bits. */
function descriptor(bytes: Uint8Array, at: number, tag: number): { body: number; length: number } | null {
  if (bytes[at] !== tag) return null;
  let length = 0;
  for (let i = at + 1; i <= at + 4; i++) {
    const byte = bytes[i] ?? 0;
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) return { body: i + 1, length };
  }
  return null;
}
