import type { VerdictTask } from './analysis';

/**
 * Whether a model with these outputs may say something of a task: by an output of it or, of genre and content, by a wide vocabulary that
 * they are derived from.
 */
export const tells = (outputs: readonly { readonly task: string }[], task: VerdictTask): boolean =>
  outputs.some((output) => output.task === task || (task !== 'mood' && output.task === 'genre-wide'));
