/** Figures of one label. Each is 0 where its denominator is 0. */
export interface ClassFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Tracks that truly have this label. */
  readonly support: number;
}

/** Counts of tracks: `matrix[true label][verdict]`, both in the order of `labels`. */
export function confusionMatrix(
  labels: readonly string[],
  pairs: readonly { readonly truth: string; readonly verdict: string }[],
): number[][] {
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const matrix = labels.map(() => labels.map(() => 0));
  for (const { truth, verdict } of pairs) {
    const row = matrix[indexOf.get(truth) ?? -1];
    const column = indexOf.get(verdict);
    if (!row || column === undefined) throw new RangeError(`"${truth}" or "${verdict}" is not a label of the model`);
    row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
}

/** Precision, recall and F1 of each label. */
export function classFigures(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
): Record<string, ClassFigures> {
  return Object.fromEntries(
    labels.map((label, index) => {
      const support = sum(matrix[index] ?? []);
      const named = sum(matrix.map((row) => row[index] ?? 0));
      const right = matrix[index]?.[index] ?? 0;
      return [
        label,
        {
          precision: ratio(right, named),
          recall: ratio(right, support),
          // 2PR / (P + R) in counts, which needs no special case where P or R is 0.
          f1: ratio(2 * right, support + named),
          support,
        },
      ];
    }),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Labels that a track has or is heard as, with their places in the matrix. */
export const occurringLabels = (
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
): { readonly label: string; readonly index: number }[] =>
  labels
    .map((label, index) => ({ label, index }))
    .filter(({ index }) => matrix.some((row, at) => (row[index] ?? 0) > 0 || (at === index && row.some((n) => n > 0))));
