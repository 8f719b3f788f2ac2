import type { Failure } from './failure';

/**
 * Which windows of a track are listened to: `all` contiguous windows, `spread` windows at equal distances, or `random`
 * windows drawn with a fixed seed (the method of the studies this grew from drew 100).
 */
export type WindowPlan =
  | { readonly kind: 'all' }
  | { readonly kind: 'spread'; readonly count: number }
  | { readonly kind: 'random'; readonly count: number };

/** One bar of a histogram. `share` is the mean probability over windows (all shares sum to 1), `votes` the windows won. */
export interface HistogramBar {
  readonly label: string;
  readonly share: number;
  readonly votes: number;
}

/** What a model says of a whole track for one task. The histogram is sorted by share, largest first. */
export interface Verdict {
  readonly top: string;
  /** Calibrated probability of `top`, 0..1. */
  readonly confidence: number;
  /** True where the model is not sure enough to name a label (confidence under the manifest's abstain threshold). */
  readonly abstained: boolean;
  readonly histogram: readonly HistogramBar[];
}

export type VerdictTask = 'genre' | 'mood';

/**
 * Probabilities of each window for one task, quantised: row-major [windows, labels], 0..255 for 0..1.
 * Row i belongs to the window that starts at `startsSec[i]` of the enclosing analysis.
 */
export interface WindowProbabilities {
  readonly labels: readonly string[];
  readonly data: Uint8Array;
}

export interface StageTimes {
  readonly decode: number;
  readonly features: number;
  readonly inference: number;
  readonly total: number;
}

export interface TrackAnalysis {
  readonly status: 'ok';
  /** Hex SHA-256 of the audio payload (tags left out), by which moved and re-tagged files are recognised. */
  readonly contentHash: string;
  readonly durationSec: number;
  /** Number of windows analysed. */
  readonly windows: number;
  readonly startsSec: readonly number[];
  readonly windowSec: number;
  readonly decoder: string;
  readonly provider: string;
  /** `<model id>@<version>`. */
  readonly model: string;
  /** Version of the feature front end; results of different versions are never mixed. */
  readonly frontEnd: string;
  readonly ms: StageTimes;
  readonly genre: Verdict;
  readonly mood: Verdict | null;
  readonly perWindow: { readonly genre: WindowProbabilities; readonly mood: WindowProbabilities | null };
  readonly warnings: readonly string[];
}

export type FailedAnalysis = { readonly status: 'failed' } & Failure;
export type AnalysisOutcome = TrackAnalysis | FailedAnalysis;

/** Parses `all`, `12` or `random:100`; null if the text is none of these or the count is not 1..10000. */
export function parseWindowPlan(text: string): WindowPlan | null {
  if (text === 'all') return { kind: 'all' };
  const match = /^(random:)?(\d{1,5})$/.exec(text);
  if (!match) return null;
  const count = Number(match[2]);
  if (count < 1 || count > 10_000) return null;
  return { kind: match[1] ? 'random' : 'spread', count };
}

/** The inverse of `parseWindowPlan`; also the key under which results of this plan are stored. */
export function formatWindowPlan(plan: WindowPlan): string {
  switch (plan.kind) {
    case 'all':
      return 'all';
    case 'spread':
      return String(plan.count);
    case 'random':
      return `random:${plan.count}`;
  }
}
