import { byteAt, fromLatin1, startsWith, synchsafe } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { findAdtsAudio } from './adts-frames';
import { findMpegAudio } from './mpeg-frames';

/** What the content is. Only some can be written; all with a mime type can be read. */
export type ContentKind =
  | 'empty'
  | 'mp3'
  | 'flac'
  | 'ogg'
  | 'mp4'
  | 'wav'
  | 'aiff'
  | 'asf'
  | 'wavpack'
  | 'ape'
  | 'musepack'
  | 'aac'
  | 'dsf'
  | 'dsdiff'
  | 'matroska'
  | 'unknown';

export const MIME_TYPES: Readonly<Record<ContentKind, string | null>> = {
  empty: null,
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  wav: 'audio/wav',
  aiff: 'audio/aiff',
  asf: 'audio/ms-wma',
  wavpack: 'audio/wavpack',
  ape: 'audio/ape',
  musepack: 'audio/musepack',
  aac: 'audio/aac',
  dsf: 'audio/dsf',
  dsdiff: 'audio/dsdiff',
  matroska: 'audio/matroska',
  unknown: null,
};

export const KIND_NAMES: Readonly<Record<ContentKind, string>> = {
  empty: 'empty',
  mp3: 'MP3',
  flac: 'FLAC',
  ogg: 'Ogg',
  mp4: 'MP4',
  wav: 'WAV',
  aiff: 'AIFF',
  asf: 'WMA',
  wavpack: 'WavPack',
  ape: "Monkey's Audio",
  musepack: 'Musepack',
  aac: 'AAC',
  dsf: 'DSF',
  dsdiff: 'DSDIFF',
  matroska: 'Matroska',
  unknown: 'unknown',
};

/** Offset after all ID3v2 tags at the start, by their headers alone; null if one leaves the file. */
export async function id3v2End(source: ByteSource): Promise<number | null> {
  let at = 0;
  while (at + 10 <= source.size) {
    const header = await source.read(at, 10);
    const size = synchsafe(header, 6);
    if (!startsWith(header, 'ID3') || size === null) break;
    at += 10 + size + (byteAt(header, 3) === 4 && (byteAt(header, 5) & 0x10) !== 0 ? 10 : 0);
  }
  return at <= source.size ? at : null;
}

/** Tells by the bytes what a file is, whatever its name says. ID3v2 tags at the start are looked past. */
export async function sniff(source: ByteSource): Promise<ContentKind> {
  if (source.size === 0) return 'empty';
  const start = await id3v2End(source);
  if (start === null) return 'unknown';
  const head = await source.read(start, Math.min(64, source.size - start));
  const byMagic = kindByMagic(head);
  if (byMagic) return byMagic;
  if ((await findAdtsAudio(source, start, source.size)) !== null) return 'aac';
  return (await findMpegAudio(source, start, source.size)) !== null ? 'mp3' : 'unknown';
}

/** Is it AAC in LATM (ISO/IEC 14496-3, "AudioSyncStream"): eleven bits 0x2B7, a length, and after so many bytes the same again? */
export async function isLatm(source: ByteSource): Promise<boolean> {
  let at = 0;
  for (let count = 0; count < 3; count++) {
    if (at + 3 > source.size) return false;
    const [b0 = 0, b1 = 0, b2 = 0] = await source.read(at, 3);
    if (b0 !== 0x56 || (b1 & 0xe0) !== 0xe0) return false;
    at += 3 + (b1 & 0x1f) * 256 + b2;
  }
  return true;
}

function kindByMagic(head: Uint8Array): ContentKind | null {
  const has = (text: string, at = 0): boolean => startsWith(head, text, at);
  if (has('fLaC')) return 'flac';
  if (has('OggS')) return 'ogg';
  if (has('ftyp', 4)) return 'mp4';
  if ((has('RIFF') || has('RF64') || has('BW64')) && has('WAVE', 8)) return 'wav';
  if (has('FORM') && (has('AIFF', 8) || has('AIFC', 8))) return 'aiff';
  if (has('FRM8') && has('DSD ', 12)) return 'dsdiff';
  if (has('DSD ')) return 'dsf';
  if (has('wvpk')) return 'wavpack';
  if (has('MAC ')) return 'ape';
  if (has('MPCK') || has('MP+')) return 'musepack';
  // ASF header object and EBML header.
  if (fromLatin1(head.subarray(0, 4)) === '\x30\x26\xb2\x75') return 'asf';
  if (fromLatin1(head.subarray(0, 4)) === '\x1a\x45\xdf\xa3') return 'matroska';
  return null;
}
