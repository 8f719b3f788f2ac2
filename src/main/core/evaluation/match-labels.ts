import { foldLabel } from '#shared/domain/vocabulary';

/** Finds a model's label whatever its spelling: "Hip-Hop" and "hiphop", "Q1" and "happy". Null if the model has none such. */
export function createLabelMatcher(labels: readonly string[]): (text: string) => string | null {
  const byFold = new Map(labels.map((label) => [foldLabel(label), label]));
  return (text) => byFold.get(foldLabel(text)) ?? null;
}
