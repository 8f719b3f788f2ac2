import { foldText } from '#shared/domain/text';
import { strings } from '../../strings';
import type { PlanParts, PlannedFile } from './plan-model';

export const PLAN_KINDS = ['all', 'warned', 'refused'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** What of a plan is shown, and can be written. */
export interface PlanFilter {
  /** Words, all of which occur in a file's path, its changes or what is said of it. */
  readonly text: string;
  readonly kind: PlanKind;
  /** Only these paths; null: no matter which. */
  readonly only: ReadonlySet<string> | null;
}

export const NO_FILTER: PlanFilter = { text: '', kind: 'all', only: null };

export const isFiltered = ({ text, kind, only }: PlanFilter): boolean =>
  text.trim() !== '' || kind !== 'all' || only !== null;

/** The parts of a plan that a filter leaves. */
export function filterPlan(parts: PlanParts, filter: PlanFilter): PlanParts {
  if (!isFiltered(filter)) return parts;
  const words = foldText(filter.text).split(/\s+/).filter(Boolean);
  const isShown = (file: PlannedFile): boolean => {
    if (filter.only !== null && !filter.only.has(file.path)) return false;
    if (filter.kind === 'refused' && file.status !== 'refused') return false;
    if (filter.kind === 'warned' && (file.status !== 'ready' || file.warnings.length === 0)) return false;
    if (words.length === 0) return true;
    const said = foldText(wordsOf(file).join('\n'));
    return words.every((word) => said.includes(word));
  };
  return {
    ready: parts.ready.filter(isShown),
    unchanged: parts.unchanged.filter(isShown),
    refused: parts.refused.filter(isShown),
  };
}

function wordsOf(file: PlannedFile): string[] {
  if (file.status === 'refused') return [file.path, file.code, file.message];
  const changes = file.diffs.flatMap((diff) => [
    strings.write.field[diff.field] ?? diff.field,
    ...diff.names,
    ...diff.before,
    ...diff.after,
  ]);
  return [file.path, file.format, ...changes, ...file.warnings];
}
