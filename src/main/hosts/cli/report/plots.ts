import { html, type Html } from '../../../core/report/markup';
import type { Counted, Report } from './collect';

/** Sizes in the drawing's own units; it is scaled to the page's width. */
const WIDTH = 640;
const ROW = 24;
const NAMES = 150;
const NUMBERS = 60;
const MOST_ROWS = 24;

/** Horizontal bars, the longest first. What would be too many rows is summed up in the last. */
export function barPlot(title: string, counted: readonly Counted[]): Html {
  const rows = summedUp(counted);
  const most = Math.max(1, ...rows.map(({ tracks }) => tracks));
  const bars = rows.map(({ label, tracks }, i) => {
    const y = i * ROW;
    const width = ((WIDTH - NAMES - NUMBERS) * tracks) / most;
    return html`<text class="name" x="${NAMES - 10}" y="${y + 16}">${label}</text>
      <rect class="bar" x="${NAMES}" y="${y + 5}" width="${width.toFixed(1)}" height="14" rx="2" />
      <text class="number" x="${(NAMES + width + 8).toFixed(1)}" y="${y + 16}">${tracks}</text>`;
  });
  const said = rows.map(({ label, tracks }) => `${label} ${tracks}`).join(', ');
  return drawing(`${title}: ${said || 'none'}`, Math.max(1, rows.length) * ROW, bars);
}

function summedUp(counted: readonly Counted[]): readonly Counted[] {
  if (counted.length <= MOST_ROWS) return counted;
  const rest = counted.slice(MOST_ROWS - 1);
  const tracks = rest.reduce((sum, each) => sum + each.tracks, 0);
  return [...counted.slice(0, MOST_ROWS - 1), { label: `${rest.length} others`, tracks }];
}

const HEIGHT = 180;
const FOOT = 26;
const HEAD = 18;

/** Tracks by confidence: those that are named, and on top of them those that are not. */
export function confidencePlot(bins: Report['confidence']): Html {
  const most = Math.max(1, ...bins.map(({ named, unsure }) => named + unsure));
  const step = WIDTH / bins.length;
  const high = (tracks: number): number => ((HEIGHT - FOOT - HEAD) * tracks) / most;
  const base = HEIGHT - FOOT;
  const columns = bins.map(({ named, unsure }, i) => {
    const x = i * step + 4;
    const total = named + unsure;
    return html`<rect
        class="bar"
        x="${x.toFixed(1)}"
        y="${(base - high(named)).toFixed(1)}"
        width="${(step - 8).toFixed(1)}"
        height="${high(named).toFixed(1)}"
      />
      <rect
        class="unsure"
        x="${x.toFixed(1)}"
        y="${(base - high(total)).toFixed(1)}"
        width="${(step - 8).toFixed(1)}"
        height="${high(unsure).toFixed(1)}"
      />
      <text class="mid" x="${(i * step + step / 2).toFixed(1)}" y="${(base - high(total) - 5).toFixed(1)}"
        >${total > 0 ? total : ''}</text
      >
      <text class="mid axis" x="${(i * step + step / 2).toFixed(1)}" y="${HEIGHT - 8}"
        >${i * 10}–${i * 10 + 10} %</text
      >`;
  });
  const said = bins
    .map(({ named, unsure }, i) => `${i * 10} to ${i * 10 + 10} %: ${named} named, ${unsure} not`)
    .join('; ');
  return drawing(`Tracks by the confidence of their genre. ${said}`, HEIGHT, [
    ...columns,
    html`<line class="rule" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}" />`,
  ]);
}

const drawing = (label: string, height: number, parts: readonly Html[]): Html =>
  html`<svg role="img" aria-label="${label}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}">${parts}</svg>`;
