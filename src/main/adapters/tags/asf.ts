import { byteAt } from '../../core/tags/bytes';
import { equalLists, type WantedFields } from '../../core/tags/change';
import type { ByteSource } from '../files/byte-source';
import { readAttributes, readDescription, type AsfAttribute } from './asf-attributes';
import { asfSplices } from './asf-edit';
import { asfName, assertClear, attributesNamed, namesOf, valuesOf, type AsfTags } from './asf-fields';
import {
  DATA_FIELDS,
  EXTENSION_FIELDS,
  FILE_SIZE,
  FLAGS,
  GUIDS,
  OBJECT_HEADER,
  readAsfHeader,
  readObject,
  readObjects,
  single,
  uint64le,
  type AsfObject,
} from './asf-objects';
import { unparseable, wantedFields, type Edit, type FieldName, type KeptPart, type ParsedTags } from './format';
import { planFields } from './plan-fields';

/**
 * Parses a WMA file (Advanced Systems Format specification, revision 01.20.03, section 2.2): Header Object, Data Object with the packets,
 * indexes. The whole file must consist of them.
 */
export async function parseAsf(source: ByteSource): Promise<ParsedTags> {
  const tags = await readTags(source);
  const data = await readObject(source, tags.header.size, source.size);
  if (data?.guid !== GUIDS.data || data.end - data.start <= DATA_FIELDS)
    throw unparseable('No whole Data Object with audio follows the ASF header; the file may be cut off.');
  const indexes = await readObjects(source, data.end, source.size);
  if (indexes.some(({ guid }) => guid === GUIDS.header || guid === GUIDS.data))
    throw unparseable('Several ASF files stand in one.');
  const packets = data.start + DATA_FIELDS;
  return {
    format: 'WMA (ASF)',
    audio: [{ offset: packets, length: data.end - packets }],
    carriers: (field) => {
      const values = valuesOf(tags, field);
      return values.length > 0 ? [{ name: asfName(field), values }] : [];
    },
    kept: (named) => [
      ...keptInHeader(tags, named),
      { label: 'Data Object', offset: data.start, length: DATA_FIELDS },
      ...indexes.map(whole),
    ],
    holds: (field, values) => equalLists(valuesOf(tags, field), values),
    edit: (wanted) => edit(tags, wanted),
  };
}

async function readTags(source: ByteSource): Promise<AsfTags> {
  const header = await readAsfHeader(source);
  const properties = await source.read(header.fileProperties.start, 104);
  const isBroadcast = (byteAt(properties, FLAGS) & 1) !== 0;
  const description = single(header.objects, GUIDS.description);
  const extended = single(header.objects, GUIDS.extended);
  const metadata = single(header.inExtension, GUIDS.metadata);
  const library = single(header.inExtension, GUIDS.library);
  const read = (object: AsfObject | null, kind: 'extended' | 'scoped'): Promise<AsfAttribute[]> | AsfAttribute[] =>
    object ? readAttributes(source, object, kind) : [];
  return {
    source,
    header,
    fileSize: isBroadcast ? null : uint64le(properties, FILE_SIZE),
    description: description && (await readDescription(source, description)),
    extended,
    attributes: [
      ...(await read(extended, 'extended')),
      ...(await read(metadata, 'scoped')),
      ...(await read(library, 'scoped')),
    ],
  };
}

const whole = ({ guid, start, end }: AsfObject): KeptPart => ({ label: guid, offset: start, length: end - start });

/** Everything in the header but our fields, padding, sizes and counts. */
function keptInHeader(tags: AsfTags, named: readonly FieldName[]): KeptPart[] {
  const { header, description, attributes } = tags;
  const ours = new Set(['genre', 'mood', ...named].flatMap(namesOf));
  const parts: KeptPart[] = attributes
    .filter(({ name }) => !ours.has(name.toLowerCase()))
    .map(({ name, start, end }) => ({ label: name, offset: start, length: end - start }));
  const texts = description?.others ?? [];
  parts.push(...texts.map(({ name, start, end }) => ({ label: name, offset: start, length: end - start })));
  if (description && !named.includes('comment') && description.textEnd > description.textStart)
    parts.push({
      label: 'Description',
      offset: description.textStart,
      length: description.textEnd - description.textStart,
    });
  const taken = new Set<string>([GUIDS.description, GUIDS.extended, GUIDS.metadata, GUIDS.library, GUIDS.padding]);
  for (const object of [...header.objects, ...header.inExtension]) {
    if (taken.has(object.guid) || object === header.extension) continue;
    if (object !== header.fileProperties) {
      parts.push(whole(object));
      continue;
    }
    const { start, end } = object;
    parts.push({ label: 'file ID', offset: start, length: FILE_SIZE });
    parts.push({ label: 'file properties', offset: start + FILE_SIZE + 8, length: end - start - FILE_SIZE - 8 });
  }
  if (header.extension)
    parts.push({
      label: 'extension',
      offset: header.extension.start + OBJECT_HEADER,
      length: EXTENSION_FIELDS - OBJECT_HEADER - 4,
    });
  return parts.sort((a, b) => a.offset - b.offset);
}

async function edit(tags: AsfTags, wanted: WantedFields): Promise<Edit> {
  for (const [field] of wantedFields(wanted)) assertClear(tags, field);
  const { targets, diffs } = planFields(wanted, (field) => valuesOf(tags, field), asfName);
  return {
    splices: targets.size === 0 ? [] : await asfSplices(tags, targets),
    diffs,
    warnings: warningsFor(tags, targets),
    expected: targets,
  };
}

function warningsFor(tags: AsfTags, targets: ReadonlyMap<FieldName, readonly string[]>): string[] {
  const warnings: string[] = [];
  // An ID3 reference such as "(4) Eurodisco", which Windows Media Player 9 was the last to know and WM/Genre goes before.
  if (targets.has('genre') && attributesNamed(tags, 'WM/GenreID').length > 0)
    warnings.push('The file also has a WM/GenreID, which only very old players show; it is left as it is.');
  if ((targets.get('comment')?.length ?? 0) > 1)
    warnings.push('WMA has room for one comment; further ones are written as attributes, which few players show.');
  return warnings;
}
