import type { EvaluatedTrack, Paired } from '#shared/contract/evaluation';
import { strings } from '../../strings';
import { formatPlural } from '../../ui/format';
import type { Picture, Shape } from '../insight/picture';
import type { Sheet } from '../insight/sheet';

const say = strings.evaluate.comparison;

/** Which of two models is right about a track. */
export const OUTCOMES = ['both', 'first', 'second', 'neither'] as const;
export type Outcome = (typeof OUTCOMES)[number];

type Names = readonly [first: string, second: string];

/** Null where one of them did not hear it, or does not know its label. */
export function outcomeOf({ verdicts: [first, second] }: EvaluatedTrack): Outcome | null {
  if (!first || !second) return null;
  if (first.isRight) return second.isRight ? 'both' : 'first';
  return second.isRight ? 'second' : 'neither';
}

export const outcomesOf = (
  { bothRight, onlyFirst, onlySecond, bothWrong }: Paired,
  [first, second]: Names,
): Readonly<Record<Outcome, { readonly name: string; readonly count: number }>> => ({
  both: { name: say.both, count: bothRight },
  first: { name: say.only(first), count: onlyFirst },
  second: { name: say.only(second), count: onlySecond },
  neither: { name: say.neither, count: bothWrong },
});

export function comparisonSheet(paired: Paired, names: Names): Sheet {
  const outcomes = outcomesOf(paired, names);
  return {
    name: say.title,
    head: [say.list, strings.evaluate.classes.tracks],
    rows: [
      ...OUTCOMES.map((outcome) => [outcomes[outcome].name, outcomes[outcome].count]),
      [say.interval, say.difference(paired.difference, paired.interval)],
      [say.test, Number(paired.p.toPrecision(4))],
    ],
  };
}

const BAR = { names: 200, width: 360, height: 28 } as const;

export function comparisonPicture(paired: Paired, names: Names): Picture {
  const outcomes = outcomesOf(paired, names);
  const shapes = OUTCOMES.flatMap((outcome, i): Shape[] => {
    const { name, count } = outcomes[outcome];
    const y = i * BAR.height;
    const width = Math.max(1, (count / paired.n) * BAR.width);
    return [
      { kind: 'text', x: BAR.names - 12, y: y + 18, text: name, fill: 'var(--text)', align: 'end' },
      { kind: 'rect', x: BAR.names, y: y + 8, width, height: 12, fill: 'var(--accent)' },
      { kind: 'text', x: BAR.names + width + 8, y: y + 18, text: formatPlural(count, 'track'), fill: 'var(--text-2)' },
    ];
  });
  const foot = OUTCOMES.length * BAR.height + 20;
  const words = `${say.difference(paired.difference, paired.interval)}, ${say.test}: ${say.p(paired.p)}`;
  shapes.push({ kind: 'text', x: 0, y: foot, text: words, fill: 'var(--text-2)' });
  return { width: BAR.names + BAR.width + 100, height: foot + 12, shapes };
}
