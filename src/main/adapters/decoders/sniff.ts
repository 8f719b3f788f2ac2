import type { AudioKind } from '../../ports';
import { skipLeadingTags, type BytesAt } from '../files/audio-extent';
import { mpegFrame } from './mpeg-frame';

const SNIFF_BYTES = 64 * 1024;

/** What a file's content is, whatever its name says. Leading ID3v2 tags are stepped over (FLAC and AAC files carry them too). */
export async function sniffFile(file: BytesAt): Promise<AudioKind> {
  if (file.size === 0) return 'empty';
  const start = await skipLeadingTags(file);
  return sniffBytes(await file.read(start, Math.min(SNIFF_BYTES, file.size - start)), start > 0);
}

/** @param head the first bytes after any ID3v2 tag, 64 KiB or all there are; @param tagged whether there was such a tag. */
export function sniffBytes(head: Uint8Array, tagged = false): AudioKind {
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1');
  const container = byMagic(text);
  if (container) return container;
  if (isAdts(head)) return 'aac';
  if (hasMpegFrames(head)) return 'mp3';
  if (tagged) return 'unknown';
  return isText(head) ? 'text' : 'unknown';
}

function byMagic(text: string): AudioKind | null {
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('OggS')) return oggKind(text);
  if (/^(RIFF|RF64|BW64)....WAVE/s.test(text)) return 'wav';
  if (/^FORM....AIF[FC]/s.test(text)) return 'aiff';
  if (text.slice(4, 8) === 'ftyp') return 'mp4';
  if (text.startsWith('\x30\x26\xb2\x75\x8e\x66\xcf\x11')) return 'asf';
  if (text.startsWith('MAC ')) return 'ape';
  if (text.startsWith('wvpk')) return 'wavpack';
  if (text.startsWith('MPCK') || text.startsWith('MP+')) return 'musepack';
  if (text.startsWith('DSD ') || text.startsWith('FRM8')) return 'dsd';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'matroska';
  return null;
}

function oggKind(text: string): AudioKind {
  if (text.includes('\x01vorbis')) return 'ogg-vorbis';
  if (text.includes('OpusHead')) return 'ogg-opus';
  if (text.includes('\x7fFLAC')) return 'ogg-flac';
  return 'ogg-other';
}

/** ADTS: sync word 0xFFF, layer 00, and a second header where the first one's 13-bit length says (ISO 13818-7, 6.2). */
function isAdts(head: Uint8Array): boolean {
  const isHeader = (i: number): boolean => head[i] === 0xff && (head[i + 1]! & 0xf6) === 0xf0;
  if (head.length < 16 || !isHeader(0)) return false;
  const length = ((head[3]! & 3) << 11) | (head[4]! << 3) | (head[5]! >> 5);
  return length >= 7 && length + 1 < head.length && isHeader(length);
}

/** Three MPEG audio frames in a row, or one that fills all there is: a lone sync word happens in any data. */
function hasMpegFrames(head: Uint8Array): boolean {
  for (let i = 0; i + 4 <= head.length; i++) {
    const first = mpegFrame(head, i);
    if (!first) continue;
    const second = mpegFrame(head, i + first.length);
    if (second && mpegFrame(head, i + first.length + second.length)) return true;
    if (i === 0 && head.length > 96 && first.length + (second?.length ?? 0) >= head.length) return true;
  }
  return false;
}

/** No NUL and no control characters but white space in the first kilobytes: no audio is like that. */
function isText(head: Uint8Array): boolean {
  const sample = head.subarray(0, 4096);
  return sample.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b);
}
