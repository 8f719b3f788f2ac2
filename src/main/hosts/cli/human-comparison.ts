import type { Comparison } from './compare-task';
import { bar, count, paint, percent, printable, table } from './terminal';

/** Below this it is called more than chance, as is usual. */
const USUAL = 0.05;

/** Two models on the same tracks, for people. */
export function describeComparison(comparison: Comparison): string[] {
  const { task, models, n, accuracy, onlyFirst, onlySecond, bothRight, bothWrong, difference, interval, p } =
    comparison;
  const [first, second] = models.map(printable);
  const verdict =
    p < USUAL
      ? `${difference > 0 ? first : second} is better, and that is more than chance`
      : 'the difference may be chance';
  return [
    paint('bold', `${first} against ${second} on the same ${count(n, 'track')}, by ${task}`),
    ...table([
      [`${first} right`, percent(accuracy[0]), bar(accuracy[0], 24)],
      [`${second} right`, percent(accuracy[1]), bar(accuracy[1], 24)],
    ]),
    '',
    ...table([
      ['both right', bothRight],
      [`only ${first}`, onlyFirst],
      [`only ${second}`, onlySecond],
      ['neither', bothWrong],
    ]),
    '',
    `  ${points(difference)} points (95 %: ${points(interval[0])} to ${points(interval[1])}), McNemar’s exact p = ${shortP(p)}: ${verdict}.`,
  ];
}

/** A difference of shares in points of per cent, with its sign. */
export const points = (share: number): string => `${share >= 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)}`;

export const shortP = (p: number): string => (p < 0.001 ? p.toExponential(1) : p.toFixed(3));
