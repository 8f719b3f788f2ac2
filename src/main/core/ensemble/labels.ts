import type { WindowTask } from '#shared/domain/analysis';
import { broadGenreOf } from '#shared/domain/genres/of-label';
import { foldLabel } from '#shared/domain/vocabulary';

/** Per label of the ensemble the indices of a member's labels that stand for it; none is empty. */
export type LabelMatch = readonly (readonly number[])[];

/** Labels of a member that stand for none of the ensemble's, and labels of the ensemble that the member has nothing for. */
export interface LabelMismatch {
  readonly strangers: readonly string[];
  readonly missing: readonly string[];
}

/**
 * Matches a member's labels with the ensemble's: by spelling (`foldLabel`), and genres also by the broad genre that they stand for.
 * All of them must have their counterpart, or the probabilities of two members would not be of the same things.
 */
export function matchLabels(
  task: WindowTask,
  own: readonly string[],
  given: readonly string[],
): LabelMatch | LabelMismatch {
  if (task === 'embedding') return [];
  const at = new Map(own.map((label, i) => [foldLabel(label), i]));
  const match = own.map((): number[] => []);
  const strangers: string[] = [];
  given.forEach((label, i) => {
    const place = at.get(foldLabel(label)) ?? at.get(foldLabel((task === 'genre' && broadGenreOf(label)) || label));
    if (place === undefined) strangers.push(label);
    else match[place]!.push(i);
  });
  const missing = own.filter((_, i) => match[i]!.length === 0);
  return strangers.length + missing.length > 0 ? { strangers, missing } : match;
}

export const isMismatch = (match: LabelMatch | LabelMismatch): match is LabelMismatch => 'strangers' in match;
