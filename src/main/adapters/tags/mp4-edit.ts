import { concat, toUint32be } from '../../core/tags/bytes';
import type { KnownSplice } from '../../core/tags/splices';
import { buffered, spliced } from '../files/byte-source';
import type { Mp4Box } from '../files/payload/mp4';
import { unparseable, type FieldName } from './format';
import { isSpaceSize, OUR_HDLR, readMp4, type Mp4, type Space } from './mp4-boxes';
import { boxBytes, editItems } from './mp4-items';
import { assertSameChunks, mediaBoxes, moveChunks, type Move } from './mp4-offsets';
import { growthOf, toSplices, type RangeChange } from './range-changes';

/**
 * Changes items of the list, and makes the list and the boxes around it where they are not there. A free box near them takes up the difference;
 * without one that can, all that follows moves, and the chunk offsets are corrected.
 */
export async function itemSplices(
  mp4: Mp4,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): Promise<readonly KnownSplice[]> {
  const content = contentChanges(mp4, targets);
  const delta = growthOf(content);
  const taken = delta === 0 ? null : takeUp(mp4, delta);
  const around = [mp4.moov, mp4.udta, mp4.meta, mp4.ilst].filter((box) => box !== null);
  const grown = delta === 0 ? [] : taken?.inside ? around.slice(around.indexOf(taken.inside) + 1) : around;
  const sizes = grown.flatMap((box) => resized(box, delta));
  const tables = await moveChunks(mp4, moveOf(mp4, taken, delta));
  const splices = await toSplices(mp4.source, [...content, ...(taken?.changes ?? []), ...sizes, ...tables]);
  await assertSameChunks(mp4, await readMp4(buffered(spliced(mp4.source, splices))));
  return splices;
}

/** The changes of the list itself: between them they decide how much longer it becomes. */
function contentChanges(mp4: Mp4, targets: ReadonlyMap<FieldName, readonly string[]>): RangeChange[] {
  if (mp4.ilst) return editItems(mp4.items, mp4.ilst.end, targets);
  const list = boxBytes('ilst', ...editItems([], 0, targets).map(({ insert }) => insert));
  const add = (at: number, insert: Uint8Array): RangeChange[] => [{ start: at, end: at, insert }];
  if (mp4.hdlr) return add(mp4.hdlr.end, list);
  const meta = boxBytes('meta', toUint32be(0), OUR_HDLR, list);
  if (mp4.udta) return add(mp4.udtaBoxes.at(-1)?.end ?? mp4.udta.body, meta);
  return add(mp4.moov.end, boxBytes('udta', meta));
}

interface TakenUp {
  readonly changes: readonly RangeChange[];
  /** The box whose size stays, with all around it; null if moov's changes too. */
  readonly inside: Mp4Box | null;
}

/** Lets a free box shrink or grow by `delta` bytes, so that nothing behind it moves; null if none can. */
function takeUp(mp4: Mp4, delta: number): TakenUp | null {
  for (const { box, fill, inside } of mp4.spaces) {
    const size = box.end - box.start - delta;
    if (size !== 0 && !isSpaceSize(size)) continue;
    if (delta < 0)
      return {
        inside,
        changes: [...resized(box, -delta), { start: box.end, end: box.end, insert: filled(-delta, fill) }],
      };
    const rest: RangeChange = { start: box.end - delta, end: box.end, insert: new Uint8Array(0) };
    return { inside, changes: size === 0 ? [rest] : [...resized(box, -delta), rest] };
  }
  // What is set free becomes a free box rather than that the audio moves.
  if (!mp4.ilst || !isSpaceSize(-delta) || !mediaFollows(mp4)) return null;
  const { end } = mp4.ilst;
  return { inside: mp4.meta, changes: [{ start: end, end, insert: boxBytes('free', new Uint8Array(-delta - 8)) }] };
}

const filled = (length: number, fill: Space['fill']): Uint8Array => new Uint8Array(length).fill(fill);

const mediaFollows = (mp4: Mp4): boolean => mediaBoxes(mp4).some(({ start }) => start >= mp4.moov.end);

/** Where bytes change and what moves. */
function moveOf(mp4: Mp4, taken: TakenUp | null, delta: number): Move {
  const { start: from, end } = mp4.moov;
  if (taken === null) return { from, to: end, delta };
  return { from, to: Math.max(end, ...taken.changes.map((change) => change.end)), delta: 0 };
}

/** The size field of a box that becomes longer by `delta`. */
function resized({ start, end, sizeBytes }: Mp4Box, delta: number): RangeChange[] {
  const size = end - start + delta;
  if (sizeBytes === 4 && size > 0xffff_ffff)
    throw unparseable('The tag would become longer than the 4 GB that its box can hold.');
  if (sizeBytes === 0) return [];
  const [high, low] = [Math.floor(size / 0x1_0000_0000), size % 0x1_0000_0000];
  const at = sizeBytes === 4 ? start : start + 8;
  return [
    { start: at, end: at + sizeBytes, insert: concat(...(sizeBytes === 8 ? [toUint32be(high)] : []), toUint32be(low)) },
  ];
}
