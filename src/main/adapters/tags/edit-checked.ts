import { CodedError } from '#shared/domain/failure';
import { namedFields, type WantedFields } from '../../core/tags/change';
import type { KnownSplice } from '../../core/tags/splices';
import { buffered, hashParts, spliced, type ByteSource, type Part } from '../files/byte-source';
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
  const named = namedFields(wanted);
  assertOutside(parsed.kept(named), parsed.audio, edit.splices);
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
  if (!sameShape(parsed, after, named))
    throw unparseable('The change would have moved parts of the tag that are not ours.');
  return { parsed, edit };
}

/** A splice within a part that is to be kept would be a bug of ours; it is found here before anything is written. */
function assertOutside(kept: readonly KeptPart[], audio: readonly Part[], splices: readonly KnownSplice[]): void {
  // What lies behind the last splice is out of reach: most of the audio, which may be in hundreds of thousands of pages.
  const end = splices.reduce((last, { offset, remove }) => Math.max(last, offset + remove), 0);
  const within = audio.filter(({ offset }) => offset <= end);
  const parts = [
    ...kept.flatMap(({ label, offset, length, pieces }) =>
      (pieces ?? [{ offset, length }]).map((part) => ({ ...part, label, paged: pieces !== undefined })),
    ),
    ...within.map((part) => ({ ...part, label: 'audio', paged: false })),
  ].sort((a, b) => a.offset - b.offset);
  // Both lists ascend, so one walk through both suffices; parts may hold one another, so a splice looks back past the ones behind it.
  let first = 0;
  for (const splice of splices) {
    while (first < parts.length && parts[first]!.offset + parts[first]!.length <= splice.offset) first++;
    for (let i = first; i < parts.length; i++) {
      const part = parts[i]!;
      if (part.offset >= splice.offset + Math.max(splice.remove, 1)) break;
      // The header of a page may come to stand within what is cut into pages.
      const between = splice.remove === 0 && (part.paged || splice.offset === part.offset);
      if (splice.offset < part.offset + part.length && !between) throw new Error(`an edit reaches into ${part.label}`);
    }
  }
}

function sameShape(a: ParsedTags, b: ParsedTags, named: readonly string[]): boolean {
  const before = a.kept(named);
  const after = b.kept(named);
  return (
    a.audio.length === b.audio.length &&
    a.audio.every((part, index) => part.length === b.audio[index]?.length) &&
    before.length === after.length &&
    before.every((part, index) => part.label === after[index]?.label && part.length === after[index].length)
  );
}

/**
 * Do all kept parts and the audio have the same bytes in both files? Used on what has really been written.
 * @param isLaidOver the second is a view of the first with other bytes than the audio's laid over: audio in the same places is
 *   the same, and needs to be read but once
 */
export async function sameContent(
  a: { source: ByteSource; parsed: ParsedTags },
  b: { source: ByteSource; parsed: ParsedTags },
  named: readonly string[],
  isLaidOver = false,
): Promise<{ audioHash: string } | null> {
  if (!sameShape(a.parsed, b.parsed, named)) return null;
  // The lengths agree one by one, so one hash over all parts tells as much as one for each.
  const hashKept = ({ source, parsed }: typeof a): Promise<string> =>
    hashParts(
      source,
      parsed.kept(named).flatMap((part) => part.pieces ?? [part]),
    );
  if ((await hashKept(a)) !== (await hashKept(b))) return null;
  const audioHash = await hashParts(a.source, a.parsed.audio);
  const isShared = isLaidOver && a.parsed.audio.every(({ offset }, index) => offset === b.parsed.audio[index]?.offset);
  return isShared || audioHash === (await hashParts(b.source, b.parsed.audio)) ? { audioHash } : null;
}
