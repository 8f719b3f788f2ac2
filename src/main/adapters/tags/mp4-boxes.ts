import { byteAt, equalBytes, fromLatin1, isZero, latin1, startsWith } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { newBudget, readBoxes, type BoxBudget, type Mp4Box } from '../files/payload/mp4';
import { unparseable } from './format';
import { codecName } from './mp4-codec';
import { readItems, type Item } from './mp4-items';
import { chunkTable, MAX_TABLES, type ChunkTable } from './mp4-offsets';

export interface Track {
  readonly box: Mp4Box;
  /** `AAC`, `ALAC`; null if it is no audio that we know. */
  readonly codec: string | null;
  readonly chunks: ChunkTable;
}

/** A box that holds nothing and so can take up what a change needs or sets free. */
export interface Space {
  readonly box: Mp4Box;
  /** What it is filled with: 0, or 1 as TagLib does it. */
  readonly fill: number;
  /** The box that it is in; null for one right after moov. */
  readonly inside: Mp4Box | null;
}

/** The boxes that an edit has to know. `udta`, `meta`, `ilst`: those of moov/udta/meta/ilst, null from where they end. */
export interface Mp4 {
  readonly source: ByteSource;
  readonly top: readonly Mp4Box[];
  readonly brand: string;
  readonly moov: Mp4Box;
  readonly moovBoxes: readonly Mp4Box[];
  readonly tracks: readonly Track[];
  readonly udta: Mp4Box | null;
  readonly udtaBoxes: readonly Mp4Box[];
  readonly meta: Mp4Box | null;
  readonly metaBoxes: readonly Mp4Box[];
  readonly hdlr: Mp4Box | null;
  /** Is `hdlr`, byte for byte, what we make where there is none? */
  readonly ownHdlr: boolean;
  readonly ilst: Mp4Box | null;
  readonly items: readonly Item[];
  /** Nearest to the items first. */
  readonly spaces: readonly Space[];
}

/** The handler box of iTunes metadata, as iTunes and mutagen make it. */
export const OUR_HDLR = latin1(`\0\0\0\x21hdlr${'\0'.repeat(8)}mdirappl${'\0'.repeat(9)}`);

const ITUNES = 'mdir';

/** What is longer is not looked into, and left alone. */
const MAX_SPACE = 65_536;
/** So many free boxes are looked into; no real file has more. */
const MAX_SPACES = 64;

/** Boxes that stand for byte positions in ways that are not understood here, with what they are a sign of. */
const UNMOVABLE: Readonly<Record<string, string>> = {
  moof: 'is fragmented',
  mvex: 'is fragmented',
  styp: 'is fragmented',
  sidx: 'is fragmented',
  ssix: 'is fragmented',
  mfra: 'is fragmented',
  imda: 'keeps its audio in a way (imda) that is not understood',
  meco: 'has additional metadata (meco) that may name byte positions',
  cmov: 'has a compressed header (cmov)',
};

/** Sample entries of encrypted tracks: FairPlay's, Common Encryption's (ISO/IEC 23001-7), Audible's. */
const PROTECTED = new Set(['drms', 'drmi', 'enca', 'encv', 'enct', 'encs', 'encm', 'aavd']);

/** Reads an MP4 file's structure by the headers of its boxes. Refuses what it does not understand completely. */
export async function readMp4(source: ByteSource): Promise<Mp4> {
  const reader = boxReader(source);
  const head = source.size < 16 ? new Uint8Array(0) : await source.read(0, 16);
  if (!startsWith(head, 'ftyp', 4))
    throw unparseable('The file does not begin with the file type box of MP4; something stands before it.');
  const top = addingUp(await readBoxes(source, 0, source.size, reader.budget, true), 'of the MP4 file');
  const brand = fromLatin1(head.subarray(8, 12));
  if (brand === 'qt  ')
    throw unparseable('This is a QuickTime movie, whose tags are of another kind than those of MP4.');
  refuseUnmovable(top);
  const moov = need(top, 'moov');
  const moovBoxes = await reader.children(moov);
  refuseUnmovable(moovBoxes);
  need(moovBoxes, 'mvhd');
  for (const meta of [...top, ...moovBoxes].filter(({ type }) => type === 'meta'))
    await refuseTagsElsewhere(reader, meta);
  const tracks: Track[] = [];
  for (const box of moovBoxes.filter(({ type }) => type === 'trak')) tracks.push(await readTrack(reader, box));
  if (tracks.length === 0) throw unparseable('The MP4 file has no tracks.');
  if (tracks.reduce((sum, { chunks }) => sum + chunks.count * chunks.width, 0) > MAX_TABLES)
    throw unparseable(`The tables of the audio's places are longer than ${MAX_TABLES >> 20} MB.`);
  const udta = only(moovBoxes, 'udta');
  const udtaBoxes = udta ? await reader.children(udta) : [];
  const tags = await readTags(reader, only(udtaBoxes, 'meta'));
  const inner = { top, moov, moovBoxes, udta, udtaBoxes, meta: tags.meta, metaBoxes: tags.metaBoxes };
  return { source, brand, tracks, ...inner, ...tags, spaces: await findSpaces(source, inner) };
}

