import type { BytesAt } from '../audio-extent';
import type { Part } from '../byte-source';

const MAX_CHUNKS = 10_000;
const UNKNOWN = 0xffffffff;

/**
 * Finds the content of the chunk `data` of a WAV file (RIFF, RF64, BW64), or `SSND` of an AIFF file. What follows it may be damaged.
 * @returns null unless there is just one such chunk that has a content and ends within the file.
 */
export async function iffAudio(file: BytesAt): Promise<readonly Part[] | null> {
  if (file.size < 12) return null;
  const head = Buffer.from(await file.read(0, 12));
  const bigEndian = head.toString('latin1', 0, 4) === 'FORM';
  const types = bigEndian ? ['AIFF', 'AIFC'] : ['WAVE'];
  if (!types.includes(head.toString('latin1', 8, 12))) return null;
  const is64 = /^(RF|BW)64$/.test(head.toString('latin1', 0, 4));
  let wide: number | null = null;
  const found: Part[] = [];
  let at = 12;
  for (let count = 0; count < MAX_CHUNKS && at + 8 <= file.size; count++) {
    const header = Buffer.from(await file.read(at, 8));
    const id = header.toString('latin1', 0, 4);
    let size = bigEndian ? header.readUInt32BE(4) : header.readUInt32LE(4);
    if (is64 && id === 'ds64' && at + 24 <= file.size)
      wide = Number(Buffer.from(await file.read(at + 16, 8)).readBigUInt64LE());
    if (is64 && id === 'data' && size === UNKNOWN && wide !== null) size = wide;
    const isAudio = id === (bigEndian ? 'SSND' : 'data');
    if (at + 8 + size > file.size) {
      if (isAudio) return null;
      break;
    }
    if (isAudio) found.push({ offset: at + 8, length: size });
    at += 8 + size + (size % 2);
  }
  return found.length === 1 && found[0]!.length > 0 ? found : null;
}
