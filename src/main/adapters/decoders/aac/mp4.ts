import { CodedError } from '#shared/domain/failure';
import { fromLatin1 } from '../../../core/tags/bytes';
import type { BytesAt } from '../../files/audio-extent';
import { buffered } from '../../files/byte-source';
import { newBudget, readBoxes, uint64be, type BoxBudget, type Mp4Box } from '../../files/payload/mp4';
import { AAC_RATES, BLOCK, withAdtsHeader, type AdtsKind } from './adts';
import { aacKind } from './mp4-config';
import { damaged, readSampleTable, samplePlaces, type SampleTable } from './mp4-samples';
import type { AacFrame, AacStream } from './stream';

/**
 * The AAC frames of an MP4 file's first audio track, by its sample table, with ADTS headers (ISO/IEC 14496-12 and -14). Delay and length
 * are those of its edit list, else of iTunes' `iTunSMPB`.
 * Throws a `CodedError` that names the remedy for what is not AAC, is in fragments, protected or damaged.
 */
export async function readMp4Aac(file: BytesAt): Promise<AacStream> {
  const bytes = buffered(file);
  const boxes = new Boxes(bytes, newBudget());
  const moov = await findMoov(bytes);
  const inMoov = await boxes.in(moov);
  const track = await audioTrack(boxes, inMoov);
  const kind = aacKind(
    track.entry.type,
    await bytes.read(track.entry.body, Math.min(4096, track.entry.end - track.entry.body)),
  );
  const table = await readSampleTable(bytes, track.sampleTable);
  if (table.count === 0) throw inFragments();
  const sampleRate = AAC_RATES[kind.rateIndex]!;
  const span = (await editedSpan(boxes, inMoov, track, sampleRate)) ?? (await itunesSpan(boxes, inMoov));
  const warnings: string[] = [];
  const length = span?.length ?? null;
  return {
    sampleRate,
    delay: span?.delay ?? 0,
    length,
    declaredSec: (length ?? table.count * BLOCK) / sampleRate,
    warnings,
    frames: frames(bytes, table, kind, warnings),
  };
}

const inFragments = (): CodedError =>
  new CodedError(
    'decoder-missing',
    'The MP4 file is in fragments, which are not read here; install ffmpeg and try again.',
  );

async function* frames(
  bytes: BytesAt,
  table: SampleTable,
  kind: AdtsKind,
  warnings: string[],
): AsyncGenerator<AacFrame> {
  for (const { offset, length } of samplePlaces(table)) {
    if (offset + length > bytes.size) {
      warnings.push('The file ends before its last frame: it is cut off.');
      return;
    }
    const frame = withAdtsHeader(await bytes.read(offset, length), kind);
    if (!frame) throw damaged('a frame is too long');
    yield { bytes: frame, samples: BLOCK };
  }
}

/** Boxes in boxes; throws where they do not add up. */
class Boxes {
  constructor(
    readonly bytes: BytesAt,
    private readonly budget: BoxBudget,
  ) {}

  /** @param skip bytes of the box's own before the first inner one. */
  async in(box: Mp4Box, skip = 0): Promise<Mp4Box[]> {
    const inner = await readBoxes(this.bytes, box.body + skip, box.end, this.budget);
    if (!inner) throw damaged(`what ${box.type} holds does not add up`);
    return inner;
  }

  /** Along a path of types, the first of each; null where one is missing. */
  async find(from: readonly Mp4Box[], ...path: string[]): Promise<Mp4Box | null> {
    const box = from.find(({ type }) => type === path[0]) ?? null;
    return box === null || path.length === 1 ? box : this.find(await this.in(box), ...path.slice(1));
  }

  async content(box: Mp4Box): Promise<DataView> {
    const { buffer, byteOffset, byteLength } = await this.bytes.read(box.body, box.end - box.body);
    return new DataView(buffer, byteOffset, byteLength);
  }
}

/** By the headers of the outermost boxes; the media data before it or after it may be cut off. */
async function findMoov(bytes: BytesAt): Promise<Mp4Box> {
  for (let at = 0, count = 0; at + 16 <= bytes.size && count < 1000; count++) {
    const head = await bytes.read(at, 16);
    const type = fromLatin1(head.subarray(4, 8));
    const short = new DataView(head.buffer, head.byteOffset).getUint32(0);
    const size = short === 1 ? uint64be(head, 8) : short === 0 ? bytes.size - at : short;
    const end = at + size;
    if (size < 8) break;
    if (type === 'moov') {
      if (end > bytes.size) break;
      return { type, start: at, body: at + (short === 1 ? 16 : 8), end, sizeBytes: short === 1 ? 8 : 4 };
    }
    if (type === 'moof') throw inFragments();
    at = end;
  }
  throw damaged('its description, moov, is missing or cut off');
}

