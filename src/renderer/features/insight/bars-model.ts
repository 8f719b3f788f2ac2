import { formatCount, formatShare } from '../../ui/format';
import type { Picture, Shape } from './picture';
import type { Sheet } from './sheet';

/** A chart of bars with names: one share and one number of tracks each. */
export interface Bars {
  readonly name: string;
  readonly head: readonly [label: string, share: string, tracks: string];
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly key: string;
  readonly name: string;
  /** 0..1: as long as the bar is, against the longest. */
  readonly share: number;
  readonly tracks: number;
  /** CSS colour. */
  readonly colour: string;
  /** Where the model is not sure: shown hatched. */
  readonly unsure?: boolean;
}

export const largestShare = ({ bars }: Bars): number => Math.max(0, ...bars.map(({ share }) => share));

export const barsSheet = ({ name, head, bars }: Bars): Sheet => ({
  name,
  head: [...head],
  rows: bars.map((bar) => [bar.name, Number(bar.share.toFixed(6)), bar.tracks]),
});

const NAMES = 128;
const LENGTH = 320;
const NUMBERS = 64;
const ROW = 24;

export function barsPicture(chart: Bars): Picture {
  const longest = largestShare(chart);
  const head = (text: string, x: number): Shape => ({
    kind: 'text',
    x,
    y: 12,
    text,
    fill: 'var(--text-3)',
    align: 'end',
  });
  const ends = [NAMES + LENGTH + NUMBERS, NAMES + LENGTH + 2 * NUMBERS] as const;
  const shapes: Shape[] = [head(chart.head[1], ends[0]), head(chart.head[2], ends[1])];
  chart.bars.forEach(({ name, share, tracks, colour, unsure }, i) => {
    const y = 20 + i * ROW;
    const line = { y: y + 16, fill: 'var(--text)' } as const;
    const length = longest === 0 ? 0 : (share / longest) * LENGTH;
    shapes.push(
      { kind: 'text', x: 0, text: name, ...line },
      { kind: 'rect', x: NAMES, y: y + 6, width: length, height: 12, fill: colour, opacity: unsure ? 0.5 : 1 },
      { kind: 'text', x: ends[0], text: formatShare(share), align: 'end', ...line },
      { kind: 'text', x: ends[1], text: formatCount(tracks), align: 'end', ...line },
    );
  });
  return { width: ends[1], height: 20 + chart.bars.length * ROW, shapes };
}
