import type { Reliability } from '#shared/contract/insight';
import { wilsonInterval } from '#shared/domain/statistics';
import { strings } from '../../strings';
import { formatCount, formatShare } from '../../ui/format';
import type { Picture, Shape } from './picture';
import type { Sheet } from './sheet';

const say = strings.insight.reliability;

/** Fewer decisions than this tell nothing that would be worth a chart. */
export const FEWEST = 20;

/** How many verdicts were judged, one way or the other. */
export const judgedOf = ({ kept, changed }: { kept: number; changed: number }): number => kept + changed;

/** The chart in a sentence, and what it leaves out. */
export function reliabilityWords(data: Reliability): string {
  const { all, sure } = data;
  if (judgedOf(all) < FEWEST) return say.few(judgedOf(all), FEWEST);
  const sentences = [say.kept(judgedOf(all), all.kept)];
  if (judgedOf(sure) > 0) sentences.push(say.sure(judgedOf(sure), sure.kept, formatShare(sure.from)));
  return sentences.join(' ');
}

const nameOf = (bin: number): string => `${bin * 10}–${(bin + 1) * 10}%`;

export const reliabilitySheet = ({ bins }: Reliability): Sheet => ({
  name: say.title,
  head: [say.confidence, say.mean, say.decided, say.keptHead, say.keptShare, say.skipped],
  rows: bins.map((bin, i) => {
    const judged = judgedOf(bin);
    const mean = bin.meanConfidence === null ? null : Number(bin.meanConfidence.toFixed(4));
    const share = judged === 0 ? null : Number((bin.kept / judged).toFixed(4));
    return [nameOf(i), mean, judged, bin.kept, share, bin.skipped];
  }),
});

const LEFT = 48;
const SIZE = { width: 560, height: 320 } as const;
const COUNTS = 72;

/** What stands at the axes. */
interface AxisWords {
  readonly confidence: string;
  readonly keptShare: string;
  readonly decided: string;
}

/**
 * Share kept over confidence: a dot a bin at its mean confidence, with the 95% interval of the share, over the counts of
 * decisions in each bin. On the dashed line a verdict is kept as often as the model says.
 */
export function reliabilityPicture({ bins }: Pick<Reliability, 'bins'>, words: AxisWords = say): Picture {
  const x = (confidence: number): number => LEFT + confidence * SIZE.width;
  const y = (share: number): number => 8 + (1 - share) * SIZE.height;
  const shapes: Shape[] = [];
  for (const tick of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
    shapes.push(
      { kind: 'line', x1: x(0), y1: y(tick), x2: x(1), y2: y(tick), stroke: 'var(--line)' },
      { kind: 'text', x: LEFT - 8, y: y(tick) + 4, text: formatShare(tick), fill: 'var(--text-3)', align: 'end' },
      {
        kind: 'text',
        x: x(tick),
        y: y(0) + COUNTS + 36,
        text: formatShare(tick),
        fill: 'var(--text-3)',
        align: 'middle',
      },
    );
  }
  shapes.push({ kind: 'line', x1: x(0), y1: y(0), x2: x(1), y2: y(1), stroke: 'var(--text-3)', dash: 4 });

  const most = Math.max(1, ...bins.map(judgedOf));
  const floor = y(0) + 16 + COUNTS;
  bins.forEach((bin, i) => {
    const judged = judgedOf(bin);
    if (judged === 0 || bin.meanConfidence === null) return;
    const height = (judged / most) * (COUNTS - 20);
    const at = x(bin.meanConfidence);
    const [low, high] = wilsonInterval(bin.kept, judged);
    shapes.push(
      {
        kind: 'rect',
        x: x(i / 10) + 2,
        y: floor - height,
        width: SIZE.width / 10 - 4,
        height,
        fill: 'var(--accent)',
        opacity: 0.4,
      },
      {
        kind: 'text',
        x: x((i + 0.5) / 10),
        y: floor - height - 4,
        text: formatCount(judged),
        fill: 'var(--text-2)',
        align: 'middle',
      },
      { kind: 'line', x1: at, y1: y(low), x2: at, y2: y(high), stroke: 'var(--accent)', width: 2 },
      { kind: 'dot', x: at, y: y(bin.kept / judged), r: 5, fill: 'var(--accent)' },
    );
  });
  shapes.push(
    { kind: 'line', x1: x(0), y1: floor, x2: x(1), y2: floor, stroke: 'var(--line-strong)' },
    { kind: 'text', x: x(0.5), y: floor + 40, text: words.confidence, fill: 'var(--text-2)', align: 'middle' },
    { kind: 'text', x: x(0) + 8, y: y(1) + 16, text: words.keptShare, fill: 'var(--text-2)' },
    { kind: 'text', x: x(0) + 8, y: y(0) + 28, text: words.decided, fill: 'var(--text-2)' },
  );
  return { width: LEFT + SIZE.width + 24, height: floor + 48, shapes };
}
