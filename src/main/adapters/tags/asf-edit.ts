import { concat, isZero, toUint32le } from '../../core/tags/bytes';
import type { KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import { attributeBytes, DESCRIPTION_LENGTH, descriptionBody, descriptionText } from './asf-attributes';
import { asfName, attributesNamed, COMMENTS, type AsfTags } from './asf-fields';
import {
  EXTENSION_FIELDS,
  FILE_SIZE,
  guidBytes,
  GUIDS,
  OBJECT_HEADER,
  toUint16le,
  toUint64le,
  uint16le,
  type AsfHeader,
  type AsfObject,
} from './asf-objects';
import { unparseable, type FieldName } from './format';
import { growthOf, toSplices, type RangeChange } from './range-changes';

/** What changes within one object; `count` is how many attributes more it then has. */
interface ObjectChange extends RangeChange {
  readonly object: AsfObject;
  readonly count?: number;
}

interface FieldEdit {
  readonly changes: readonly ObjectChange[];
  /** Attributes for which the file has no place yet. */
  readonly attributes: readonly Uint8Array[];
  readonly objects: readonly Uint8Array[];
}

const NOTHING = new Uint8Array(0);

/**
 * Sets the fields, then everything in the header that measures or counts what has changed. The Data Object moves where no padding takes up the
 * difference; nothing in the file points to it by its place: indexes count packets or bytes from the first packet (sections 6.1 to 6.3).
 */
export async function asfSplices(
  tags: AsfTags,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): Promise<KnownSplice[]> {
  const { source, header, extended } = tags;
  const edits = [...targets].map(([field, values]) => editField(tags, field, values));
  const changes = edits.flatMap((edit) => edit.changes);
  const objects = edits.flatMap((edit) => edit.objects);
  const attributes = edits.flatMap((edit) => edit.attributes);
  const insert = concat(...attributes);
  const count = attributes.length;
  if (count > 0 && extended) changes.push({ object: extended, start: extended.end, end: extended.end, insert, count });
  if (count > 0 && !extended) objects.push(newObject(GUIDS.extended, concat(toUint16le(count), insert)));
  const added = concat(...objects);
  changes.push(...(await takeFromPadding(source, header, growthOf(changes) + added.length)));
  return toSplices(source, [
    ...changes,
    { start: header.size, end: header.size, insert: added },
    ...(await measures(tags, changes, added.length, objects.length)),
  ]);
}

function editField(tags: AsfTags, field: FieldName, values: readonly string[]): FieldEdit {
  if (field !== 'comment') return editAttributes(tags, asfName(field), values);
  const [first = '', ...rest] = values;
  const further = editAttributes(tags, asfName(field), rest);
  const again = editAttributes(tags, COMMENTS, attributesNamed(tags, COMMENTS).length > 0 ? values : []);
  const text = descriptionText(first);
  const created = tags.description === null && text.length > 0;
  return {
    changes: [...descriptionChanges(tags, text), ...further.changes, ...again.changes],
    attributes: further.attributes,
    objects: created ? [newObject(GUIDS.description, descriptionBody(text))] : [],
  };
}

function descriptionChanges({ description }: AsfTags, text: Uint8Array): ObjectChange[] {
  if (!description) return [];
  const { object, textStart, textEnd } = description;
  const length = object.start + DESCRIPTION_LENGTH;
  return [
    { object, start: length, end: length + 2, insert: toUint16le(text.length) },
    { object, start: textStart, end: textEnd, insert: text },
  ];
}

/** All values come to stand where the first one is, in its spelling and language. */
function editAttributes(tags: AsfTags, name: string, values: readonly string[]): FieldEdit {
  const found = attributesNamed(tags, name);
  const [first] = found;
  const attributes = values.map((value) => attributeBytes(first?.name ?? name, value, first?.scope ?? null));
  if (!first) return { changes: [], attributes, objects: [] };
  const changes = found.map(({ holder, start, end }, index): ObjectChange => ({
    object: holder,
    start,
    end,
    insert: index === 0 ? concat(...attributes) : NOTHING,
    count: index === 0 ? attributes.length - 1 : -1,
  }));
  return { changes, attributes: [], objects: [] };
}

const newObject = (guid: string, body: Uint8Array): Uint8Array =>
  concat(guidBytes(guid), toUint64le(OBJECT_HEADER + body.length), body);

/**
 * The first Padding Object (section 3.16) that can absorb `growth` bytes shrinks or grows by them; without one the file changes its length. Bytes
 * other than zero in the padding are somebody's data and are not taken.
 */
async function takeFromPadding(
  source: ByteSource,
  { objects, inExtension }: AsfHeader,
  growth: number,
): Promise<ObjectChange[]> {
  if (growth === 0) return [];
  for (const object of [...objects, ...inExtension]) {
    const { guid, start, end } = object;
    if (guid !== GUIDS.padding || end - start - growth < OBJECT_HEADER) continue;
    if (growth < 0) return [{ object, start: end, end, insert: new Uint8Array(-growth) }];
    if (isZero(await source.read(end - growth, growth))) return [{ object, start: end - growth, end, insert: NOTHING }];
  }
  return [];
}

/** The sizes and counts that follow from changes within objects and from `added` bytes of new ones. */
async function measures(
  { source, header, fileSize }: AsfTags,
  changes: readonly ObjectChange[],
  added: number,
  newObjects: number,
): Promise<RangeChange[]> {
  const { extension, inExtension } = header;
  const list: RangeChange[] = [];
  const sizeOf = (start: number, size: number): void => {
    list.push({ start: start + 16, end: start + OBJECT_HEADER, insert: toUint64le(size) });
  };
  for (const object of new Set(changes.map((change) => change.object))) {
    const own = changes.filter((change) => change.object === object);
    const more = own.reduce((sum, { count = 0 }) => sum + count, 0);
    sizeOf(object.start, object.end - object.start + growthOf(own));
    if (more !== 0) list.push(await counted(source, object.start + OBJECT_HEADER, more));
  }
  if (extension) {
    const growth = growthOf(changes.filter(({ object }) => inExtension.includes(object)));
    const size = extension.end - extension.start + growth;
    sizeOf(extension.start, size);
    list.push({
      start: extension.start + EXTENSION_FIELDS - 4,
      end: extension.start + EXTENSION_FIELDS,
      insert: toUint32le(size - EXTENSION_FIELDS),
    });
  }
  const growth = growthOf(changes) + added;
  sizeOf(0, header.size + growth);
  list.push({ start: OBJECT_HEADER, end: OBJECT_HEADER + 4, insert: toUint32le(header.count + newObjects) });
  // A size that was wrong before stays as it is: who wrote it knows why, and players don't go by it.
  const sizeAt = header.fileProperties.start + FILE_SIZE;
  if (fileSize === source.size) list.push({ start: sizeAt, end: sizeAt + 8, insert: toUint64le(source.size + growth) });
  return list;
}

async function counted(source: ByteSource, at: number, more: number): Promise<RangeChange> {
  const count = uint16le(await source.read(at, 2), 0) + more;
  if (count > 0xffff) throw unparseable('The header of the WMA file has no room for another attribute.');
  return { start: at, end: at + 2, insert: toUint16le(count) };
}
