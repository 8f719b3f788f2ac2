import type { FieldDiff } from '#shared/domain/tags';
import { equalLists, mergeValues, type WantedFields } from '../../core/tags/change';
import { wantedFields, type FieldName } from './format';

export interface PlannedFields {
  /** What each field that changes is to hold. */
  readonly targets: ReadonlyMap<FieldName, readonly string[]>;
  readonly diffs: readonly FieldDiff[];
}

/** For formats that hold each field in one place: what changes, given what the file holds and what the format calls it. */
export function planFields(
  wanted: WantedFields,
  valuesOf: (field: FieldName) => readonly string[],
  nameOf: (field: FieldName) => string,
): PlannedFields {
  const targets = new Map<FieldName, readonly string[]>();
  const diffs: FieldDiff[] = [];
  for (const [field, values] of wantedFields(wanted)) {
    const before = valuesOf(field);
    const after = mergeValues(wanted, field, before, values);
    if (equalLists(before, after)) continue;
    targets.set(field, after);
    diffs.push({ field, names: [nameOf(field)], before, after });
  }
  return { targets, diffs };
}
