import type { Comparison } from '../../core/evaluation/compare-task';
import { points, shortP } from '../../core/evaluation/words';
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
