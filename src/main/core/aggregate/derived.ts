import { CONTENT_LABELS } from '#shared/domain/analysis';
import { broadGenreOf } from '#shared/domain/genres/of-label';
import { contentOfLabel } from '#shared/domain/vocabulary';

/** The labels of a derived task, and which labels of the model's own vocabulary stand for each. */
export interface DerivedTask {
  readonly labels: readonly string[];
  /** Per label the indices of the model's labels; none is empty. */
  readonly members: readonly (readonly number[])[];
}

/** A model's own names for what it hears, and what its manifest says of some of them. */
interface Vocabulary {
  readonly labels: readonly string[];
  readonly labelMap?: Readonly<Record<string, string | null>> | undefined;
}

/**
 * What a multi-label output says of genre and content without an output for either: its labels are gathered under the app's
 * by the manifest's `labelMap`, else by their names (`broadGenreOf`, `contentOfLabel`); those that stand for neither are left
 * out.
 *
 * @returns `genre` null where fewer than two genres are named, `content` null unless music and speech are.
 */
export function derivedTasks(vocabulary: Vocabulary): { genre: DerivedTask | null; content: DerivedTask | null } {
  const targets = vocabulary.labels.map((label) => {
    const mapped = vocabulary.labelMap?.[label];
    return mapped === undefined ? (broadGenreOf(label) ?? contentOfLabel(label)) : mapped;
  });
  const genre = gather(targets, (target) => !isContent(target));
  const content = gather(targets, isContent);
  return {
    genre: genre.labels.length < 2 ? null : genre,
    content: content.labels.includes('music') && content.labels.includes('speech') ? content : null,
  };
}

const isContent = (target: string): boolean => (CONTENT_LABELS as readonly string[]).includes(target);

function gather(targets: readonly (string | null)[], isWanted: (target: string) => boolean): DerivedTask {
  const members = new Map<string, number[]>();
  targets.forEach((target, i) => {
    if (target === null || !isWanted(target)) return;
    members.set(target, [...(members.get(target) ?? []), i]);
  });
  const labels = [...members.keys()].sort();
  return { labels, members: labels.map((label) => members.get(label)!) };
}

/**
 * One window's probabilities of a derived task: a label's score is the largest of its members' scores; scores that sum to more
 * than 1 are divided by their sum, and what they lack of 1 is spread evenly over the labels. So a window in which none of them
 * is heard says nothing, where a plain quotient would make a sure verdict of noise.
 *
 * @param scores [the model's labels], each 0..1, independent of each other
 * @returns [the task's labels], sum 1
 */
export function deriveProbabilities(scores: Float64Array, { members }: DerivedTask): Float64Array {
  const best = Float64Array.from(members, (indices) => Math.max(...indices.map((i) => scores[i]!)));
  const sum = best.reduce((a, b) => a + b, 0);
  const rest = Math.max(0, 1 - sum) / best.length;
  return best.map((score) => score / Math.max(1, sum) + rest);
}
