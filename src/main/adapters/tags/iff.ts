import type { FieldDiff } from '#shared/domain/tags';
import { joined, type WantedFields } from '../../core/tags/change';
import { startsWith } from '../../core/tags/bytes';
import { orderSplices, type KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import {
  shownValues,
  unparseable,
  type Carrier,
  type Edit,
  type FieldName,
  type FormatOptions,
  type KeptPart,
  type ParsedTags,
} from './format';
import { freshId3v23 } from './fresh-id3';
import { diffsOf, id3Warnings, planTargets, type Targets } from './id3-plan';
import { parseId3v2, type Id3Tag } from './id3v2';
import { editId3 } from './id3v2-edit';
import { id3Carriers, id3Holds, keysOf } from './id3v2-fields';
import {
  appendedChunk,
  DS64_RIFF_SIZE,
  grownChunk,
  grownFile,
  isZeroFrom,
  onlyChunk,
  readIff,
  upTo,
  type Chunk,
  type Iff,
} from './iff-chunks';
import { keptFrames } from './mp3';
import { toSplices, type RangeChange } from './range-changes';
import {
  editInfoGenre,
  findInfoGenre,
  infoPieces,
  infoValues,
  namesGenres,
  readInfoLists,
  type InfoGenre,
  type InfoList,
} from './riff-info';

/** A format of chunks that holds an ID3v2 tag in one of them. */
export interface IffKind {
  readonly name: string;
  readonly types: readonly string[];
  /** The chunks that describe and hold the audio. */
  readonly format: string;
  readonly audio: string;
  /** How the chunk of a new tag is called; that of an old one keeps its name. */
  readonly id3: string;
  /** Chunks, or texts of INFO, in which some programs keep title and artist. */
  readonly texts: readonly string[];
}

interface IffTags {
  readonly kind: IffKind;
  readonly source: ByteSource;
  readonly options: FormatOptions;
  readonly iff: Iff;
  readonly audio: Chunk;
  readonly id3: { readonly chunk: Chunk; readonly tag: Id3Tag } | null;
  readonly lists: readonly InfoList[];
  readonly genre: InfoGenre;
}

/** Parses a WAV or AIFF file: its chunks, the ID3v2 tag in one of them, and the genre among WAV's INFO texts. */
export async function parseIff(kind: IffKind, source: ByteSource, options: FormatOptions): Promise<ParsedTags> {
  const iff = await readIff(source);
  if (!kind.types.includes(iff.type)) throw unparseable(`This is no ${kind.name} file.`);
  onlyChunk(iff, kind.format);
  const audio = onlyChunk(iff, kind.audio);
  const lists = iff.form === 'FORM' ? [] : await readInfoLists(source, iff);
  const genre = await findInfoGenre(source, lists);
  const tags: IffTags = { kind, source, options, iff, audio, id3: await readId3(source, iff), lists, genre };
  return {
    format: formatName(tags),
    audio: [{ offset: audio.offset, length: audio.size }],
    carriers: (field) => carriers(tags, field),
    kept: (named) => keptParts(tags, ['genre', 'mood', ...named]),
    holds: (field, values) =>
      id3Holds(tags.id3?.tag ?? null, field, values, options) &&
      (field !== 'genre' || genre === null || 'why' in genre || namesGenres(genre.text, values)),
    edit: (wanted) => edit(tags, wanted),
  };
}

/** The tag must fill its chunk; zeros may follow it there. Programs call the chunk "ID3 " or "id3 ". */
async function readId3(source: ByteSource, { chunks }: Iff): Promise<IffTags['id3']> {
  const [chunk, second] = chunks.filter(({ id }) => id.toUpperCase() === 'ID3 ');
  if (!chunk) return null;
  if (second) throw unparseable('The file has two ID3 chunks.');
  const end = chunk.offset + chunk.size;
  if (chunk.size < 10 || !startsWith(await source.read(chunk.offset, 3), 'ID3'))
    throw unparseable('The ID3 chunk holds no ID3v2 tag.');
  const tag = await parseId3v2(upTo(source, end), chunk.offset);
  if (!(await isZeroFrom(source, tag.end, end))) throw unparseable('Something follows the ID3v2 tag in its chunk.');
  return { chunk, tag };
}

function formatName({ kind, iff, id3, lists }: IffTags): string {
  const names = [
    ...(iff.form === 'RF64' || iff.form === 'BW64' ? [iff.form] : []),
    ...(id3 ? [`ID3v2.${id3.tag.version}`] : []),
    ...(lists.length > 0 ? ['INFO'] : []),
  ];
  return `${kind.name} (${names.length > 0 ? names.join(' + ') : 'no tag'})`;
}

function carriers({ id3, genre, options }: IffTags, field: FieldName): Carrier[] {
  const found = id3 ? id3Carriers(id3.tag, field, options) : [];
  if (field === 'genre' && genre && 'text' in genre)
    found.push({ name: 'INFO IGNR', values: infoValues(genre.text, options) });
  return found;
}

function keptParts({ iff, audio, id3, lists }: IffTags, fields: readonly FieldName[]): KeptPart[] {
  return iff.chunks.flatMap((chunk): KeptPart[] => {
    const { id, offset, size } = chunk;
    if (chunk === audio) return [];
    if (id3 && chunk === id3.chunk) {
      const rest = { label: 'after the ID3v2 tag', offset: id3.tag.end, length: offset + size - id3.tag.end };
      return [...keptFrames(id3.tag, fields, 'ID3v2'), ...(rest.length > 0 ? [rest] : [])];
    }
    // The size of the file, which an edit changes, comes first.
    if (id === 'ds64') return [{ label: id, offset: DS64_RIFF_SIZE + 8, length: size - 8 }];
    const items = lists.find((list) => list.chunk === chunk)?.items;
    if (!items) return [{ label: `chunk ${id}`, offset, length: size }];
    return items
      .filter((item) => item.id !== 'IGNR')
      .map((item) => ({ label: `INFO ${item.id}`, offset: item.start, length: item.end - item.start }));
  });
}

async function edit(tags: IffTags, wanted: WantedFields): Promise<Edit> {
  const { source, iff, options, genre } = tags;
  const carriersOf = (field: FieldName): Carrier[] => carriers(tags, field);
  const targets = planTargets(wanted, tags.id3?.tag ?? null, options, carriersOf, (field) =>
    field === 'genre' ? onlyInInfo(tags) : [],
  );
  const id3 = await editTag(tags, targets);
  const genres = targets.get('genre');
  const info = genres ? editInfoGenre(iff, genre, genres, options) : [];
  const splices = [...id3.splices, ...(await toSplices(source, [...id3.changes, ...info]))];
  const growth = splices.reduce((sum, { insert, remove }) => sum + insert.length - remove, 0);
  const header = await toSplices(source, grownFile(iff, source.size, growth));
  const diffs = diffsOf(targets, carriersOf, (field) => [
    ...(id3.changed.get(field) ?? []),
    ...(field === 'genre' && info.length > 0 ? ['INFO IGNR'] : []),
  ]);
  return {
    splices: orderSplices([...header, ...splices], source.size),
    diffs,
    warnings: warningsFor(tags, diffs),
    expected: new Map(diffs.map(({ field, after }) => [field, after])),
  };
}

/** The genres that the INFO text has and the ID3 tag has not; none if the text is just the tag's genres joined. */
function onlyInInfo(tags: IffTags): readonly string[] {
  const { genre, options } = tags;
  if (!genre || !('text' in genre)) return [];
  const shown = shownValues(carriers(tags, 'genre'));
  return joined(shown, infoPieces(genre.text)).length > shown.length ? infoValues(genre.text, options) : [];
}

interface TagEdit {
  readonly splices: readonly KnownSplice[];
  readonly changes: readonly RangeChange[];
  readonly changed: ReadonlyMap<FieldName, readonly string[]>;
}

/** Changes the tag and what its chunk says of its size; a file without a tag gets one in a chunk behind all others. */
async function editTag({ kind, source, iff, id3, options }: IffTags, targets: Targets): Promise<TagEdit> {
  if (id3) {
    const { splices, changed, shift } = await editId3(source, id3.tag, targets, options);
    return { splices, changed, changes: grownChunk(iff, id3.chunk, shift) };
  }
  const present = new Map([...targets].filter(([, values]) => values.length > 0));
  if (present.size === 0) return { splices: [], changed: new Map(), changes: [] };
  return {
    splices: [],
    changes: [appendedChunk(iff, source.size, kind.id3, freshId3v23(present, options))],
    changed: new Map([...present.keys()].map((field) => [field, [keysOf(3, field)[0]]])),
  };
}

function warningsFor({ kind, iff, id3, lists, options }: IffTags, diffs: readonly FieldDiff[]): string[] {
  if (diffs.length === 0) return [];
  const warnings = id3Warnings(id3?.tag ?? null, diffs, options);
  const info = diffs.find(({ names }) => names.includes('INFO IGNR'));
  if (info && info.after.length > 1)
    warnings.push(
      `The INFO texts, from which some programs read the genre, have one: several are written as one, joined with "${options.joinV23}".`,
    );
  if (info?.after.some((value) => /[^\u0000-\u007f]/.test(value)))
    warnings.push(
      'INFO texts name no encoding: the genre is written in UTF-8 there, which older programs may show wrongly.',
    );
  const ids = [...lists.flatMap(({ items }) => items ?? []), ...iff.chunks].map(({ id }) => id);
  const hasTexts = ids.some((id) => kind.texts.includes(id));
  if (!id3 && hasTexts && diffs.some(({ after }) => after.length > 0))
    warnings.push('The file had no ID3 tag. Some players will look for title and artist in the new one only.');
  return warnings;
}