interface BoxReader {
  readonly source: ByteSource;
  readonly budget: BoxBudget;
  children(box: Mp4Box): Promise<Mp4Box[]>;
}

function boxReader(source: ByteSource): BoxReader {
  const budget = newBudget();
  return {
    source,
    budget,
    async children(box) {
      const from = box.type === 'meta' ? await afterVersion(source, box) : box.body;
      const boxes = await readBoxes(source, from, box.end, budget);
      if (boxes) return boxes;
      // QuickTime lets a list of user data end with four zero bytes (QuickTime File Format, "User Data Atoms").
      const ended = box.type === 'udta' && box.end - from >= 4 && isZero(await source.read(box.end - 4, 4));
      return addingUp(ended ? await readBoxes(source, from, box.end - 4, budget) : null, `within ${box.type}`);
    },
  };
}

/**
 * `meta` is a full box, whose contents follow version and flags, all zero (section 8.11.1). In QuickTime's they begin at once, which most
 * programs misread: they would see other tags in such a file than were written.
 */
async function afterVersion(source: ByteSource, { body, end }: Mp4Box): Promise<number> {
  if (end - body < 4 || !isZero(await source.read(body, 4)))
    throw unparseable(
      "The MP4 file's metadata box lacks its version, as in QuickTime files; programs disagree about such tags.",
    );
  return body + 4;
}

const only = (boxes: readonly Mp4Box[], type: string): Mp4Box | null => {
  const found = boxes.filter((box) => box.type === type);
  if (found.length > 1) throw unparseable(`The MP4 file has several ${type} boxes where only one belongs.`);
  return found[0] ?? null;
};

function need(boxes: readonly Mp4Box[], type: string): Mp4Box {
  const found = only(boxes, type);
  if (!found) throw unparseable(`The MP4 file lacks a box that it needs (${type}).`);
  return found;
}

function addingUp(boxes: Mp4Box[] | null, where: string): Mp4Box[] {
  if (!boxes) throw unparseable(`The boxes ${where} do not add up; the file may be cut off or damaged.`);
  return boxes;
}

function refuseUnmovable(boxes: readonly Mp4Box[]): void {
  for (const { type } of boxes)
    if (UNMOVABLE[type] !== undefined)
      throw unparseable(`The MP4 file ${UNMOVABLE[type]} and can't be changed safely.`);
}

/** Item locations (section 8.11.3) are byte positions that would have to be corrected. */
function refuseItemLocations(metaBoxes: readonly Mp4Box[]): void {
  if (metaBoxes.some(({ type }) => type === 'iloc'))
    throw unparseable('The MP4 file has items whose byte positions it names (iloc).');
}

/** Metadata of the file or the movie may be there besides those of moov/udta, but not of the kind that we write. */
async function refuseTagsElsewhere(reader: BoxReader, meta: Mp4Box): Promise<void> {
  const boxes = await reader.children(meta);
  refuseItemLocations(boxes);
  const hdlr = only(boxes, 'hdlr');
  if (hdlr && (await handlerOf(reader.source, hdlr)) === ITUNES)
    throw unparseable("The MP4 file has iTunes' metadata in a place where they do not belong.");
}

async function readTrack(reader: BoxReader, box: Mp4Box): Promise<Track> {
  const boxes = await reader.children(box);
  for (const meta of boxes.filter(({ type }) => type === 'meta')) refuseItemLocations(await reader.children(meta));
  const mdia = await reader.children(need(boxes, 'mdia'));
  const minf = await reader.children(need(mdia, 'minf'));
  const stbl = await reader.children(need(minf, 'stbl'));
  if (stbl.some(({ type }) => type === 'saio'))
    throw unparseable('The MP4 file has auxiliary information at byte positions that it names (saio).');
  await refuseOtherFiles(reader, only(minf, 'dinf'));
  const tables = stbl.filter(({ type }) => type === 'stco' || type === 'co64');
  const [table] = tables;
  if (!table || tables.length > 1)
    throw unparseable('A track of the MP4 file has not exactly one table of chunk offsets.');
  const codec = await readCodec(reader, need(stbl, 'stsd'));
  return { box, codec, chunks: await chunkTable(reader.source, table) };
}

