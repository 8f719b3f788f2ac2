import type { JudgedModel } from '#shared/contract/evaluation';
import type { Reliability } from '#shared/contract/insight';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import type { Picture, Shape } from '../insight/picture';
import type { Sheet } from '../insight/sheet';

const say = strings.evaluate.calibration;

/** The bins as Insight's diagram has them: right ones as kept, the others as changed. */
export const binsOf = ({ bins }: JudgedModel): Reliability['bins'] =>
  bins.map(({ tracks, accuracy, meanConfidence }) => {
    const kept = Math.round((accuracy ?? 0) * tracks);
    return { kept, changed: tracks - kept, skipped: 0, meanConfidence };
  });

/** Mean confidence over all tracks. */
export function meanConfidence({ bins, n }: JudgedModel): number {
  return bins.reduce((sum, { tracks, meanConfidence: mean }) => sum + (mean ?? 0) * tracks, 0) / n;
}

export const reliabilitySheet = ({ bins }: JudgedModel): Sheet => ({
  name: say.reliability,
  head: [say.confidence, say.mean, say.tracks, say.right],
  rows: bins.map(({ from, to, tracks, meanConfidence: mean, accuracy }) => [
    `${Math.round(from * 100)}–${Math.round(to * 100)}%`,
    mean === null ? null : Number(mean.toFixed(4)),
    tracks,
    accuracy === null ? null : Number(accuracy.toFixed(4)),
  ]),
});

export const riskSheet = ({ riskCoverage }: JudgedModel): Sheet => ({
  name: say.risk,
  head: [say.coverage, say.wrong, say.threshold],
  rows: riskCoverage.map(({ coverage, risk, threshold }) => [
    formatShare(coverage),
    Number(risk.toFixed(4)),
    Number(threshold.toFixed(4)),
  ]),
});

/** The share wrong of the surest so many; the last point that has at least that many. */
export const riskAt = ({ riskCoverage }: JudgedModel, coverage: number): number =>
  (riskCoverage.find((point) => point.coverage >= coverage - 1e-9) ?? riskCoverage.at(-1))?.risk ?? 0;

const LEFT = 48;
/** Room over the chart for what its height stands for. */
const TOP = 24;
const SIZE = { width: 560, height: 320 } as const;

/** Share wrong over share taken, the surest verdicts first. The axis of what is wrong ends where the curve does, on a round figure. */
export function riskPicture({ riskCoverage }: JudgedModel): Picture {
  const most = Math.max(0.1, Math.ceil(10 * Math.max(...riskCoverage.map(({ risk }) => risk))) / 10);
  const x = (coverage: number): number => LEFT + coverage * SIZE.width;
  const y = (risk: number): number => TOP + (1 - risk / most) * SIZE.height;
  const shapes: Shape[] = [];
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    const at = y(tick * most);
    shapes.push(
      { kind: 'line', x1: x(0), y1: at, x2: x(1), y2: at, stroke: 'var(--line)' },
      { kind: 'text', x: LEFT - 8, y: at + 4, text: percent(tick * most), fill: 'var(--text-3)', align: 'end' },
      { kind: 'text', x: x(tick), y: y(0) + 20, text: formatShare(tick), fill: 'var(--text-3)', align: 'middle' },
    );
  }
  riskCoverage.forEach((point, i) => {
    const before = riskCoverage[i - 1] ?? { coverage: 0, risk: point.risk };
    // Between two points of the curve the less sure ones come together, so the share of wrong ones goes straight to the next.
    shapes.push({
      kind: 'line',
      ...{ x1: x(before.coverage), y1: y(before.risk), x2: x(point.coverage), y2: y(point.risk) },
      stroke: 'var(--accent)',
      width: 2,
    });
  });
  shapes.push(
    { kind: 'text', x: x(0.5), y: y(0) + 44, text: say.coverage, fill: 'var(--text-2)', align: 'middle' },
    { kind: 'text', x: x(0), y: y(most) - 10, text: say.wrong, fill: 'var(--text-2)' },
  );
  return { width: LEFT + SIZE.width + 24, height: y(0) + 52, shapes };
}

/** Ticks may lie between whole per cents. */
const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;
