import type { MethodOutput } from '#shared/contract/methods';
import type { FieldDiff } from '#shared/domain/tags';

export type PlannedFile = MethodOutput<'write.plan'>['files'][number];
export type ReadyFile = Extract<PlannedFile, { diffs: unknown }>;
export type RefusedFile = Extract<PlannedFile, { status: 'refused' }>;
export type RunFile = MethodOutput<'write.results'>[number];

export interface PlanParts {
  readonly ready: readonly ReadyFile[];
  readonly unchanged: readonly ReadyFile[];
  readonly refused: readonly RefusedFile[];
}

/** What of a plan will be written, what is as asked already, and what can't be written. */
export function partsOf(files: readonly PlannedFile[]): PlanParts {
  const ready: ReadyFile[] = [];
  const unchanged: ReadyFile[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    switch (file.status) {
      case 'ready':
        ready.push(file);
        break;
      case 'unchanged':
        unchanged.push(file);
        break;
      case 'refused':
        refused.push(file);
        break;
    }
  }
  return { ready, unchanged, refused };
}

/** The files as listed: what will change first, then what was refused, then what needs nothing. */
export const inListOrder = ({ ready, unchanged, refused }: PlanParts): PlannedFile[] => [
  ...ready,
  ...refused,
  ...unchanged,
];

/** Values of a diff with what becomes of each. */
export interface ValueChange {
  readonly value: string;
  readonly fate: 'kept' | 'removed' | 'added';
}

/** Both sides of a diff; a value that is on both is kept. Spelling counts: what differs in it is changed. */
export function valueChanges(diff: Pick<FieldDiff, 'before' | 'after'>): {
  before: ValueChange[];
  after: ValueChange[];
} {
  const before = new Set(diff.before);
  const after = new Set(diff.after);
  return {
    before: diff.before.map((value) => ({ value, fate: after.has(value) ? 'kept' : 'removed' })),
    after: diff.after.map((value) => ({ value, fate: before.has(value) ? 'kept' : 'added' })),
  };
}
