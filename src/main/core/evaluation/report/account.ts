import type { Comparison } from '../compare-task';
import type { VerdictReport } from '../tasks';
import type { JudgedTrack } from '../judged-tracks';

/** One model by one task, with its tracks. */
export interface JudgedTask {
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly report: VerdictReport;
  readonly tracks: readonly JudgedTrack[];
}

/** Statistics of the sound of judged files; see `core/features`. */
export interface SoundOfFiles {
  /** Some of `FEATURE_COLUMNS`. */
  readonly columns: readonly string[];
  /** Each with a value a column. */
  readonly files: readonly { readonly path: string; readonly values: readonly number[] }[];
  /** Of how many files nothing could be told. */
  readonly failed: number;
}

/** What a report of an evaluation is made from. */
export interface EvaluationAccount {
  /** ISO 8601. */
  readonly madeAt: string;
  /** Program and version. */
  readonly madeBy: string;
  /** The table or folder that the labels are from. */
  readonly source: string;
  /** Which windows were heard. */
  readonly plan: string;
  readonly judged: readonly JudgedTask[];
  readonly comparisons: readonly Comparison[];
  /** Where it was asked for. */
  readonly sound?: SoundOfFiles;
}
