import type { VerdictTask } from '#shared/domain/analysis';
import { foldLabel } from '#shared/domain/vocabulary';
import type { ModelInfo } from '#shared/contract/schemas';
import { createLabelMatcher } from '../../core/evaluation/match-labels';

/** The label of tracks that have none of any model's labels. */
const UNKNOWN = foldLabel('unknown');

export const isUnknown = (label: string): boolean => foldLabel(label) === UNKNOWN;

/** The labels of a model's output, in its order; null where its manifest does not name them: they are derived, then. */
export const labelsOf =
  ({ outputs }: Pick<ModelInfo, 'outputs'>) =>
  (task: VerdictTask): readonly string[] | null =>
    outputs.find((one) => one.task === task)?.labels ?? null;

/** Whether a label is one of these, in whatever spelling; null where they are not at hand. */
export function knows(labels: readonly string[] | null): (label: string) => boolean | null {
  const match = labels && createLabelMatcher(labels);
  return (label) => match && match(label) !== null;
}

/** How many there are of each, most first. */
export function countLabels(labels: Iterable<string>): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}
