import { CodedError } from '#shared/domain/failure';
import type { WriteMethod } from '#shared/domain/tags';
import type { LinkHandling, WritingOptions } from '#shared/domain/writing';
import { overlaps, overwrittenBy } from '../../core/tags/overwrites';
import type { KnownSplice } from '../../core/tags/splices';
import type { CheckedEdit } from './edit-checked';
import type { Subject } from './inspect';
import { isSmall } from './overwrites';

export interface ChosenMethod {
  readonly method: WriteMethod;
  readonly warnings: readonly string[];
}

/**
 * Refuses what the settings say is not to be written because it is a link.
 * @throws CodedError `link-refused`
 */
export function refuseLinks(
  { file, stat, link }: Subject,
  links: LinkHandling,
  mayWrite: (path: string) => boolean,
): void {
  if (link !== null && links === 'skip')
    throw refused(
      'This is a symbolic link, and the setting "links" is "skip", so it is left alone.',
      'file it leads to',
    );
  if (link !== null && links === 'through' && !mayWrite(file))
    throw new CodedError(
      'link-refused',
      `This is a symbolic link to ${file}, which lies in none of your folders. Add its folder to the library, or name the file itself.`,
    );
  if (stat.links > 1 && links === 'skip')
    throw refused(
      `The file has ${stat.links} names (hard links), and the setting "links" is "skip", so it is left alone.`,
      'content that all of them share',
    );
}

const refused = (what: string, shared: string): CodedError =>
  new CodedError(
    'link-refused',
    `${what} Choose "through" to change the ${shared}, or "break" to give this name a file of its own.`,
  );

/**
 * How an edit comes into a file.
 * @throws CodedError `link-refused` where the content that several names share can't be changed in place
 */
export function chooseMethod(
  { stat, link }: Subject,
  { parsed, edit }: CheckedEdit,
  { links, inPlaceAboveMiB }: Pick<WritingOptions, 'links' | 'inPlaceAboveMiB'>,
): ChosenMethod {
  if (edit.splices.length === 0) return { method: 'new-file', warnings: [] };
  if (links === 'break' && (link !== null || stat.links > 1))
    return { method: 'own-file', warnings: [link === null ? PARTED : LINK_REPLACED] };
  const isHuge = inPlaceAboveMiB !== null && stat.size > inPlaceAboveMiB * 2 ** 20;
  if (stat.links <= 1 && !isHuge) return { method: 'new-file', warnings: [] };
  const obstacle = whyNotInPlace(edit.splices, parsed.audio);
  if (obstacle === null) return { method: 'in-place', warnings: [OVERWRITTEN] };
  if (stat.links > 1)
    throw new CodedError(
      'link-refused',
      `The file has ${stat.links} names (hard links), and ${obstacle}, so it can't be written through. Set "links" to "break" to give this name a file of its own.`,
    );
  return { method: 'new-file', warnings: [`Not written in place, since ${obstacle}: a new file takes its place.`] };
}

const PARTED =
  'This name gets a file of its own; its other names keep the old one. Undo puts the bytes back, but not the hard link.';
const LINK_REPLACED =
  'The symbolic link gives way to a file of its own. Undo brings the link back as long as the file that it leads to is unchanged.';
const OVERWRITTEN = 'The file is overwritten in place: let no other program use it meanwhile.';

/** Null if the edit leaves everything else in its place; else the reason, as a clause. */
function whyNotInPlace(splices: readonly KnownSplice[], audio: CheckedEdit['parsed']['audio']): string | null {
  const ranges = overwrittenBy(splices);
  if (!ranges) return 'the change does not fit into the free space of its tag';
  if (!isSmall(ranges)) return 'the change reaches into more than 16 MiB of the file, such as large pictures';
  return audio.some((part) => overlaps(ranges, part)) ? 'the change moves the audio' : null;
}
