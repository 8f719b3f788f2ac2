import { equalLists, mergeValues, type WantedFields } from '../../core/tags/change';
import { id3v1GenreByte } from '../../core/tags/genres';
import { orderSplices, type KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import { checkApeStream, type ApeStream } from './ape-streams';
import { apeItem, apeKey, editApe, freshApe } from './apev2';
import {
  shownValues,
  unparseable,
  wantedFields,
  type Carrier,
  type Edit,
  type FieldName,
  type FormatOptions,
  type KeptPart,
  type ParsedTags,
} from './format';
import { diffsOf, type Targets } from './id3-plan';
import type { Id3Tag } from './id3v2';
import { id3Carriers } from './id3v2-fields';
import { parseLeadingId3 } from './id3v2-leading';
import { id3v1Genres, id3v1GenreSplice, parseMp3Tail, type Mp3Tail } from './mp3-tail';

/** A file whose own tag is APEv2, at its end. */
interface ApeTagged {
  readonly source: ByteSource;
  readonly options: FormatOptions;
  readonly stream: ApeStream;
  /** ID3v2 tags at the start, which these formats know nothing of: never changed. */
  readonly strays: readonly Id3Tag[];
  readonly audioStart: number;
  readonly tail: Mp3Tail;
}

/** Parses a WavPack, Monkey's Audio, Musepack or AAC file: the stream, then an APEv2 tag and ID3v1. */
export async function parseApeTagged(source: ByteSource, options: FormatOptions): Promise<ParsedTags> {
  const { tags: strays, end: audioStart } = await parseLeadingId3(source);
  const tail = await parseMp3Tail(source, audioStart);
  if (tail.others.some((other) => other.label === 'Lyrics3'))
    throw unparseable('There is a Lyrics3 block at the end of the file, which belongs into MP3 files.');
  const stream = await checkApeStream(source, audioStart, tail.start);
  const file: ApeTagged = { source, options, stream, strays, audioStart, tail };
  return {
    format: formatName(file),
    audio: [{ offset: audioStart, length: tail.start - audioStart }],
    carriers: (field) => carriers(file, field),
    kept: (named) => keptParts(file, named),
    holds: (field, values) => holds(file, field, values),
    edit: (wanted) => edit(file, wanted),
  };
}

function formatName({ stream, strays, tail }: ApeTagged): string {
  const names = [
    ...strays.map((tag) => `ID3v2.${tag.version}`),
    ...(tail.ape ? ['APEv2'] : []),
    ...(tail.id3v1 ? ['ID3v1'] : []),
  ];
  return `${stream} (${names.join(' + ') || 'no tag'})`;
}

const strayCarriers = ({ strays, options }: ApeTagged, field: FieldName): Carrier[] =>
  strays.flatMap((tag) => id3Carriers(tag, field, options));

function carriers(file: ApeTagged, field: FieldName): Carrier[] {
  const { ape, id3v1 } = file.tail;
  const item = ape && apeItem(ape, field);
  return [
    ...(item ? [{ name: `APEv2 ${item.key}`, values: item.values ?? [] }] : []),
    ...strayCarriers(file, field),
    ...(field === 'genre' && id3v1 ? [{ name: 'ID3v1 genre', values: id3v1Genres(id3v1) }] : []),
  ];
}

function holds({ tail }: ApeTagged, field: FieldName, values: readonly string[]): boolean {
  const item = tail.ape && apeItem(tail.ape, field);
  if (!equalLists((item && item.values) ?? [], values)) return false;
  return field !== 'genre' || !tail.id3v1 || tail.id3v1.genreByte === id3v1GenreByte(values[0]);
}

function keptParts({ audioStart, tail }: ApeTagged, named: readonly FieldName[]): KeptPart[] {
  const ours = new Set(['genre', 'mood', ...named].map((field) => field.toLowerCase()));
  const items = (tail.ape?.items ?? []).filter((item) => !ours.has(item.key.toLowerCase()));
  return [
    { label: 'before the stream', offset: 0, length: audioStart },
    ...items.map(({ key, start, end }) => ({ label: `APE ${key}`, offset: start, length: end - start })),
    ...tail.others,
    ...(tail.id3v1 ? [{ label: 'ID3v1 text', offset: tail.id3v1.start, length: 127 }] : []),
  ].sort((a, b) => a.offset - b.offset);
}

async function edit(file: ApeTagged, wanted: WantedFields): Promise<Edit> {
  const carriersOf = (field: FieldName): Carrier[] => carriers(file, field);
  const targets = planTargets(wanted, carriersOf);
  const { splices, changed } = await editTail(file, targets);
  for (const field of changed.keys())
    if (strayCarriers(file, field).length > 0)
      throw unparseable(
        `The file begins with an ID3v2 tag that holds its ${field} too; players of ${file.stream} files differ in which they show.`,
      );
  const diffs = diffsOf(targets, carriersOf, (field) => changed.get(field) ?? []);
  return {
    splices: orderSplices(splices, file.source.size),
    diffs,
    warnings: diffs.length > 0 ? warningsFor(file) : [],
    expected: new Map(diffs.map((diff) => [diff.field, diff.after])),
  };
}

/** What each field is to hold, also where it already does: an ID3v1 genre that is out of step is set right. */
function planTargets(wanted: WantedFields, carriersOf: (field: FieldName) => Carrier[]): Targets {
  const targets = new Map<FieldName, readonly string[]>();
  for (const [field, values] of wantedFields(wanted)) {
    const shown = shownValues(carriersOf(field));
    const target = mergeValues(wanted, field, shown, values);
    if (wanted.mode !== 'fill' || !equalLists(target, shown)) targets.set(field, target);
  }
  return targets;
}

async function editTail(
  { source, tail }: ApeTagged,
  targets: Targets,
): Promise<{ splices: KnownSplice[]; changed: Map<FieldName, readonly string[]> }> {
  const splices: KnownSplice[] = [];
  const changed = new Map<FieldName, readonly string[]>();
  const present = new Map([...targets].filter(([, values]) => values.length > 0));
  if (tail.ape) {
    const ape = await editApe(source, tail.ape, targets, () => true);
    splices.push(...ape.splices);
    for (const [field, names] of ape.changed) changed.set(field, names);
  } else if (present.size > 0) {
    splices.push({ offset: tail.start, remove: 0, removed: new Uint8Array(0), insert: freshApe(present) });
    for (const field of present.keys()) changed.set(field, [`APEv2 ${apeKey(field)}`]);
  }
  const genres = targets.get('genre');
  const genreSplice = tail.id3v1 && genres ? id3v1GenreSplice(tail.id3v1, genres) : null;
  if (genreSplice) {
    splices.push(genreSplice);
    changed.set('genre', [...(changed.get('genre') ?? []), 'ID3v1 genre']);
  }
  return { splices, changed };
}

function warningsFor({ stream, strays, tail }: ApeTagged): string[] {
  const warnings: string[] = [];
  if (strays.length > 0)
    warnings.push(`The file begins with an ID3v2 tag, which ${stream} files do not have; it is left as it is.`);
  if (!tail.ape && (strays.length > 0 || tail.id3v1))
    warnings.push('The file had no APEv2 tag. Some players will look for title and artist in the new one only.');
  return warnings;
}
