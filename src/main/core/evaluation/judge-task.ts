import type { VerdictTask } from '#shared/domain/analysis';
import { assertNever } from '#shared/domain/failure';
import {
  evaluateAffect,
  evaluateVerdicts,
  evaluateWide,
  type EvaluatedTask,
  type HeardTrack,
  type LabelledTrack,
  type TaskReport,
} from './tasks';

/** Why a task could not be judged: the model has no such output, or no track a label that it knows, or none both numbers. */
export type NotJudged =
  | { readonly why: 'says-nothing'; readonly task: EvaluatedTask }
  | { readonly why: 'no-known-label'; readonly known: readonly string[] }
  | { readonly why: 'no-numbers' };

export type Judged = { readonly report: TaskReport } | NotJudged;

/**
 * Compares what a model heard with labels.
 *
 * @param first of the tracks that were heard: what it says something of, the model does
 * @param labelsOf the labels of a task in the order of the model's output; null where the model's manifest is not at hand
 * @throws LabelError where a cell that should hold a number doesn't
 */
export function judgeTask(
  task: EvaluatedTask,
  tracks: readonly LabelledTrack[],
  first: HeardTrack,
  labelsOf: (task: VerdictTask) => readonly string[] | null,
): Judged {
  switch (task) {
    case 'genre':
    case 'mood':
    case 'content': {
      const verdict = first[task];
      if (!verdict) return { why: 'says-nothing', task };
      const known = labelsOf(task) ?? verdict.histogram.map(({ label }) => label).sort();
      const report = evaluateVerdicts(task, known, tracks);
      return report ? { report } : { why: 'no-known-label', known };
    }
    case 'genre-wide': {
      if (!first.wide) return { why: 'says-nothing', task };
      const report = evaluateWide(tracks);
      return report ? { report } : { why: 'no-known-label', known: first.wide.map(({ label }) => label) };
    }
    case 'valence-arousal': {
      if (!first.affect) return { why: 'says-nothing', task };
      const report = evaluateAffect(tracks);
      return report ? { report } : { why: 'no-numbers' };
    }
    default:
      return assertNever(task);
  }
}
