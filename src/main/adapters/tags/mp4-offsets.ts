import type { ByteSource } from '../files/byte-source';
import type { Mp4Box } from '../files/payload/mp4';
import { unparseable } from './format';
import type { Mp4 } from './mp4-boxes';
import type { RangeChange } from './range-changes';

/** The places of a track's chunks in the file, absolute: boxes `stco` and `co64` (ISO/IEC 14496-12 section 8.7.5). */
export interface ChunkTable {
  /** Of the first entry. */
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Bytes of an entry. */
  readonly width: 4 | 8;
}

/** All tables of a file together: enough for four million chunks. */
export const MAX_TABLES = 16 << 20;
const ENTRIES_AT_ONCE = 8192;

export async function chunkTable(source: ByteSource, box: Mp4Box): Promise<ChunkTable> {
  const width = box.type === 'stco' ? 4 : 8;
  const start = box.body + 8;
  const malformed = () => unparseable('The table of chunk offsets of a track does not add up.');
  if (start > box.end) throw malformed();
  const head = view(await source.read(box.body, 8));
  const count = head.getUint32(4);
  if (head.getUint32(0) !== 0 || start + count * width !== box.end) throw malformed();
  return { start, end: box.end, count, width };
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Hands over the entries of a table some thousand at a time, with the number of the first. */
async function eachEntries(
  source: ByteSource,
  { start, count, width }: ChunkTable,
  take: (offsets: Float64Array, first: number) => Promise<void> | void,
): Promise<void> {
  for (let first = 0; first < count; first += ENTRIES_AT_ONCE) {
    const offsets = new Float64Array(Math.min(ENTRIES_AT_ONCE, count - first));
    const bytes = view(await source.read(start + first * width, offsets.length * width));
    for (let i = 0; i < offsets.length; i++) {
      const high = width === 8 ? bytes.getUint32(i * 8) * 0x1_0000_0000 : 0;
      offsets[i] = high + bytes.getUint32(i * width + width - 4);
    }
    await take(offsets, first);
  }
}

/** Finds the media data box that an offset lies in, -1 if none. Its very end counts too: there lies a chunk without samples. */
function boxFinder(media: readonly Mp4Box[]): (offset: number) => number {
  // Neighbouring chunks mostly lie in the same box.
  let last = 0;
  const within = (index: number, offset: number): boolean => {
    const box = media[index];
    return box !== undefined && offset >= box.body && offset <= box.end;
  };
  return (offset) => {
    if (!within(last, offset)) last = Math.max(0, lastBegun(media, offset));
    return within(last, offset) ? last : -1;
  };
}

/** The last box whose contents begin at or before the offset, by bisection; -1 if none. */
function lastBegun(media: readonly Mp4Box[], offset: number): number {
  let low = 0;
  let high = media.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (media[middle]!.body <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const mediaBoxes = ({ top }: Pick<Mp4, 'top'>): Mp4Box[] => top.filter(({ type }) => type === 'mdat');

/** What an edit does to places in the file: those from `from` to `to` change, and all behind `to` move by `delta` bytes. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly delta: number;
}

/** Corrects the chunk offsets of all tracks. Refuses what would then point to nowhere or to something else than before. */
export async function moveChunks(mp4: Mp4, move: Move): Promise<RangeChange[]> {
  const media = mediaBoxes(mp4);
  const changes: RangeChange[] = [];
  for (const { chunks } of mp4.tracks) {
    const boxOf = boxFinder(media);
    const insert = move.delta === 0 ? null : new Uint8Array(chunks.count * chunks.width);
    const table = insert && view(insert);
    await eachEntries(mp4.source, chunks, (offsets, first) => {
      offsets.forEach((offset, index) => {
        const box = media[boxOf(offset)];
        if (!box && offset >= move.from && (offset < move.to || move.delta !== 0))
          throw unparseable('A track of the MP4 file names a place for its audio where none is.');
        const moved = offset + (box && box.start >= move.to ? move.delta : 0);
        if (table) writeEntry(table, (first + index) * chunks.width, chunks.width, moved);
      });
    });
    if (insert) changes.push({ start: chunks.start, end: chunks.end, insert });
  }
  return changes;
}

function writeEntry(table: DataView, at: number, width: 4 | 8, offset: number): void {
  if (width === 4 && offset > 0xffff_ffff)
    throw unparseable(
      'The audio would move beyond 4 GB, where this file can not name its place; remove something from its tag first.',
    );
  if (!Number.isSafeInteger(offset)) throw unparseable('A track of the MP4 file names a place beyond all files.');
  if (width === 8) table.setUint32(at, Math.floor(offset / 0x1_0000_0000));
  table.setUint32(at + width - 4, offset % 0x1_0000_0000);
}

/**
 * Does every chunk offset of the new file point to the very byte of the media data that it pointed to in the old one? Reads the tables anew, so
 * that a slip in their correction is found before anything is written. Throws if not: that would be a bug of ours.
 */
export async function assertSameChunks(before: Mp4, after: Mp4): Promise<void> {
  const detached = () => new Error('an edit would detach chunks from their audio');
  const media = [mediaBoxes(before), mediaBoxes(after)] as const;
  if (before.tracks.length !== after.tracks.length || media[0].length !== media[1].length) throw detached();
  for (const [index, { chunks }] of before.tracks.entries()) {
    const other = after.tracks[index]?.chunks;
    if (other?.count !== chunks.count || other.width !== chunks.width) throw detached();
    const finders = [boxFinder(media[0]), boxFinder(media[1])] as const;
    await eachEntries(before.source, chunks, async (offsets, first) => {
      const part = { ...other, start: other.start + first * other.width, count: offsets.length };
      await eachEntries(after.source, part, (moved) => {
        const same = (offset: number, i: number): boolean => {
          const [a, b] = [finders[0](offset), finders[1](moved[i]!)];
          // What points to no media data stays as it is.
          const [baseA, baseB] = a < 0 ? [0, 0] : [media[0][a]!.body, media[1][b]?.body ?? NaN];
          return a === b && offset - baseA === moved[i]! - baseB;
        };
        if (!offsets.every(same)) throw detached();
      });
    });
  }
}
