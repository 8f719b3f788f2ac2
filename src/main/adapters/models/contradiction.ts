import type { ModelManifest, ModelOutput } from '#shared/contract/model-manifest';
import { AFFECT_LABELS, CONTENT_LABELS } from '#shared/domain/analysis';
import { derivedTasks } from '../../core/aggregate/derived';
import { inputComplaint } from './input-contradiction';

/** What the schema of the manifest can't say. @returns the field and what is wrong with it. */
export function contradiction({ input, outputs }: ModelManifest): [string, string] | null {
  return inputComplaint(input) ?? outputsComplaint(outputs);
}

function outputsComplaint(outputs: readonly ModelOutput[]): [string, string] | null {
  for (const [i, output] of outputs.entries()) {
    if (output.task !== 'embedding' && output.labels.length !== output.size) {
      return [`outputs.${i}.labels`, `has ${output.labels.length} labels, size says ${output.size}`];
    }
    const complaint = outputComplaint(output);
    if (complaint) return [`outputs.${i}.${complaint[0]}`, complaint[1]];
  }
  return verdictComplaint(outputs);
}

/** Whether one of the outputs is itself a verdict of a track. */
export const givesVerdict = (outputs: readonly { readonly task: string }[]): boolean =>
  outputs.some(({ task }) => task === 'genre' || task === 'mood');

/** A track needs a verdict: of its genre, be it derived from a wide vocabulary, or of its mood. */
function verdictComplaint(outputs: readonly ModelOutput[]): [string, string] | null {
  if (givesVerdict(outputs)) return null;
  const wide = outputs.findIndex(({ task }) => task === 'genre-wide');
  if (wide < 0)
    return ['outputs', 'none of them has the task genre, genre-wide or mood, so there would be no verdict of a track'];
  return derivedTasks(outputs[wide]!).genre
    ? null
    : [`outputs.${wide}.labelMap`, 'gives fewer than two genres, and so do the names of the labels'];
}

type Point = NonNullable<ModelOutput['heldOut']>['atOrAbove'][number];

/** Verdicts at or above a confidence are among those at or above a lower one. */
const isCumulative = (point: Point, before: Point | undefined): boolean =>
  point.right <= point.tracks &&
  (before === undefined ||
    (point.confidence > before.confidence &&
      point.right <= before.right &&
      point.tracks - point.right <= before.tracks - before.right));

/** What an output's task asks of it, an ensemble's too. @returns the output's field and what is wrong with it. */
export function outputComplaint({
  task,
  activation,
  labels,
  labelMap = {},
  calibration,
  heldOut,
}: ModelOutput): [string, string] | null {
  const { thresholds } = calibration;
  if (heldOut && task !== 'genre' && task !== 'mood') return ['heldOut', 'is only for the tasks genre and mood'];
  const wrong = heldOut?.atOrAbove.findIndex((point, i, all) => !isCumulative(point, all[i - 1])) ?? -1;
  if (wrong >= 0)
    return [
      `heldOut.atOrAbove.${wrong}`,
      'must have no more right than tracks, a higher confidence than the one before, and no more of either than it',
    ];
  const stranger = Object.keys(labelMap).find((label) => !labels.includes(label));
  if (stranger !== undefined) return ['labelMap', `names ${stranger}, which is no label of this output`];
  if (thresholds && task !== 'genre-wide') return ['calibration.thresholds', 'is only for the task genre-wide'];
  switch (task) {
    case 'genre':
    case 'mood':
      return activation === 'none' ? ['activation', `is none, but the task ${task} needs probabilities`] : null;
    case 'content': {
      if (activation !== 'softmax' && activation !== 'logits-softmax')
        return ['activation', `is ${activation}, but the task content needs softmax or logits-softmax`];
      const known = labels.every((label) => (CONTENT_LABELS as readonly string[]).includes(label));
      return known && labels.includes('music') && new Set(labels).size === labels.length
        ? null
        : ['labels', `must be music and others of ${CONTENT_LABELS.join(', ')}, each once`];
    }
    case 'genre-wide':
      if (activation !== 'sigmoid' && activation !== 'logits-sigmoid')
        return ['activation', `is ${activation}, but the task genre-wide needs sigmoid or logits-sigmoid`];
      return thresholds && thresholds.length !== labels.length
        ? ['calibration.thresholds', `has ${thresholds.length} numbers, but there are ${labels.length} labels`]
        : null;
    case 'valence-arousal':
      if (labels.join() !== AFFECT_LABELS.join()) return ['labels', `must be ${AFFECT_LABELS.join(', ')}`];
      return activation === 'none'
        ? null
        : ['activation', `is ${activation}, but the task valence-arousal needs none: plain numbers`];
    case 'embedding':
      return null;
  }
}
