import { CodedError } from '#shared/domain/failure';
import { concat, toUint32le, uint32le } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { OBJECT_HEADER, toUint16le, uint16le, type AsfObject } from './asf-objects';
import { unparseable } from './format';

/** A named value of the Extended Content Description, the Metadata or the Metadata Library Object. */
export interface AsfAttribute {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The object that holds it. */
  readonly holder: AsfObject;
  /** Sections 4.7 and 4.8 know language and stream (0: all of the file), section 3.11 does not: null. */
  readonly scope: { readonly language: number; readonly stream: number } | null;
  /** Null if it is no text, or none that can be decoded with certainty. */
  readonly text: string | null;
}

/** The one of the five texts of the Content Description Object that is ours: its comment. */
export interface AsfDescription {
  readonly object: AsfObject;
  readonly text: string | null;
  readonly textStart: number;
  readonly textEnd: number;
  /** The others, where they are not empty. */
  readonly others: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** Attributes begin after the number of attributes. */
const ATTRIBUTES = OBJECT_HEADER + 2;
const MAX_TEXT = 1 << 20;
/** All names and texts together; what comes after counts as not understood, so that a hostile header can't fill the memory. */
const MAX_TEXTS = 16 << 20;

/** Reads the attributes of an object; refuses what doesn't fill it exactly. Sections 3.11 (`extended`), 4.7 and 4.8 (the others). */
export async function readAttributes(
  source: ByteSource,
  holder: AsfObject,
  kind: 'extended' | 'scoped',
): Promise<AsfAttribute[]> {
  const malformed = (): Error => unparseable('The attributes in the header of the WMA file are malformed.');
  const { start, end } = holder;
  if (start + ATTRIBUTES > end) throw malformed();
  const count = uint16le(await source.read(start + OBJECT_HEADER, 2), 0);
  const attributes: AsfAttribute[] = [];
  let at = start + ATTRIBUTES;
  let room = MAX_TEXTS;
  for (let i = 0; i < count; i++) {
    const head = kind === 'extended' ? await extendedHead(source, at, end) : await scopedHead(source, at, end);
    if (!head || head.nameEnd > end || head.valueStart + head.valueLength > end) throw malformed();
    const { nameStart, nameEnd, valueStart, valueLength, type, scope } = head;
    room -= nameEnd - nameStart;
    if (room < 0) throw malformed();
    const name = decode(await source.read(nameStart, nameEnd - nameStart));
    if (name === null) throw malformed();
    const isText = type === 0 && valueLength <= Math.min(MAX_TEXT, room);
    if (isText) room -= valueLength;
    const text = isText ? decode(await source.read(valueStart, valueLength)) : null;
    attributes.push({ name, start: at, end: valueStart + valueLength, holder, scope, text });
    at = valueStart + valueLength;
  }
  if (at !== end) throw malformed();
  return attributes;
}

interface AttributeHead {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueLength: number;
  readonly type: number;
  readonly scope: AsfAttribute['scope'];
}

/** Name length, name, data type, value length, value. */
async function extendedHead(source: ByteSource, at: number, end: number): Promise<AttributeHead | null> {
  if (at + 2 > end) return null;
  const nameStart = at + 2;
  const nameEnd = nameStart + uint16le(await source.read(at, 2), 0);
  if (nameEnd + 4 > end) return null;
  const rest = await source.read(nameEnd, 4);
  const type = uint16le(rest, 0);
  return { nameStart, nameEnd, valueStart: nameEnd + 4, valueLength: uint16le(rest, 2), type, scope: null };
}

/** Language (reserved in the Metadata Object), stream, name length, data type, value length, name, value. */
async function scopedHead(source: ByteSource, at: number, end: number): Promise<AttributeHead | null> {
  if (at + 12 > end) return null;
  const head = await source.read(at, 12);
  const nameEnd = at + 12 + uint16le(head, 4);
  return {
    nameStart: at + 12,
    nameEnd,
    valueStart: nameEnd,
    valueLength: uint32le(head, 8),
    type: uint16le(head, 6),
    scope: { language: uint16le(head, 0), stream: uint16le(head, 2) },
  };
}

const UTF16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

/** UTF-16LE with or without the NULs that end it; null if it is malformed or goes on after a NUL. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = UTF16.decode(bytes);
    let end = text.length;
    while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
    return text.lastIndexOf('\0', end - 1) >= 0 && end > 0 ? null : text.slice(0, end);
  } catch {
    return null;
  }
}

/** UTF-16LE with a NUL, as all texts of ASF. */
const encode = (text: string): Uint8Array => new Uint8Array(Buffer.from(`${text}\0`, 'utf16le'));

/** Bytes that a length of 16 bits can tell of a text, the NUL included. */
const MAX_SHORT = 65_534;

function shortText(name: string, text: string): Uint8Array {
  const bytes = encode(text);
  if (bytes.length > MAX_SHORT)
    throw new CodedError(
      'invalid-input',
      `A value of ${name} is longer than WMA can hold; keep it below 32,767 characters.`,
    );
  return bytes;
}

/** An attribute with a text, as it lies in the kind of object that holds attributes of that scope. */
export function attributeBytes(name: string, text: string, scope: AsfAttribute['scope']): Uint8Array {
  const nameBytes = shortText(name, name);
  if (!scope) {
    const value = shortText(name, text);
    return concat(toUint16le(nameBytes.length), nameBytes, toUint16le(0), toUint16le(value.length), value);
  }
  const value = encode(text);
  return concat(
    toUint16le(scope.language),
    toUint16le(scope.stream),
    toUint16le(nameBytes.length),
    toUint16le(0),
    toUint32le(value.length),
    nameBytes,
    value,
  );
}

/** Section 3.10: the lengths of the five texts, then the texts. */
const DESCRIPTION_TEXTS = ['Title', 'Author', 'Copyright', 'Description', 'Rating'] as const;
const DESCRIPTION_FIELDS = OBJECT_HEADER + 2 * DESCRIPTION_TEXTS.length;
/** Where in the object the length of the description is. */
export const DESCRIPTION_LENGTH = OBJECT_HEADER + 2 * DESCRIPTION_TEXTS.indexOf('Description');

export async function readDescription(source: ByteSource, object: AsfObject): Promise<AsfDescription> {
  const { start, end } = object;
  const malformed = (): Error => unparseable('The Content Description Object of the WMA file is malformed.');
  if (start + DESCRIPTION_FIELDS > end) throw malformed();
  const fields = await source.read(start, DESCRIPTION_FIELDS);
  let at = start + DESCRIPTION_FIELDS;
  const texts = DESCRIPTION_TEXTS.map((name, i) => {
    const length = uint16le(fields, OBJECT_HEADER + 2 * i);
    at += length;
    return { name, start: at - length, end: at };
  });
  if (at !== end) throw malformed();
  const own = texts.find(({ name }) => name === 'Description');
  if (!own) throw new Error('the Content Description Object has a description');
  return {
    object,
    text: decode(await source.read(own.start, own.end - own.start)),
    textStart: own.start,
    textEnd: own.end,
    others: texts.filter((text) => text !== own && text.end > text.start),
  };
}

export const descriptionText = (text: string): Uint8Array =>
  text === '' ? new Uint8Array(0) : shortText('comment', text);

/** The five texts of a new Content Description Object, all but the description empty. */
export const descriptionBody = (text: Uint8Array): Uint8Array =>
  concat(...DESCRIPTION_TEXTS.map((name) => toUint16le(name === 'Description' ? text.length : 0)), text);
