import { byteAt, concat, isZero, toUint24be, toUint32le, uint24be } from '../../core/tags/bytes';
import type { KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import { unparseable, type FieldName } from './format';
import { growthOf, toSplices, type RangeChange } from './range-changes';
import { editComments, emptyComments, OUR_VENDOR, type VorbisComments } from './vorbis-comments';

/** A metadata block; `start` is that of its header of four bytes. */
export interface Block {
  readonly type: number;
  readonly start: number;
  readonly end: number;
  readonly last: boolean;
}

export const PADDING = 1;
export const VORBIS_COMMENT = 4;
/** A block's length is a number of 24 bits (RFC 9639 section 8.1). */
const MAX_BLOCK = 0xffffff;

/** Reads all metadata blocks from `from` on (RFC 9639 section 8.1); refuses what is cut off or malformed. */
export async function readBlocks(source: ByteSource, from: number): Promise<Block[]> {
  const blocks: Block[] = [];
  for (let at = from; ;) {
    if (at + 4 > source.size) throw unparseable('The FLAC metadata blocks are cut off.');
    const header = await source.read(at, 4);
    const type = byteAt(header, 0) & 0x7f;
    const block = { type, start: at, end: at + 4 + uint24be(header, 1), last: byteAt(header, 0) >= 0x80 };
    if (type === 127 || block.end > source.size) throw unparseable('The FLAC metadata blocks are malformed.');
    if ((type === 0) !== (blocks.length === 0) || (type === 0 && block.end - at !== 38))
      throw unparseable('The FLAC file does not begin with one STREAMINFO block of 34 bytes.');
    if (blocks.length > 10_000) throw unparseable('The FLAC file has more than 10,000 metadata blocks.');
    blocks.push(block);
    if (block.last) return blocks;
    at = block.end;
  }
}

/** Changes the comments in their block (or adds one after STREAMINFO) and lets a padding block take up the difference. */
export async function commentSplices(
  source: ByteSource,
  blocks: readonly Block[],
  comments: VorbisComments | null,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): Promise<KnownSplice[]> {
  const block = blocks.find((candidate) => candidate.type === VORBIS_COMMENT);
  const edits = editComments(comments ?? emptyComments(), targets);
  const growth = growthOf(edits);
  const changes: RangeChange[] = [];
  let delta = growth;
  if (block) {
    changes.push(...edits);
    changes.push({
      start: block.start + 1,
      end: block.start + 4,
      insert: blockLength(block.end - block.start - 4 + growth),
    });
  } else {
    const info = blocks[0];
    if (!info) throw new Error('parsing assures a STREAMINFO block');
    const inserted = newBlock(edits, info.last);
    delta = inserted.length;
    changes.push({ start: info.end, end: info.end, insert: inserted });
    if (info.last) changes.push({ start: info.start, end: info.start + 1, insert: Uint8Array.of(0) });
  }
  changes.push(...(await takeFromPadding(source, blocks, delta)));
  return toSplices(source, changes);
}

function blockLength(length: number): Uint8Array {
  if (length > MAX_BLOCK)
    throw unparseable('The Vorbis comments would be longer than the 16 MB that a FLAC block holds.');
  return toUint24be(length);
}

function newBlock(edits: readonly RangeChange[], last: boolean): Uint8Array {
  const vendor = new TextEncoder().encode(OUR_VENDOR);
  const [count, ...added] = edits.map((edit) => edit.insert);
  const body = concat(toUint32le(vendor.length), vendor, count ?? toUint32le(0), ...added);
  return concat(Uint8Array.of(VORBIS_COMMENT | (last ? 0x80 : 0)), blockLength(body.length), body);
}

/**
 * The first padding block that can absorb `delta` bytes shrinks or grows by them; without one the file changes its length. Bytes other than
 * zero in the padding are somebody's data, against the specification (section 8.3), and are not taken.
 */
async function takeFromPadding(source: ByteSource, blocks: readonly Block[], delta: number): Promise<RangeChange[]> {
  if (delta === 0) return [];
  for (const { type, start, end } of blocks) {
    const length = end - start - 4 - delta;
    if (type !== PADDING || length < 0 || length > MAX_BLOCK) continue;
    const header = { start: start + 1, end: start + 4, insert: blockLength(length) };
    if (delta < 0) return [header, { start: end, end, insert: new Uint8Array(-delta) }];
    if (isZero(await source.read(end - delta, delta)))
      return [header, { start: end - delta, end, insert: new Uint8Array(0) }];
  }
  return [];
}
