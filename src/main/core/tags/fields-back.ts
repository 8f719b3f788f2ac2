import type { FieldDiff, LeftField, TagChange } from '#shared/domain/tags';
import { equalLists } from './change';

/** What a file says of a field now. */
export interface PresentField {
  readonly values: readonly string[];
  /** Does the file hold these values, as far as its tags can? */
  readonly holds: (values: readonly string[]) => boolean;
}

export interface FieldsBack {
  /** What each field that can be put back held before. */
  readonly back: ReadonlyMap<string, readonly string[]>;
  readonly left: readonly LeftField[];
}

/**
 * Takes writes back field by field, in a file that something else has changed since: a field goes back to what it held
 * before as long as it holds what was written; one that holds anything else is left alone.
 * @param writes what each write changed, the last one first
 */
export function fieldsBack(
  writes: readonly (readonly FieldDiff[])[],
  present: (field: string) => PresentField,
): FieldsBack {
  const back = new Map<string, readonly string[]>();
  const left: LeftField[] = [];
  for (const field of new Set(writes.flatMap((diffs) => diffs.map((diff) => diff.field)))) {
    const diffs = writes.flatMap((each) => each.filter((diff) => diff.field === field));
    const now = present(field);
    let reached: readonly string[] | null = null;
    const isHere = (values: readonly string[]): boolean =>
      reached === null ? now.holds(values) : sameText(reached, values);
    for (const { before, after } of diffs) {
      if (isHere(before)) continue;
      if (isHere(after)) {
        reached = before;
        continue;
      }
      left.push({ field, wrote: after, now: reached ?? now.values });
      break;
    }
    if (reached !== null) back.set(field, reached);
  }
  return { back, left };
}

/**
 * The same values, however they are parted: programs that bring ID3v2.3 to 2.4 leave several values in one text, and what was
 * "Rock", "Jazz" is "Rock; Jazz" then.
 */
export const sameText = (a: readonly string[], b: readonly string[]): boolean => equalLists(partsOf(a), partsOf(b));

const partsOf = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(/[;/]/).map((part) => part.trim())).filter((part) => part !== '');

/** The change that sets fields to these values; fields are named as in a `FieldDiff`. */
export function changeTo(fields: ReadonlyMap<string, readonly string[]>): TagChange {
  const { genre, mood, grouping, comment, ...custom } = Object.fromEntries(fields);
  return {
    mode: 'replace',
    ...(genre && { genres: genre }),
    ...(mood && { moods: mood }),
    ...(grouping && { grouping }),
    ...(comment && { comment }),
    ...(Object.keys(custom).length > 0 && { custom }),
  };
}
