import { niceTicks } from '#shared/domain/axis';
import type { Box } from '#shared/domain/box-plot';
import { html, type Html } from '../../report/markup';

/** A label and what a statistic is over its tracks. */
export interface LabelledBox {
  readonly label: string;
  readonly box: Box;
}

/** Sizes in the drawing's own units; it is scaled to the page's width. */
const NAMES = 130;
const WIDTH = 640;
const PLOT = WIDTH - NAMES - 16;
const ROW = 26;
const HALF = 7;
const FOOT = 22;

/** A box a label, one under the other over one axis: the quartiles, whiskers, and what lies beyond them as dots. */
export function boxPlot(title: string, boxes: readonly LabelledBox[]): Html {
  const ticks = niceTicks(
    Math.min(...boxes.map(({ box }) => box.outliers[0] ?? Infinity), ...boxes.map(({ box }) => box.whiskers[0])),
    Math.max(...boxes.map(({ box }) => box.outliers.at(-1) ?? -Infinity), ...boxes.map(({ box }) => box.whiskers[1])),
  );
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const x = (value: number): string => (NAMES + ((value - low) / (high - low)) * PLOT).toFixed(1);
  const height = boxes.length * ROW;
  const axis = ticks.map(
    (tick) =>
      html`<line class="rule" x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${height}" /><text
          class="mid axis"
          x="${x(tick)}"
          y="${height + 16}"
          >${tick.toLocaleString('en')}</text
        >`,
  );
  const rows = boxes.map((labelled, i) => row(labelled, i * ROW + ROW / 2, x));
  const said = boxes.map(({ label, box }) => `${label} ${inWords(box)}`).join('; ');
  return html`<svg role="img" aria-label="${title}. ${said}" viewBox="0 0 ${WIDTH} ${height + FOOT}" width="${WIDTH}">
    ${axis}${rows}
  </svg>`;
}

function row({ label, box }: LabelledBox, middle: number, x: (value: number) => string): Html {
  const { quartiles, whiskers, outliers, count } = box;
  const [lower, median, upper] = quartiles;
  const line = (from: number, to: number): Html =>
    html`<line class="whisker" x1="${x(from)}" x2="${x(to)}" y1="${middle}" y2="${middle}" />`;
  const across = (value: number, half: number, kind: string): Html =>
    html`<line class="${kind}" x1="${x(value)}" x2="${x(value)}" y1="${middle - half}" y2="${middle + half}" />`;
  const width = Math.max(0.5, Number(x(upper)) - Number(x(lower))).toFixed(1);
  return html`<text class="name" x="${NAMES - 10}" y="${middle + 4}"
      >${label} <tspan class="number">${count}</tspan></text
    >${line(whiskers[0], lower)}${line(
      upper,
      whiskers[1],
    )}${across(whiskers[0], HALF / 2, 'whisker')}${across(whiskers[1], HALF / 2, 'whisker')}<rect
      class="box"
      x="${x(lower)}"
      y="${middle - HALF}"
      width="${width}"
      height="${2 * HALF}"
    />${across(median, HALF, 'median')}${outliers.map(
      (value) => html`<circle class="outlier" cx="${x(value)}" cy="${middle}" r="2.5" />`,
    )}`;
}

const inWords = ({ count, quartiles: [lower, median, upper] }: Box): string =>
  `${short(median)} (half of ${count} from ${short(lower)} to ${short(upper)})`;

const short = (value: number): string => String(Number(value.toPrecision(3)));
