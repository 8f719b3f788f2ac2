import type { TrackDetail } from '#shared/contract/schemas';
import type { FailureCode } from '#shared/domain/failure';
import type { Affect, StageTimes, Verdict, WideGenre } from '#shared/domain/analysis';

/** What `analyze --json` prints of a track. These names are a promise to scripts. */
export type TrackLine = AnalysedLine | FailedLine;

export interface AnalysedLine {
  readonly path: string;
  readonly status: 'ok';
  /** True if the result was there before this run. */
  readonly cached: boolean;
  readonly durationSec: number | null;
  readonly windows: number;
  /** True of a verdict from a few windows, of which the full one takes the place. */
  readonly quick: boolean;
  readonly decoder: string;
  readonly provider: string;
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly ms: StageTimes;
  /** Null, as what follows, where the model does not say. */
  readonly genre: Verdict | null;
  readonly mood: Verdict | null;
  /** Music, speech or other. */
  readonly content: Verdict | null;
  /** Labels of the wide vocabulary by falling score over threshold; those that reach their threshold are named. */
  readonly wide: readonly WideGenre[] | null;
  readonly affect: Affect | null;
  readonly warnings: readonly string[];
}

export interface FailedLine {
  readonly path: string;
  readonly status: 'failed';
  readonly code: FailureCode;
  readonly message: string;
}

/**
 * @param plan of the result asked for; null: whatever is shown of the present model
 * @param startedAt milliseconds since the epoch; a result older than this is `cached`
 */
export function trackLine(detail: TrackDetail, plan: string | null, startedAt: number): TrackLine {
  const { path, analysis, genre, failure } = detail;
  if (detail.state !== 'failed' && !detail.stale && analysis && (plan === null || analysis.plan === plan))
    return {
      path,
      status: 'ok',
      cached: analysis.analysedAt < startedAt,
      durationSec: detail.durationSec,
      windows: analysis.windows,
      quick: detail.quick,
      decoder: analysis.decoder,
      provider: analysis.provider,
      model: analysis.model,
      ms: analysis.ms,
      genre,
      mood: detail.mood,
      content: detail.content,
      wide: detail.wide,
      affect: detail.affect,
      warnings: analysis.warnings,
    };
  const { code, message } = failure ?? {
    code: 'not-available' as const,
    message: 'There is no result for this track: its file or folder may be gone. Scan its folder again.',
  };
  return { path, status: 'failed', code, message };
}
