import type { ReliabilityBin } from '../reliability';
import type { RiskCoveragePoint } from '../risk-coverage';
import { html, type Html } from '../../report/markup';

/** Sizes in the drawing's own units; it is scaled to the page's width. */
const SIDE = 260;
const LEFT = 44;
const FOOT = 34;
const HEAD = 20;
const WIDTH = LEFT + SIDE + 24;
const HEIGHT = HEAD + SIDE + FOOT;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const x = (share: number): string => (LEFT + share * SIDE).toFixed(1);
const y = (share: number): string => (HEAD + (1 - share) * SIDE).toFixed(1);

/** How often verdicts of each confidence are right; on the line they are as often as they say. */
export function reliabilityPlot(bins: readonly ReliabilityBin[]): Html {
  const bars = bins.map(({ from, to, accuracy, tracks }) =>
    accuracy === null
      ? html``
      : html`<rect
            class="bar"
            x="${(LEFT + from * SIDE + 1).toFixed(1)}"
            y="${y(accuracy)}"
            width="${((to - from) * SIDE - 2).toFixed(1)}"
            height="${(accuracy * SIDE).toFixed(1)}"
          /><text class="mid axis" x="${x((from + to) / 2)}" y="${(Number(y(accuracy)) - 4).toFixed(1)}"
            >${tracks}</text
          >`,
  );
  const said = bins
    .filter(({ tracks }) => tracks > 0)
    .map(
      ({ from, to, accuracy, tracks }) =>
        `${percent(from)} to ${percent(to)}: ${percent(accuracy ?? 0)} of ${tracks} right`,
    )
    .join('; ');
  return square(`Right by confidence. ${said}`, 'confidence', [
    ...bars,
    html`<line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" />`,
  ]);
}

/** How many of the surest verdicts are wrong, from the surest to all. */
export function riskPlot(curve: readonly RiskCoveragePoint[]): Html {
  const path = curve.map(({ coverage, risk }, i) => `${i === 0 ? 'M' : 'L'}${x(coverage)} ${y(risk)}`).join('');
  const last = curve.at(-1);
  return square(`Wrong among the surest. Of all ${percent(last?.risk ?? 0)} are wrong.`, 'of the surest tracks', [
    html`<path class="line" d="${path}" />`,
  ]);
}

/** A frame whose axes both go from 0 to 100 %. */
function square(label: string, across: string, parts: readonly Html[]): Html {
  const ticks = [0, 0.5, 1].map(
    (share) =>
      html`<text class="mid axis" x="${x(share)}" y="${HEAD + SIDE + 14}">${percent(share)}</text
        ><text class="name axis" x="${LEFT - 6}" y="${Number(y(share)) + 4}">${percent(share)}</text
        ><line class="rule" x1="${x(0)}" x2="${x(1)}" y1="${y(share)}" y2="${y(share)}" />`,
  );
  const name = html`<text class="mid axis" x="${x(0.5)}" y="${HEIGHT - 4}">${across}</text>`;
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}">
    ${ticks}${parts}${name}
  </svg>`;
}
