import { createHash } from 'node:crypto';
import { CodedError } from '#shared/domain/failure';
import { byteAt, isZero, startsWith, uint32le } from '../../core/tags/bytes';
import { equalLists, type WantedFields } from '../../core/tags/change';
import { buffered, eachChunk, type ByteSource, type Part } from '../files/byte-source';
import { audioPages, OggFault, readHeaders, type OggHeaders } from '../files/payload/ogg-pages';
import { unparseable, type Edit, type FieldName, type FormatOptions, type KeptPart, type ParsedTags } from './format';
import { pageCrc, repage } from './ogg-paging';
import { pagedBytes, type PagedBytes } from './ogg-stream';
import { planFields } from './plan-fields';
import { growthOf, type RangeChange } from './range-changes';
import { commentKey, commentValues, editComments, otherComments, parseComments } from './vorbis-comments';
import type { VorbisComments } from './vorbis-comments';

interface Ogg {
  readonly source: ByteSource;
  readonly headers: OggHeaders;
  /** The packets of comments and setup; the offsets of `comments` are in here. */
  readonly stream: PagedBytes;
  readonly comments: VorbisComments;
  /** Length of the packet of comments, with what follows them there. */
  readonly length: number;
  /** Zero bytes at the end of that packet. */
  readonly padding: number;
  readonly audio: AudioPages;
}

interface AudioPages {
  readonly parts: readonly Part[];
  /** Hash of their headers without numbers and checksums. */
  readonly digest: string;
  readonly end: number;
}

/**
 * Parses Ogg Vorbis (Vorbis I sections 4.2, 5 and A) and Ogg Opus (RFC 7845): one stream, alone in the file. Damaged or missing pages of the
 * audio are let pass, as no edit reaches there, unless they would have to be numbered anew.
 */
export const parseOgg = (unbuffered: ByteSource, options: FormatOptions): Promise<ParsedTags> =>
  refusing(async () => {
    const source = buffered(unbuffered);
    if (!startsWith(await source.read(0, Math.min(4, source.size)), 'OggS'))
      throw unparseable('An ID3v2 tag stands before the Ogg data, where it does not belong.');
    const ogg = await readOgg(source, await readHeaders(source), options);
    return {
      format: `Ogg ${ogg.headers.codec}`,
      audio: ogg.audio.parts,
      carriers(field) {
        const values = commentValues(ogg.comments, field);
        return values.length > 0 ? [{ name: commentKey(field), values }] : [];
      },
      kept: (named) => keptParts(ogg, named),
      holds: (field, values) => equalLists(commentValues(ogg.comments, field), values),
      edit: (wanted) => refusing(() => edit(ogg, wanted)),
    };
  });

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OggFault)) throw error;
    throw error.kind === 'damaged'
      ? unparseable(error.message)
      : new CodedError('tag-unsupported', `${error.message} The file was left as it was.`);
  }
}

/** What the packets of comments and setup begin with; Opus has no setup. */
const MAGIC = { Vorbis: ['\x03vorbis', '\x05vorbis'], Opus: ['OpusTags', ''] } as const;

async function readOgg(source: ByteSource, headers: OggHeaders, { fieldsOnly }: FormatOptions): Promise<Ogg> {
  const { codec, first, pages, packets } = headers;
  for (const { header, crc, body } of [first, ...pages])
    if (pageCrc(header, await source.read(body.offset, body.length)) !== crc)
      throw unparseable('A page of the headers of the Ogg file has a wrong checksum.');
  const identification = await source.read(first.body.offset, first.body.length);
  if (!(codec === 'Vorbis' ? isVorbisHead(identification) : isOpusHead(identification)))
    throw unparseable(`The identification header of ${codec} is malformed.`);
  const stream = pagedBytes(source, pages);
  const [magic, setup] = MAGIC[codec];
  const [length = 0] = packets;
  if (!(await begins(stream, 0, length, magic))) throw unparseable('The second packet of the Ogg file is no comments.');
  if (!(await begins(stream, length, stream.size, setup)))
    throw unparseable('The third packet of the Ogg file is no setup header.');
  const comments = await parseComments(buffered(stream), magic.length, length, true);
  const tail = codec === 'Vorbis' ? await skipFraming(stream, comments.end, length) : comments.end;
  const padding = (await isZeroRange(stream, tail, length)) ? length - tail : 0;
  const audio = fieldsOnly ? { parts: [], digest: '', end: headers.end } : await readAudio(source, headers);
  return { source, headers, stream, comments, length, padding, audio };
}

