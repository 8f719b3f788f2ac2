import { byteAt, fromLatin1 } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import type { Mp4Box } from '../files/payload/mp4';

/** What the sample entries of audio tracks are called (mp4ra.org, "Sample Entries"). */
const NAMES: Readonly<Record<string, string>> = {
  alac: 'ALAC',
  fLaC: 'FLAC',
  Opus: 'Opus',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  '.mp3': 'MP3',
};

/** The name of a track's codec by its sample entry; null if it is no audio that we know. */
export async function codecName(source: ByteSource, entry: Mp4Box): Promise<string | null> {
  if (entry.type !== 'mp4a') return NAMES[entry.type] ?? null;
  const type = objectType(await source.read(entry.body, Math.min(400, entry.end - entry.body)));
  if (type === 0x69 || type === 0x6b) return 'MP3';
  return type === 0x40 || (type >= 0x66 && type <= 0x68) ? 'AAC' : 'MPEG audio';
}

/**
 * The object type of an `mp4a` entry, 0 if it is not found: box `esds` with version and flags, descriptor 3 (length, two bytes of number, a byte of
 * flags), in it descriptor 4 (length, object type); a length has one to four bytes (ISO/IEC 14496-14 section 5.6, 14496-1 section 7.2.6).
 */
function objectType(entry: Uint8Array): number {
  const esds = fromLatin1(entry).indexOf('esds');
  const inES = descriptor(entry, esds + 8, 3);
  const inConfig = inES > 0 ? descriptor(entry, inES + 3, 4) : 0;
  return esds >= 0 && inConfig > 0 ? byteAt(entry, inConfig) : 0;
}

/** Where the contents of the descriptor at `at` begin; 0 if it is of another kind. */
function descriptor(bytes: Uint8Array, at: number, tag: number): number {
  if (byteAt(bytes, at) !== tag) return 0;
  let start = at + 1;
  while (start < at + 4 && byteAt(bytes, start) >= 0x80) start++;
  return start + 1;
}
