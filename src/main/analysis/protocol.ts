import type { AnalysisOutcome } from '#shared/domain/analysis';
import type { Failure } from '#shared/domain/failure';
import type { ListeningOptions } from '#shared/domain/listening';
import type { DoctorReport } from '#shared/contract/schemas';
import type { ProviderTrial } from '../adapters/onnx/trial';
import type {
  AnalysisInfo,
  AnalysisOptions,
  AnalysisRequest,
  DescribeRequest,
  Description,
  ModelTrial,
} from '../ports';
import type { LoadWanted } from './load';

/** What the backend's side asks of the analysis process; each `id` is answered by one `Answer`, `cancel`, `load` and `close` by none. */
export type Ask =
  | ({ readonly type: 'start'; readonly id: number } & AnalysisOptions & ProviderPlan & LoadWanted)
  | { readonly type: 'analyze'; readonly id: number; readonly request: AnalysisRequest }
  | { readonly type: 'try'; readonly id: number; readonly modelDir: string; readonly provider: string }
  | { readonly type: 'try-model'; readonly id: number; readonly modelDir: string }
  | { readonly type: 'parts'; readonly id: number; readonly ffmpegPath: string | null }
  /** All that one process is asked to describe has the same columns and options. */
  | {
      readonly type: 'describe';
      readonly id: number;
      readonly request: DescribeRequest;
      readonly options: Partial<ListeningOptions>;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | ({ readonly type: 'load' } & LoadWanted)
  | { readonly type: 'close' };

/** A provider and how to run it. */
export interface ProviderPlan {
  readonly provider: string;
  /** Windows to run at a time; without it, what usually suits a CPU. */
  readonly batch?: number;
  /** Milliseconds after which a batch hangs. With it, the provider is guarded: compared with the CPU now and then, and lost if it errs. */
  readonly limitMs?: number;
}

/** What `doctor` wants to know and what needs no model. */
export type Parts = Pick<DoctorReport, 'onnxruntime' | 'decoders'>;

export type Answer =
  | { readonly type: 'started'; readonly id: number; readonly info: AnalysisInfo }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: AnalysisOutcome }
  | { readonly type: 'trial'; readonly id: number; readonly trial: ProviderTrial }
  | { readonly type: 'model-trial'; readonly id: number; readonly trial: ModelTrial }
  | { readonly type: 'parts'; readonly id: number; readonly parts: Parts }
  | { readonly type: 'description'; readonly id: number; readonly description: Description }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure };

export interface Notice {
  readonly type: 'notice';
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** A sign of life, and what the process says of itself. */
export type Unasked =
  | Notice
  | { readonly type: 'alive' }
  /** The provider must not be used any more, and nothing more is to be had of this process. `reason` follows the provider's name. */
  | { readonly type: 'provider-lost'; readonly reason: string };

export type FromAnalysis = Answer | Unasked;
