import { CodedError } from '#shared/domain/failure';
import type { WantedFields } from '../../core/tags/change';
import type { KnownSplice } from '../../core/tags/splices';
import { buffered, hashRange, spliced, type ByteSource } from '../files/byte-source';
import { unparseable, type Edit, type FormatOptions, type KeptPart, type ParsedTags } from './format';
import { parseForWriting } from './formats';

export interface CheckedEdit {
  readonly parsed: ParsedTags;
  readonly edit: Edit;
}

/**
 * Parses a file, computes the edit and tries it out on a view of the new file, without writing: the fields must read as wanted, and every other
 * part must be there still, in the same order and length. An edit that fails this is refused.
 */
export async function editChecked(
  source: ByteSource,
  wanted: WantedFields,
  options: FormatOptions,
): Promise<CheckedEdit> {
  const parsed = await parseForWriting(source, options);
  const edit = await parsed.edit(wanted);
  if (edit.splices.length === 0) return { parsed, edit };
  const custom = [...wanted.custom.keys()];
  assertOutside(parsed.kept(custom), parsed.audio, edit.splices);
  const after = await parseForWriting(buffered(spliced(source, edit.splices)), options).catch((error: unknown) => {
    if (error instanceof CodedError) throw unparseable(`The changed tag could not be read again (${error.message}).`);
    throw error;
  });
  for (const [field, values] of edit.expected)
    if (!after.holds(field, values))
      throw new CodedError(
        'invalid-input',
        `${field} "${values.join('", "')}" can't be stored in this file as it is; choose another wording.`,
      );
  if (!sameShape(parsed, after, custom))
    throw unparseable('The change would have moved parts of the tag that are not ours.');
  return { parsed, edit };
}

/** A splice within a part that is to be kept would be a bug of ours; it is found here before anything is written. */
function assertOutside(
  kept: readonly KeptPart[],
  audio: { offset: number; length: number },
  splices: readonly KnownSplice[],
): void {
  for (const part of [...kept, { label: 'audio', ...audio }])
    for (const splice of splices) {
      const inside =
        splice.offset < part.offset + part.length && splice.offset + Math.max(splice.remove, 1) > part.offset;
      const atStart = splice.remove === 0 && splice.offset === part.offset;
      if (inside && !atStart) throw new Error(`an edit reaches into ${part.label}`);
    }
}

function sameShape(a: ParsedTags, b: ParsedTags, custom: readonly string[]): boolean {
  const before = a.kept(custom);
  const after = b.kept(custom);
  return (
    a.audio.length === b.audio.length &&
    before.length === after.length &&
    before.every((part, index) => part.label === after[index]?.label && part.length === after[index].length)
  );
}

/** Do all kept parts and the audio have the same bytes in both files? Used on what has really been written. */
export async function sameContent(
  a: { source: ByteSource; parsed: ParsedTags },
  b: { source: ByteSource; parsed: ParsedTags },
  custom: readonly string[],
): Promise<{ audioHash: string } | null> {
  if (!sameShape(a.parsed, b.parsed, custom)) return null;
  const after = b.parsed.kept(custom);
  for (const [index, part] of a.parsed.kept(custom).entries()) {
    const other = after[index];
    if (!other) return null;
    if (
      (await hashRange(a.source, part.offset, part.length)) !== (await hashRange(b.source, other.offset, other.length))
    )
      return null;
  }
  const audioHash = await hashRange(a.source, a.parsed.audio.offset, a.parsed.audio.length);
  return audioHash === (await hashRange(b.source, b.parsed.audio.offset, b.parsed.audio.length)) ? { audioHash } : null;
}
