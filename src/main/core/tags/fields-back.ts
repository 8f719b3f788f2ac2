import type { FieldDiff, LeftField, TagChange } from '#shared/domain/tags';
import { equalLists } from './change';

/** What a file says of a field now. */
export interface PresentField {
  readonly values: readonly string[];
  /** Does the file hold exactly these values, as far as its tags can? */
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
    const isNow = (values: readonly string[]): boolean => now.holds(values) || equalLists(now.values, values);
    let reached: readonly string[] | null = null;
    for (const { before, after } of diffs) {
      if (reached === null ? isNow(before) : equalLists(reached, before)) continue;
      if (reached === null ? isNow(after) : equalLists(reached, after)) {
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
