import { fromLatin1, uint32be } from '../../../core/tags/bytes';
import type { BytesAt } from '../../files/audio-extent';
import { newBudget, readBoxes, uint64be, type BoxBudget, type Mp4Box } from '../../files/payload/mp4';

/** What the tables of an MP4 file say of its only track with sound. */
export interface Mp4Times {
  readonly sampleRate: number;
  readonly channels: number;
  /** Seconds of music, without what its edit list leaves out at the start; an encoder's rest at the end may be counted or not. */
  readonly seconds: number;
}

/** @returns null where the file has several tracks, fragments, or is edited in more than its beginning: its clock is not plain then. */
export async function readMp4Times(file: BytesAt): Promise<Mp4Times | null> {
  const budget = newBudget();
  const top = await readBoxes(file, 0, file.size, budget, true);
  const movie = top?.find(({ type }) => type === 'moov');
  if (!top || !movie || top.some(({ type }) => type === 'moof')) return null;
  const tracks = (await inside(file, movie, budget)).filter(({ type }) => type === 'trak');
  if (tracks.length !== 1) return null;
  const track = await inside(file, tracks[0]!, budget);
  const media = await insideOf(file, track, 'mdia', budget);
  const handler = await contentOf(file, media, 'hdlr');
  const header = await contentOf(file, media, 'mdhd');
  const table = await insideOf(file, await insideOf(file, media, 'minf', budget), 'stbl', budget);
  const entry = await contentOf(file, table, 'stsd');
  if (!handler || fromLatin1(handler.subarray(8, 12)) !== 'soun' || !header || !entry || entry.length < 44) return null;
  const edits = await contentOf(file, await insideOf(file, track, 'edts', budget), 'elst');
  const skipped = edits ? firstEdit(edits) : 0;
  const isLong = header[0] === 1;
  const timescale = uint32be(header, isLong ? 20 : 12);
  const duration = isLong ? uint64be(header, 24) : uint32be(header, 16);
  if (skipped === null || timescale === 0 || duration <= skipped) return null;
  // AudioSampleEntry (ISO/IEC 14496-12 section 12.2.3), first of the table: channels at 16, rate as 16.16 at 24 of its content.
  const channels = uint32be(entry, 8 + 8 + 14) & 0xffff;
  const sampleRate = uint32be(entry, 8 + 8 + 24) >>> 16;
  return { sampleRate, channels, seconds: (duration - skipped) / timescale };
}

async function inside(file: BytesAt, box: Mp4Box, budget: BoxBudget): Promise<Mp4Box[]> {
  return (await readBoxes(file, box.body, box.end, budget)) ?? [];
}

async function insideOf(file: BytesAt, boxes: readonly Mp4Box[], type: string, budget: BoxBudget): Promise<Mp4Box[]> {
  const box = boxes.find((one) => one.type === type);
  return box ? inside(file, box, budget) : [];
}

async function contentOf(file: BytesAt, boxes: readonly Mp4Box[], type: string): Promise<Uint8Array | null> {
  const box = boxes.find((one) => one.type === type);
  if (!box || box.end - box.body < 20) return null;
  return file.read(box.body, Math.min(256, box.end - box.body));
}

/** Where a list of one edit (section 8.6.6) begins in the media, in its timescale; null for other lists. */
function firstEdit(list: Uint8Array): number | null {
  if (uint32be(list, 4) !== 1) return null;
  const time = list[0] === 1 ? uint64be(list, 16) : uint32be(list, 12);
  return time < 2 ** 31 ? time : null;
}