/** Vorbis I section 4.2.2: version, channels, rate, three bit rates, block sizes, framing bit. */
const isVorbisHead = (packet: Uint8Array): boolean =>
  packet.length === 30 &&
  uint32le(packet, 7) === 0 &&
  byteAt(packet, 11) > 0 &&
  uint32le(packet, 12) > 0 &&
  (byteAt(packet, 29) & 1) === 1;

/** RFC 7845 section 5.1: a version of which only the lower half may differ, channels, and 9 bytes more at least. */
const isOpusHead = (packet: Uint8Array): boolean =>
  packet.length >= 19 && (byteAt(packet, 8) & 0xf0) === 0 && byteAt(packet, 9) > 0;

const begins = async (stream: ByteSource, from: number, to: number, text: string): Promise<boolean> =>
  from + text.length <= to && startsWith(await stream.read(from, text.length), text);

/** The byte with the framing bit, without which Vorbis comments can't be decoded (section 5.2.1). */
async function skipFraming(stream: ByteSource, at: number, end: number): Promise<number> {
  if (at >= end || (byteAt(await stream.read(at, 1), 0) & 1) === 0)
    throw unparseable('The Vorbis comments do not end with a framing bit.');
  return at + 1;
}

async function isZeroRange(stream: ByteSource, from: number, to: number): Promise<boolean> {
  let zero = true;
  await eachChunk(stream, from, to - from, (bytes) => {
    zero &&= isZero(bytes);
  });
  return zero;
}

async function readAudio(source: ByteSource, headers: OggHeaders): Promise<AudioPages> {
  const parts: Part[] = [];
  const hash = createHash('sha256');
  let end = headers.end;
  for await (const page of audioPages(source, headers)) {
    if (page.body.length > 0) parts.push(page.body);
    hash.update(page.header.subarray(0, 18)).update(page.header.subarray(26));
    end = page.end;
  }
  if (parts.length === 0) throw unparseable('No audio follows the headers of the Ogg file; it may be cut off.');
  return { parts, digest: hash.digest('hex'), end };
}

function keptParts({ source, headers, stream, comments, length, padding, audio }: Ogg, named: readonly FieldName[]) {
  const inStream = (label: string, from: number, to: number): KeptPart[] => {
    const pieces = stream.pieces(from, to);
    return pieces[0] ? [{ label, offset: pieces[0].offset, length: to - from, pieces }] : [];
  };
  const parts: KeptPart[] = [
    { label: 'identification header', offset: 0, length: headers.first.end },
    ...inStream('vendor', 0, comments.countAt),
    ...otherComments(comments, named).flatMap(({ key, start, end }) => inStream(`comment ${key}`, start, end)),
    ...inStream('end of the comments', comments.end, length - padding),
    ...inStream('setup header', length, stream.size),
    // Flags, positions and lacing of tens of thousands of pages: a hash in the name spares a list of them.
    { label: `headers of the audio's pages ${audio.digest}`, offset: headers.end, length: 0 },
    { label: 'ID3v1', offset: audio.end, length: source.size - audio.end },
  ];
  return parts;
}

async function edit(ogg: Ogg, wanted: WantedFields): Promise<Edit> {
  const { source, headers, stream, comments, length, audio } = ogg;
  const { targets, diffs } = planFields(wanted, (field) => commentValues(comments, field), commentKey);
  if (targets.size === 0) return { splices: [], diffs, warnings: [], expected: targets };
  const edits = editComments(comments, targets);
  edits.push(...takeFromPadding(ogg, growthOf(edits)));
  const packets = [length + growthOf(edits), ...headers.packets.slice(1)];
  const splices = await repage(source, headers, stream, edits, packets);
  const warnings =
    audio.end < source.size
      ? [
          'The file has an ID3v1 tag at its end, where it does not belong; it is left as it is and may show other values.',
        ]
      : [];
  return { splices, diffs, warnings, expected: targets };
}

/** Padding, where there is some, takes up what it can of `growth`. Without it the packet changes its length. */
function takeFromPadding({ length, padding }: Ogg, growth: number): RangeChange[] {
  if (padding === 0 || growth === 0) return [];
  return growth < 0
    ? [{ start: length, end: length, insert: new Uint8Array(-growth) }]
    : [{ start: length - Math.min(growth, padding), end: length, insert: new Uint8Array(0) }];
}
