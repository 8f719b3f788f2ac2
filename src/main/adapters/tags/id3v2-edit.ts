import { concat, latin1, MAX_SYNCHSAFE, toSynchsafe, toUint24be, toUint32be } from '../../core/tags/bytes';
import { escapeGenreV23 } from '../../core/tags/genres';
import type { KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import { unparseable, type FieldName, type FormatOptions } from './format';
import { chooseEncoding, encodeStrings } from './id3-text';
import type { Id3Tag } from './id3v2';
import { unsync } from './id3v2-cursor';
import { groupOf, placesIn, sameValues, valuesOf, whyUnclear, type FrameGroup } from './id3v2-fields';
import { growthOf, toSplices, type RangeChange } from './range-changes';

export interface Id3Edit {
  readonly splices: readonly KnownSplice[];
  /** Per field the names of the frames that change. */
  readonly changed: ReadonlyMap<FieldName, readonly string[]>;
  /** How far the audio moves. */
  readonly shift: number;
}

/** Sets each field to its values (none: removes it) and touches no byte of any other frame. */
export async function editId3(
  source: ByteSource,
  tag: Id3Tag,
  targets: ReadonlyMap<FieldName, readonly string[]>,
  options: FormatOptions,
): Promise<Id3Edit> {
  const changes: RangeChange[] = [];
  const added: Uint8Array[] = [];
  const changed = new Map<FieldName, string[]>();
  for (const [field, values] of targets) {
    const unclear = whyUnclear(tag, field);
    if (unclear !== null) throw unparseable(unclear);
    const [canonical, ...others] = placesIn(tag, field);
    const names: string[] = [];
    for (const key of [canonical, ...others]) {
      const group = groupOf(tag, key);
      const first = group.frames[0];
      if (first === undefined && (key !== canonical || values.length === 0)) continue;
      if (
        sameValues(tag.version, options, valuesOf(tag, field, group, options), values) &&
        first !== undefined &&
        values.length > 0
      )
        continue;
      const frame = values.length > 0 ? newFrame(tag, field, group, values, options) : new Uint8Array(0);
      if (first === undefined) added.push(frame);
      group.frames.forEach((old, index) =>
        changes.push({ start: old.start, end: old.end, insert: index === 0 ? frame : new Uint8Array(0) }),
      );
      names.push(key);
    }
    if (names.length > 0) changed.set(field, names);
  }
  if (added.length > 0) changes.push({ start: tag.paddingStart, end: tag.paddingStart, insert: concat(...added) });
  return { ...(await fitPadding(source, tag, changes)), changed };
}

/** What Picard gives a comment whose language nobody has said (its `parse_comment_tag`); iTunes and Mp3tag write the same. */
export const NEW_COMMENT_LANGUAGE = 'eng';

/** A whole frame, header and all, as it goes into this tag. */
function newFrame(
  tag: Id3Tag,
  field: FieldName,
  group: FrameGroup,
  values: readonly string[],
  options: FormatOptions,
): Uint8Array {
  const old = group.frames[0];
  const [id = '', description] = group.key.split(/:(.*)/s);
  const isComment = id === 'COMM' || id === 'COM';
  const isUserText = id === 'TXXX' || id === 'TXX';
  const named = isComment ? [''] : isUserText ? [old?.text?.strings[0] ?? description ?? ''] : [];
  const texts =
    tag.version === 4 ? values : [values.map(field === 'genre' ? escapeGenreV23 : (v) => v).join(options.joinV23)];
  const strings = [...named, ...texts];
  const oldStrings = group.frames.every((frame) => frame.text?.encoding === 0)
    ? group.frames.flatMap((frame) => frame.text?.strings ?? []).join('\0')
    : '';

  const accented = [...named, ...values].filter((text) => /[^\u0000-\u007f]/.test(text));
  const encoding = chooseEncoding(
    strings.join(''),
    tag.version,
    accented.every((text) => oldStrings.includes(text)),
  );
  const language = isComment ? latin1(old?.text?.language ?? NEW_COMMENT_LANGUAGE) : new Uint8Array(0);
  const data = concat(Uint8Array.of(encoding), language, encodeStrings(strings, encoding));
  return frameBytes(tag, id, old?.status ?? 0, data);
}

function frameBytes(tag: Id3Tag, id: string, status: number, data: Uint8Array): Uint8Array {
  if (tag.version === 2) {
    const frame = concat(latin1(id), toUint24be(data.length), data);
    return tag.unsynchronised ? unsync(frame) : frame;
  }
  if (tag.version === 3) {
    const frame = concat(latin1(id), toUint32be(data.length), Uint8Array.of(status, 0), data);
    return tag.unsynchronised ? unsync(frame) : frame;
  }
  // UTF-8 and ASCII hold no FF, so the data are unsynchronised as they are; the flag keeps the tag's promise for all frames.
  // (8-bit text can hold FF: then the escapes are added and counted, as structure section 6.1 has it.)
  const body = tag.unsynchronised ? unsync(data) : data;
  return concat(latin1(id), toSynchsafe(body.length), Uint8Array.of(status, tag.unsynchronised ? 0x02 : 0), body);
}

/** Lets the padding take up the difference; where it can't, the tag grows by just what is needed. */
async function fitPadding(
  source: ByteSource,
  tag: Id3Tag,
  changes: readonly RangeChange[],
): Promise<{ splices: KnownSplice[]; shift: number }> {
  const delta = growthOf(changes);
  const all = [...changes];
  const fits = delta !== 0 && !tag.footer && delta <= tag.paddingLength;
  if (fits && delta > 0)
    all.push({ start: tag.paddingStart, end: tag.paddingStart + delta, insert: new Uint8Array(0) });
  if (fits && delta < 0) all.push({ start: tag.paddingStart, end: tag.paddingStart, insert: new Uint8Array(-delta) });
  if (fits && tag.paddingField !== null) {
    const length = toUint32be(tag.paddingLength - delta);
    all.push({ start: tag.paddingField, end: tag.paddingField + 4, insert: length });
  }
  if (!fits && delta !== 0) {
    const size = tag.size + delta;
    if (size > MAX_SYNCHSAFE) throw unparseable('The ID3v2 tag would grow beyond the 256 MB that it may have.');
    all.push({ start: tag.offset + 6, end: tag.offset + 10, insert: toSynchsafe(size) });
    if (tag.footer) all.push({ start: tag.end - 4, end: tag.end, insert: toSynchsafe(size) });
  }
  return { splices: await toSplices(source, all), shift: fits ? 0 : delta };
}
