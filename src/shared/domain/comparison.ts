import type { Verdict } from './analysis';
import { foldLabel } from './vocabulary';

/** What one model's histogram says of a label. */
export interface ComparedCell {
  readonly share: number;
  readonly votes: number;
  /** As that model spells it. */
  readonly label: string;
}

/** A label and what each model says of it; null for a model that has no such label, or did not hear the track. */
export interface ComparedRow {
  readonly label: string;
  readonly cells: readonly (ComparedCell | null)[];
}

/** Several verdicts on one track and task, row by row: the same labels in the same order, to the same scale. */
export interface ComparedVerdicts {
  readonly rows: readonly ComparedRow[];
  /** What the rows leave out, all together; null if that is nothing. */
  readonly others: { readonly labels: readonly string[]; readonly shares: readonly (number | null)[] } | null;
  /** The largest share of a row: what the longest bar stands for. What is left over may be more, and has no bar. */
  readonly largest: number;
  readonly agreement: Agreement;
}

/** Which models name the same label, the most of them first; who is unsure names none. */
export interface Agreement {
  /** Models that heard the track and have the task. */
  readonly heard: number;
  readonly groups: readonly { readonly label: string; readonly models: readonly number[] }[];
  /** Those that name nothing. */
  readonly silent: readonly number[];
}

/** Under this share in all models a label is one of the others. */
const WORTH_A_ROW = 0.01;

/**
 * Puts the histograms of several models side by side. Labels are one row where their spellings fold to the same, ordered by their mean share
 * over the models that heard the track.
 *
 * @param verdicts one a model, null where there is none
 * @param most rows at most; what any model names always has one
 */
export function compareVerdicts(verdicts: readonly (Verdict | null)[], most: number): ComparedVerdicts {
  const rows = allRows(verdicts).sort((a, b) => meanShare(b) - meanShare(a));
  const tops = new Set(verdicts.flatMap((verdict) => (verdict ? [foldLabel(verdict.top)] : [])));
  const byWorth = [...rows].sort((a, b) => Number(isTop(b, tops)) - Number(isTop(a, tops)));
  const room = Math.max(most, tops.size);
  const kept = new Set(byWorth.filter((row) => isTop(row, tops) || largestShare(row) >= WORTH_A_ROW).slice(0, room));
  const left = rows.filter((row) => !kept.has(row));
  const others = left.length === 0 ? null : othersOf(left, verdicts);
  const shown = rows.filter((row) => kept.has(row));
  return {
    rows: shown,
    others,
    largest: Math.max(0, ...shown.map(largestShare)),
    agreement: agreementOf(verdicts),
  };
}

function allRows(verdicts: readonly (Verdict | null)[]): ComparedRow[] {
  const rows = new Map<string, { label: string; cells: (ComparedCell | null)[] }>();
  verdicts.forEach((verdict, model) => {
    for (const bar of verdict?.histogram ?? []) {
      const key = foldLabel(bar.label);
      const row = rows.get(key) ?? { label: bar.label, cells: verdicts.map(() => null) };
      rows.set(key, row);
      row.cells[model] = { label: bar.label, share: bar.share, votes: bar.votes };
    }
  });
  return [...rows.values()];
}

const meanShare = ({ cells }: ComparedRow): number => cells.reduce((sum, cell) => sum + (cell?.share ?? 0), 0);
const largestShare = ({ cells }: ComparedRow): number => Math.max(...cells.map((cell) => cell?.share ?? 0));
const isTop = ({ label }: ComparedRow, tops: ReadonlySet<string>): boolean => tops.has(foldLabel(label));

const othersOf = (
  left: readonly ComparedRow[],
  verdicts: readonly (Verdict | null)[],
): NonNullable<ComparedVerdicts['others']> => ({
  labels: left.map(({ label }) => label),
  shares: verdicts.map((verdict, i) => verdict && left.reduce((sum, { cells }) => sum + (cells[i]?.share ?? 0), 0)),
});

function agreementOf(verdicts: readonly (Verdict | null)[]): Agreement {
  const groups = new Map<string, { label: string; models: number[] }>();
  const silent: number[] = [];
  verdicts.forEach((verdict, model) => {
    if (!verdict) return;
    if (verdict.abstained) {
      silent.push(model);
      return;
    }
    const key = foldLabel(verdict.top);
    const group = groups.get(key) ?? { label: verdict.top, models: [] };
    groups.set(key, group);
    group.models.push(model);
  });
  return {
    heard: verdicts.filter((verdict) => verdict !== null).length,
    groups: [...groups.values()].sort((a, b) => b.models.length - a.models.length),
    silent,
  };
}
