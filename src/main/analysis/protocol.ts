import type { AnalysisOutcome } from '#shared/domain/analysis';
import type { Failure } from '#shared/domain/failure';
import type { DoctorReport } from '#shared/contract/schemas';
import type { ProviderTrial } from '../adapters/onnx/providers';
import type { AnalysisInfo, AnalysisOptions, AnalysisRequest, ModelTrial } from '../ports';

/** What the backend's side asks of the analysis process; each `id` is answered by one `Answer`, `cancel` and `close` by none. */
export type Ask =
  | ({ readonly type: 'start'; readonly id: number } & AnalysisOptions)
  | { readonly type: 'analyze'; readonly id: number; readonly request: AnalysisRequest }
  | { readonly type: 'try'; readonly id: number; readonly modelDir: string; readonly provider: string }
  | { readonly type: 'try-model'; readonly id: number; readonly modelDir: string }
  | { readonly type: 'parts'; readonly id: number }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close' };

/** What `doctor` wants to know and what needs no model. */
export type Parts = Pick<DoctorReport, 'onnxruntime' | 'decoders'>;

export type Answer =
  | { readonly type: 'started'; readonly id: number; readonly info: AnalysisInfo }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: AnalysisOutcome }
  | { readonly type: 'trial'; readonly id: number; readonly trial: ProviderTrial }
  | { readonly type: 'model-trial'; readonly id: number; readonly trial: ModelTrial }
  | { readonly type: 'parts'; readonly id: number; readonly parts: Parts }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure };

export interface Notice {
  readonly type: 'notice';
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

export type FromAnalysis = Answer | Notice;
