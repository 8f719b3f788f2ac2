import type { Failure } from './failure';

/**
 * Which windows of a track are listened to: `all` contiguous windows, `spread` windows at equal distances, or `random`
 * windows drawn with a fixed seed (the method of the studies this grew from drew 100).
 */
export type WindowPlan =
  | { readonly kind: 'all' }
  | { readonly kind: 'spread'; readonly count: number }
  | { readonly kind: 'random'; readonly count: number };

/** What the whole library is heard with first, where it is to be heard quickly: enough for a verdict, little to decode. */
export const QUICK_PLAN = { kind: 'spread', count: 12 } as const satisfies WindowPlan;
export const FULL_PLAN = { kind: 'all' } as const satisfies WindowPlan;

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
  /** True where no label is to be named, for the reason that follows. */
  readonly abstained: boolean;
  readonly abstainReason: AbstainReason | null;
  /** Of `other-genre`: the wide genre that is heard instead. */
  readonly rather?: string | undefined;
  /** True where the model has no output for this task and its other labels were gathered under the task's. */
  readonly derived?: boolean | undefined;
  readonly histogram: readonly HistogramBar[];
}

/**
 * Why a verdict names nothing: `unsure` (confidence under the manifest's abstain threshold), `not-music` (the content
 * verdict names something else, so there is no genre or mood to name, however sure the model seems), or `other-genre` (the wide
 * genres name one that is none of the verdict's labels, and do not bear the verdict out).
 */
export const ABSTAIN_REASONS = ['unsure', 'not-music', 'other-genre'] as const;
export type AbstainReason = (typeof ABSTAIN_REASONS)[number];

/** What a track is nearest to by its verdict, be it named or not. */
export const nearestLabel = ({ top, rather }: Pick<Verdict, 'top' | 'rather'>): string => rather ?? top;

/** Whether a verdict's confidence tells anything: how sure the model is of a label that it must not name for another reason does not. */
export const tellsConfidence = ({ abstainReason }: Pick<Verdict, 'abstainReason'>): boolean =>
  abstainReason === null || abstainReason === 'unsure';

export type VerdictTask = 'genre' | 'mood' | 'content';

/** What a window may hold, in a `content` output; silence counts as other. */
export const CONTENT_LABELS = ['music', 'speech', 'other'] as const;

/** Whether a content verdict says for sure that a track is something else than music. */
export const isNotMusic = (content: Verdict | null): boolean =>
  content !== null && !content.abstained && content.top !== 'music';

/** The dimensions of a `valence-arousal` output, in its order. */
export const AFFECT_LABELS = ['valence', 'arousal'] as const;

/** One label of the wide vocabulary, in which a track may have several labels or none. */
export interface WideGenre {
  readonly label: string;
  /** Mean probability over windows, 0..1; the scores of a track do not sum to 1. */
  readonly score: number;
  /** The label is named where the score reaches this, over 0 to 1. */
  readonly threshold: number;
  /** Windows whose own probability reaches the threshold. */
  readonly votes: number;
}

/** Whether a track has this label of the wide vocabulary. */
export const isNamed = ({ score, threshold }: WideGenre): boolean => score >= threshold;

/** Where a track lies on the valence-arousal plane (Russell 1980): mean over windows, each -1..1. */
export interface Affect {
  readonly valence: number;
  readonly arousal: number;
  /** Standard deviation over windows, 0..1. */
  readonly valenceSpread: number;
  readonly arousalSpread: number;
}

/**
 * Probabilities of each window for one task, quantised: row-major [windows, labels], 0..255 for 0..1.
 * Row i belongs to the window that starts at `startsSec[i]` of the enclosing analysis.
 */
export interface WindowProbabilities {
  readonly labels: readonly string[];
  readonly data: Uint8Array;
}

/** What an output gives window by window as it is gathered: calibrated, not rounded, row-major [windows, values]. */
export interface WindowValues {
  /** Of a row's values, in their order; an embedding has none. */
  readonly labels: readonly string[];
  readonly data: Float32Array;
}

/** The tasks whose windows can be joined over several models, see `TrackAnalysis.windowValues`. */
export type WindowTask = 'genre' | 'genre-wide' | 'mood' | 'valence-arousal' | 'content' | 'embedding';

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
  /** Null, as all that follows, where the model has no such output. */
  readonly genre: Verdict | null;
  readonly mood: Verdict | null;
  /** Music, speech or other. */
  readonly content: Verdict | null;
  /** Sorted by score over threshold, largest first: what is named comes before what is not. */
  readonly wide: readonly WideGenre[] | null;
  readonly affect: Affect | null;
  /** Of length 1 (L2); for comparing tracks of the same model, never shown. */
  readonly embedding: Float32Array | null;
  readonly perWindow: { readonly genre: WindowProbabilities | null; readonly mood: WindowProbabilities | null };
  /** Only where it was asked for (`AnalysisRequest.keepWindows`); never stored. Rows as `startsSec`; derived tasks are there, too. */
  readonly windowValues?: Readonly<Partial<Record<WindowTask, WindowValues>>>;
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
