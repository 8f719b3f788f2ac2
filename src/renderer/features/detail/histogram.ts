import type { HistogramBar } from '#shared/domain/analysis';

export interface ShownBar {
  /** Null for what is left over. */
  readonly label: string | null;
  readonly share: number;
  readonly votes: number;
  /** Labels that went into `others`. */
  readonly labels: readonly string[];
}

/**
 * The bars to show: the largest `most`, and one for all others if they hold anything. A label that won windows is never hidden
 * among the others as long as one that won none is shown.
 */
export function topBars(histogram: readonly HistogramBar[], most: number): ShownBar[] {
  const byWeight = [...histogram].sort((a, b) => Number(b.votes > 0) - Number(a.votes > 0) || b.share - a.share);
  const worthABar = byWeight.filter((bar) => bar.votes > 0 || bar.share >= 0.01);
  const room = worthABar.length > most || worthABar.length < byWeight.length ? most - 1 : most;
  const shown = worthABar.slice(0, room);
  const rest = histogram.filter((bar) => !shown.includes(bar));
  const bars: ShownBar[] = shown
    .sort((a, b) => b.share - a.share)
    .map((bar) => ({ label: bar.label, share: bar.share, votes: bar.votes, labels: [bar.label] }));
  const share = rest.reduce((sum, bar) => sum + bar.share, 0);
  const votes = rest.reduce((sum, bar) => sum + bar.votes, 0);
  if (rest.length > 0 && (share >= 0.005 || votes > 0))
    bars.push({ label: null, share, votes, labels: rest.map((bar) => bar.label) });
  return bars;
}

/** Length of a bar 0..1: bars start at zero and the longest reaches the end, unless all are small. */
export function barLength(share: number, largest: number): number {
  return share / Math.max(largest, 0.3);
}
