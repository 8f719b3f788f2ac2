import { fromLatin1, uint32be } from '../../../core/tags/bytes';
import type { BytesAt } from '../audio-extent';
import type { Part } from '../byte-source';

/** A box of an MP4 file (ISO/IEC 14496-12 section 4.2); offsets in the file. */
export interface Mp4Box {
  /** Four characters, each a byte. */
  readonly type: string;
  readonly start: number;
  /** Where its contents begin. */
  readonly body: number;
  readonly end: number;
  /** Bytes of its size field; 0 if it has none because it goes to the end of the file. */
  readonly sizeBytes: 0 | 4 | 8;
}

/** How many boxes may still be read of a file: a hostile one could have millions. */
export interface BoxBudget {
  boxes: number;
}

/** More than any real file has that is not fragmented. */
export const newBudget = (): BoxBudget => ({ boxes: 4000 });

/**
 * Reads the headers of the boxes that fill the bytes from `from` to `to`.
 * @param outermost may the last one have no size, which means that it goes to the end of the file?
 * @returns null if the sizes do not add up, or there are more boxes than the budget allows.
 */
export async function readBoxes(
  file: BytesAt,
  from: number,
  to: number,
  budget: BoxBudget,
  outermost = false,
): Promise<Mp4Box[] | null> {
  const boxes: Mp4Box[] = [];
  for (let at = from; at < to;) {
    if (to - at < 8 || budget.boxes-- <= 0) return null;
    const box = boxOf(await file.read(at, Math.min(16, to - at)), at, to);
    if (box === null || box.end < box.body || box.end > to || (box.sizeBytes === 0 && !outermost)) return null;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** Size in 32 bits, type; 1 stands for a size of 64 bits after the type, 0 for all the rest of the file. */
function boxOf(head: Uint8Array, start: number, to: number): Mp4Box | null {
  const type = fromLatin1(head.subarray(4, 8));
  const size = uint32be(head, 0);
  if (size === 0) return { type, start, body: start + 8, end: to, sizeBytes: 0 };
  if (size > 1) return { type, start, body: start + 8, end: start + size, sizeBytes: 4 };
  if (head.length < 16) return null;
  // Numbers beyond 2^53 lose their last digits, but not that they are beyond every file.
  return { type, start, body: start + 16, end: start + uint64be(head, 8), sizeBytes: 8 };
}

export const uint64be = (bytes: Uint8Array, offset: number): number =>
  uint32be(bytes, offset) * 0x1_0000_0000 + uint32be(bytes, offset + 4);

/** What the media data boxes hold; empty ones, which some encoders leave behind, do not count. */
export const mediaParts = (topLevel: readonly Mp4Box[]): Part[] =>
  topLevel
    .filter(({ type, body, end }) => type === 'mdat' && end > body)
    .map(({ body, end }) => ({ offset: body, length: end - body }));

/** See `findAudioParts`: the media data of an MP4 file whose boxes add up. */
export async function mp4Audio(file: BytesAt): Promise<readonly Part[] | null> {
  const boxes = await readBoxes(file, 0, file.size, newBudget(), true);
  const parts = boxes?.some(({ type }) => type === 'moov') ? mediaParts(boxes) : [];
  return parts.length > 0 ? parts : null;
}
