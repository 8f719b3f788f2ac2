import type { WindowTask } from '#shared/domain/analysis';
import { derivedTasks } from '../aggregate/derived';
import { usedOutputs, type TaskOutput } from '../aggregate/track';

/** The tasks that a model's windows have, and their labels: its outputs, and what is derived of them (as `TrackAggregator` does). */
export function windowTasks(
  outputs: readonly Pick<TaskOutput, 'task' | 'labels' | 'labelMap'>[],
): ReadonlyMap<WindowTask, readonly string[]> {
  const tasks = new Map(usedOutputs(outputs).map(({ task, labels }) => [task, labels]));
  const vocabulary = outputs.find(({ task }) => task === 'genre-wide');
  if (!vocabulary) return tasks;
  const { genre, content } = derivedTasks(vocabulary);
  if (genre && !tasks.has('genre')) tasks.set('genre', genre.labels);
  if (content && !tasks.has('content')) tasks.set('content', content.labels);
  return tasks;
}
