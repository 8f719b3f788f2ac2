import { startsWith } from '../../core/tags/bytes';
import { id3v1GenreByte } from '../../core/tags/genres';
import type { ByteSource } from '../files/byte-source';
import { apeTakes } from './apev2';
import { unparseable, type FieldName, type FormatOptions, type KeptPart, type ParsedTags } from './format';
import type { Id3Tag } from './id3v2';
import { id3Holds, keyOf, keysOf } from './id3v2-fields';
import { parseLeadingId3 } from './id3v2-leading';
import { editMp3 } from './mp3-edit';
import { apeValues, carriers, type Mp3 } from './mp3-fields';
import { parseMp3Tail } from './mp3-tail';
import { findMpegAudio } from './mpeg-frames';

/** A kind of bare stream of frames that is tagged as MP3 is: ID3v2 before it, APEv2 and ID3v1 after it. */
export interface StreamKind {
  readonly name: string;
  /** What its frames are called. */
  readonly audio: string;
  /** Offset of the first frame at or soon after `offset`; null if there is none that is certain. */
  find(source: ByteSource, offset: number, end: number): Promise<number | null>;
}

const MP3: StreamKind = { name: 'MP3', audio: 'MPEG audio', find: findMpegAudio };

/** Parses an MP3 file: ID3v2 tags, MPEG audio frames, trailing tags. */
export const parseMp3 = (source: ByteSource, options: FormatOptions): Promise<ParsedTags> =>
  parseStream(MP3, source, options);

export async function parseStream(kind: StreamKind, source: ByteSource, options: FormatOptions): Promise<ParsedTags> {
  const { tags, end: audioStart } = await parseLeadingId3(source);
  const tail = await parseMp3Tail(source, audioStart);
  const firstFrame = await kind.find(source, audioStart, tail.start);
  if (firstFrame === null) throw unparseable(`No ${kind.audio} follows the tag.`);
  // Bytes before the first frame are kept with the audio, unless they are a tag that we don't know our way about in.
  if (audioStart + 8 <= tail.start && startsWith(await source.read(audioStart, 8), 'APETAGEX'))
    throw unparseable('There is an APE tag at the start of the file, where few programs look for it.');
  const mp3: Mp3 = { source, options, tags, tail, audioStart };
  return {
    format: formatName(kind, mp3),
    audio: [{ offset: audioStart, length: tail.start - audioStart }],
    carriers: (field) => carriers(mp3, field),
    kept: (custom) => keptParts(mp3, custom),
    holds: (field, values) => holds(mp3, field, values),
    edit: (wanted) => editMp3(mp3, wanted),
  };
}

function formatName({ name }: StreamKind, { tags, tail }: Mp3): string {
  const names = [
    ...tags.map((tag) => `ID3v2.${tag.version}`),
    ...(tail.ape ? ['APEv2'] : []),
    ...(tail.id3v1 ? ['ID3v1'] : []),
  ];
  return names.length > 0 ? `${name} (${names.join(' + ')})` : `${name} (no tag)`;
}

function holds(mp3: Mp3, field: FieldName, values: readonly string[]): boolean {
  const { tags, tail, options } = mp3;
  const apeWrong =
    tail.ape !== null && apeTakes(tail.ape, field) && apeValues(mp3, field).join('\0') !== values.join('\0');
  const v1Wrong = field === 'genre' && tail.id3v1 !== null && tail.id3v1.genreByte !== id3v1GenreByte(values[0]);
  return id3Holds(tags[0] ?? null, field, values, options) && !apeWrong && !v1Wrong;
}

function keptParts(mp3: Mp3, custom: readonly FieldName[]): KeptPart[] {
  const fields = ['genre', 'mood', ...custom];
  const parts = mp3.tags.flatMap((tag, index) => keptFrames(tag, index === 0 ? fields : [], `ID3v2#${index}`));
  const { ape, id3v1, others } = mp3.tail;
  for (const item of ape?.items ?? [])
    if (!fields.includes(item.key.toLowerCase()) && !fields.some((f) => f.toLowerCase() === item.key.toLowerCase()))
      parts.push({ label: `APE ${item.key}`, offset: item.start, length: item.end - item.start });
  for (const other of others) parts.push(other);
  if (id3v1) parts.push({ label: 'ID3v1 text', offset: id3v1.start, length: 127 });
  return parts;
}

/** All frames of a tag but those of the given fields. */
export function keptFrames(tag: Id3Tag, fields: readonly FieldName[], label: string): KeptPart[] {
  const ours = new Set<string | null>(fields.flatMap((field) => keysOf(tag.version, field)));
  return tag.frames
    .filter((frame) => !ours.has(keyOf(frame)))
    .map((frame) => ({ label: `${label} ${frame.id}`, offset: frame.start, length: frame.end - frame.start }));
}
