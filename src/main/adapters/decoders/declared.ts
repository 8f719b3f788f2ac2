import type { AudioKind } from '../../ports';
import { skipLeadingTags, type BytesAt } from '../files/audio-extent';
import { mpegFrame } from './mpeg-frame';

/** How long the headers of a file say it is, in seconds; null if they don't say. A guess from the bit rate is none. */
export async function declaredSeconds(file: BytesAt, kind: AudioKind): Promise<number | null> {
  const start = await skipLeadingTags(file);
  const head = await file.read(start, Math.min(8192, file.size - start));
  if (kind === 'flac') return flacSeconds(head);
  if (kind === 'mp3') return mp3Seconds(head);
  return null;
}

/** STREAMINFO (RFC 9639 section 8.2): 20 bits sample rate, 3 channels, 5 bits per sample, 36 total samples, from byte 18. */
function flacSeconds(head: Uint8Array): number | null {
  if (head.length < 26 || (head[4]! & 0x7f) !== 0) return null;
  const sampleRate = head[18]! * 4096 + head[19]! * 16 + (head[20]! >> 4);
  const samples = (head[21]! & 15) * 2 ** 32 + new DataView(head.buffer, head.byteOffset).getUint32(22);
  return sampleRate > 0 && samples > 0 ? samples / sampleRate : null;
}

/**
 * The Xing/Info header in the first frame says how many frames follow (and that frame itself is silent and skipped), LAME's addition how
 * many samples at both ends only come of encoding.
 */
function mp3Seconds(head: Uint8Array): number | null {
  const text = Buffer.from(head).toString('latin1');
  const at = Math.max(text.indexOf('Xing'), text.indexOf('Info'));
  if (at < 0 || at + 12 > head.length) return null;
  for (let i = Math.max(0, at - 40); i < at; i++) {
    const frame = mpegFrame(head, i);
    const view = new DataView(head.buffer, head.byteOffset);
    if (!frame || (view.getUint32(at + 4) & 1) === 0) continue;
    const added = lamePadding(view, at);
    return (view.getUint32(at + 8) * frame.samples - added) / frame.sampleRate;
  }
  return null;
}

/** Delay and padding are 12 bits each, 21 bytes after the encoder's name, which follows the four optional fields (Mp3 Info Tag rev 1). */
function lamePadding(view: DataView, xing: number): number {
  const flags = view.getUint32(xing + 4);
  const lame = xing + 8 + [4, 4, 100, 4].reduce((sum, size, bit) => sum + ((flags >> bit) & 1) * size, 0);
  if (lame + 24 > view.byteLength || !/^[A-Z]/.test(String.fromCharCode(view.getUint8(lame)))) return 0;
  const both = view.getUint32(lame + 20) & 0xff_ffff;
  return (both >> 12) + (both & 0xfff);
}