interface AudioTrack {
  readonly boxes: readonly Mp4Box[];
  /** The boxes of `stbl`. */
  readonly sampleTable: readonly Mp4Box[];
  /** The first one of `stsd`. */
  readonly entry: Mp4Box;
  /** Units of the media's time per second. */
  readonly timescale: number;
}

async function audioTrack(boxes: Boxes, inMoov: readonly Mp4Box[]): Promise<AudioTrack> {
  for (const trak of inMoov.filter(({ type }) => type === 'trak')) {
    const inTrak = await boxes.in(trak);
    const hdlr = await boxes.find(inTrak, 'mdia', 'hdlr');
    if (!hdlr || hdlr.end - hdlr.body < 12 || fromLatin1(await boxes.bytes.read(hdlr.body + 8, 4)) !== 'soun') continue;
    const mdhd = await boxes.find(inTrak, 'mdia', 'mdhd');
    const stbl = await boxes.find(inTrak, 'mdia', 'minf', 'stbl');
    const sampleTable = stbl ? await boxes.in(stbl) : [];
    const stsd = sampleTable.find(({ type }) => type === 'stsd');
    const [entry] = stsd ? await boxes.in(stsd, 8) : [];
    if (!mdhd || !entry) throw damaged('its audio is not described');
    return { boxes: inTrak, sampleTable, entry, timescale: timescaleOf(await boxes.content(mdhd)) };
  }
  throw new CodedError('unsupported-format', 'The file holds no audio; remove it from the selection.');
}

/** `mvhd` and `mdhd` begin alike: version, flags, two times of 32 or 64 bits, timescale (sections 8.2.2, 8.4.2). */
function timescaleOf(header: DataView): number {
  const at = header.getUint8(0) === 1 ? 20 : 12;
  return at + 4 <= header.byteLength ? header.getUint32(at) : 0;
}

interface Span {
  readonly delay: number;
  readonly length: number | null;
}

/** From the start of the first edit to the end of the last, in samples; null without an edit list (section 8.6.6). */
async function editedSpan(
  boxes: Boxes,
  inMoov: readonly Mp4Box[],
  { boxes: inTrak, timescale }: AudioTrack,
  sampleRate: number,
): Promise<Span | null> {
  const elst = await boxes.find(inTrak, 'edts', 'elst');
  const mvhd = await boxes.find(inMoov, 'mvhd');
  const movieScale = mvhd ? timescaleOf(await boxes.content(mvhd)) : 0;
  if (!elst || timescale === 0 || movieScale === 0) return null;
  const list = await boxes.content(elst);
  const wide = list.getUint8(0) === 1;
  const entry = wide ? 20 : 12;
  const edits: { readonly start: number; readonly end: number }[] = [];
  for (let at = 8; at + entry <= list.byteLength; at += entry) {
    const duration = wide ? Number(list.getBigUint64(at)) : list.getUint32(at);
    const time = wide ? Number(list.getBigInt64(at + 8)) : list.getInt32(at + 4);
    // A time of -1 is a pause.
    if (time < 0) continue;
    const start = Math.round((time * sampleRate) / timescale);
    edits.push({ start, end: duration === 0 ? Infinity : start + Math.round((duration * sampleRate) / movieScale) });
  }
  const [first] = edits;
  const last = edits.at(-1);
  if (!first || !last || last.end <= first.start) return null;
  return { delay: first.start, length: Number.isFinite(last.end) ? last.end - first.start : null };
}

/** iTunes' comment of hexadecimal numbers: 0, delay, padding, samples to be heard. */
async function itunesSpan(boxes: Boxes, inMoov: readonly Mp4Box[]): Promise<Span | null> {
  try {
    const meta = await boxes.find(inMoov, 'udta', 'meta');
    const ilst = meta && (await boxes.find(await boxes.in(meta, 4), 'ilst'));
    for (const item of ilst ? await boxes.in(ilst) : []) {
      if (item.type !== '----' || item.end - item.body > 4096) continue;
      const text = fromLatin1(await boxes.bytes.read(item.body, item.end - item.body));
      const match = /iTunSMPB.*? 0{8} ([\dA-F]{8}) [\dA-F]{8} ([\dA-F]{16})/s.exec(text);
      if (match) return { delay: parseInt(match[1]!, 16), length: parseInt(match[2]!, 16) || null };
    }
  } catch (error) {
    // Odd tags are no reason not to hear the audio.
    if (!(error instanceof CodedError)) throw error;
  }
  return null;
}