/** Chunk offsets of a track may point into another file (data reference without flag 1, section 8.7.2): there nothing moves. */
async function refuseOtherFiles(reader: BoxReader, dinf: Mp4Box | null): Promise<void> {
  const dref = dinf && only(await reader.children(dinf), 'dref');
  if (!dref) return;
  const references = await entries(reader, dref);
  for (const { body, end } of references)
    if (end - body < 4 || (byteAt(await reader.source.read(body, 4), 3) & 1) === 0)
      throw unparseable('A track of the MP4 file has its audio in another file.');
}

async function readCodec(reader: BoxReader, stsd: Mp4Box): Promise<string | null> {
  const samples = await entries(reader, stsd);
  if (samples.some(({ type }) => PROTECTED.has(type)))
    throw unparseable('The audio is protected against copying (DRM); such files are not changed.');
  return samples[0] ? codecName(reader.source, samples[0]) : null;
}

/** The boxes of a full box that begins with their number: data references, sample entries. */
async function entries({ source, budget }: BoxReader, box: Mp4Box): Promise<Mp4Box[]> {
  const from = box.body + 8;
  return addingUp(from <= box.end ? await readBoxes(source, from, box.end, budget) : null, `within ${box.type}`);
}

/** The kind of metadata that a `meta` box holds; before it are version, flags and an unused field (section 8.4.3). */
const handlerOf = async (source: ByteSource, { body, end }: Mp4Box): Promise<string> =>
  end - body < 12 ? '' : fromLatin1(await source.read(body + 8, 4));

type Tags = Pick<Mp4, 'meta' | 'metaBoxes' | 'hdlr' | 'ownHdlr' | 'ilst' | 'items'>;

async function readTags(reader: BoxReader, meta: Mp4Box | null): Promise<Tags> {
  if (!meta) return { meta, metaBoxes: [], hdlr: null, ownHdlr: false, ilst: null, items: [] };
  const { source } = reader;
  const metaBoxes = await reader.children(meta);
  refuseItemLocations(metaBoxes);
  const hdlr = need(metaBoxes, 'hdlr');
  if ((await handlerOf(source, hdlr)) !== ITUNES)
    throw unparseable("The metadata of the MP4 file are of another kind than iTunes' (their handler is not mdir).");
  const ilst = only(metaBoxes, 'ilst');
  const items = ilst ? await readItems(source, await reader.children(ilst)) : [];
  const length = hdlr.end - hdlr.start;
  const ownHdlr = length === OUR_HDLR.length && equalBytes(await source.read(hdlr.start, length), OUR_HDLR);
  return { meta, metaBoxes, hdlr, ownHdlr, ilst, items };
}

async function findSpaces(
  source: ByteSource,
  mp4: Pick<Mp4, 'top' | 'moov' | 'moovBoxes' | 'udta' | 'udtaBoxes' | 'meta' | 'metaBoxes'>,
): Promise<Space[]> {
  const spaces: Space[] = [];
  let looked = 0;
  const collect = async (boxes: readonly Mp4Box[], inside: Mp4Box | null): Promise<void> => {
    for (const box of boxes) {
      const fill = isFree(box) && looked++ < MAX_SPACES ? await fillOf(source, box) : null;
      if (fill !== null) spaces.push({ box, fill, inside });
    }
  };
  if (mp4.meta) await collect(mp4.metaBoxes, mp4.meta);
  if (mp4.udta) await collect(mp4.udtaBoxes, mp4.udta);
  await collect(mp4.moovBoxes, mp4.moov);
  const behind = mp4.top.slice(mp4.top.indexOf(mp4.moov) + 1);
  const others = behind.findIndex((box) => !isFree(box));
  await collect(others < 0 ? behind : behind.slice(0, others), null);
  return spaces;
}

const isFree = ({ type }: Mp4Box): boolean => type === 'free' || type === 'skip';

/** May a space have this many bytes, its header of eight included? */
export const isSpaceSize = (size: number): boolean => size >= 8 && size <= MAX_SPACE;

/** What a free box is filled with; null if it holds something, which is somebody's. */
async function fillOf(source: ByteSource, { start, body, end, sizeBytes }: Mp4Box): Promise<number | null> {
  if (sizeBytes !== 4 || !isSpaceSize(end - start)) return null;
  const content = await source.read(body, end - body);
  const fill = byteAt(content, 0);
  return fill <= 1 && content.every((value) => value === fill) ? fill : null;
}
