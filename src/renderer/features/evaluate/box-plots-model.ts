import { niceTicks } from '#shared/domain/axis';
import { boxOf, type Box } from '#shared/domain/box-plot';
import { strings } from '../../strings';
import type { Picture, Shape } from '../insight/picture';
import type { Sheet } from '../insight/sheet';

const say = strings.boxes;

/** A label with a statistic's values of its tracks, or what they were summed up to. */
export type BoxGroup = { readonly label: string } & ({ readonly values: readonly number[] } | { readonly box: Box });

export interface LabelledBox {
  readonly label: string;
  readonly box: Box;
}

/** In the order of the groups; those without values are left out. */
export const boxesOf = (groups: readonly BoxGroup[]): LabelledBox[] =>
  groups.flatMap((group) => {
    const box = 'box' in group ? group.box : boxOf(group.values);
    return box ? [{ label: group.label, box }] : [];
  });

/** A number as a person reads it: three digits, as many as tell it apart. */
export const shortNumber = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

/** The chart in a sentence. */
export function boxWords(boxes: readonly LabelledBox[]): string {
  if (boxes.length === 0) return say.nothing;
  const tracks = boxes.reduce((sum, { box }) => sum + box.count, 0);
  if (boxes.length === 1) return say.saysOne(tracks);
  const byMedian = boxes.toSorted((a, b) => a.box.quartiles[1] - b.box.quartiles[1]);
  const [low, high] = [byMedian[0]!, byMedian.at(-1)!].map(
    ({ label, box }) => [label, shortNumber(box.quartiles[1])] as const,
  );
  return say.says(tracks, low!, high!);
}

/** The chart label by label, for those who hear it. */
export const boxLabel = (title: string, boxes: readonly LabelledBox[]): string =>
  [
    title,
    ...boxes.map(({ label, box: { count, quartiles } }) => {
      const [lower, median, upper] = quartiles.map(shortNumber);
      return say.row(label, count, median!, lower!, upper!);
    }),
  ].join('. ');

export const boxSheet = (title: string, boxes: readonly LabelledBox[]): Sheet => ({
  name: title,
  head: [say.label, say.tracks, say.least, say.lower, say.median, say.upper, say.most, say.beyond],
  rows: boxes.map(({ label, box: { count, quartiles, whiskers, outliers } }) => [
    ...[label, count],
    ...[whiskers[0], ...quartiles, whiskers[1]].map((value) => Number(value.toPrecision(6))),
    outliers.length,
  ]),
});

const ROW = 28;
const HALF = 8;
const NAMES = 136;
const WIDTH = 520;
const RIGHT = 64;

/** A box a label, one under the other over one axis; the count of its tracks at the right. */
export function boxPicture(title: string, boxes: readonly LabelledBox[]): Picture {
  const ends = boxes.flatMap(({ box }) => [...box.whiskers, box.outliers[0] ?? NaN, box.outliers.at(-1) ?? NaN]);
  const known = ends.filter(Number.isFinite);
  const ticks = niceTicks(Math.min(...known), Math.max(...known), 6);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const x = (value: number): number => NAMES + ((value - low) / (high - low)) * WIDTH;
  const foot = boxes.length * ROW;
  const shapes: Shape[] = [];
  for (const tick of ticks)
    shapes.push(
      { kind: 'line', x1: x(tick), y1: 0, x2: x(tick), y2: foot, stroke: 'var(--line)' },
      { kind: 'text', x: x(tick), y: foot + 18, text: shortNumber(tick), fill: 'var(--text-3)', align: 'middle' },
    );
  boxes.forEach((labelled, i) => {
    shapes.push(...rowShapes(labelled, i * ROW + ROW / 2, x));
  });
  shapes.push({
    kind: 'text',
    x: x((low + high) / 2),
    y: foot + 40,
    text: title,
    fill: 'var(--text-2)',
    align: 'middle',
  });
  const right = NAMES + WIDTH + RIGHT;
  shapes.push({ kind: 'text', x: right, y: foot + 18, text: say.tracks, fill: 'var(--text-3)', align: 'end' });
  return { width: right, height: foot + 48, shapes };
}

function rowShapes({ label, box }: LabelledBox, middle: number, x: (value: number) => number): Shape[] {
  const { count, quartiles, whiskers, outliers } = box;
  const [lower, median, upper] = quartiles;
  const stroke = 'var(--accent)';
  const along = (from: number, to: number): Shape => ({
    ...{ kind: 'line', x1: x(from), y1: middle, x2: x(to), y2: middle, stroke },
  });
  const across = (at: number, half: number, width?: number): Shape => ({
    ...{ kind: 'line', x1: x(at), y1: middle - half, x2: x(at), y2: middle + half, stroke },
    ...(width !== undefined && { width }),
  });
  return [
    { kind: 'text', x: NAMES - 12, y: middle + 4, text: shortened(label), fill: 'var(--text)', align: 'end' },
    along(whiskers[0], lower),
    along(upper, whiskers[1]),
    across(whiskers[0], HALF / 2),
    across(whiskers[1], HALF / 2),
    {
      ...{ kind: 'rect', x: x(lower), y: middle - HALF, width: Math.max(1, x(upper) - x(lower)), height: 2 * HALF },
      ...{ fill: stroke, opacity: 0.3 },
    },
    across(median, HALF, 3),
    ...outliers.map((value): Shape => ({ kind: 'dot', x: x(value), y: middle, r: 2.5, fill: 'var(--text-3)' })),
    { kind: 'text', x: NAMES + WIDTH + RIGHT, y: middle + 4, text: String(count), fill: 'var(--text-3)', align: 'end' },
  ];
}

/** What would not fit at the left. */
const shortened = (label: string): string => (label.length > 20 ? `${label.slice(0, 19)}…` : label);
