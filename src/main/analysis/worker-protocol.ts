import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '#shared/domain/failure';
import type { DecoderSetup } from '../adapters/decoders';
import { batchFor } from '../adapters/onnx/batch';
import type { FrontEnd, ModelInput } from '../core/inputs';
import type { InputWindow } from '../core/windows/cutter';
import type { AnalysisRequest } from '../ports';

/** Given to each decode worker when it starts. */
export interface WorkerSetup {
  readonly decoders: DecoderSetup;
  readonly input: ModelInput;
  /** Windows of it that may wait for inference. */
  readonly credit: number;
}

/** The setup as a worker gets it. */
export interface WorkerData extends WorkerSetup {
  /** To Chromium's decoder (see `remotePieces`), where there is one. */
  readonly pieces: MessagePort | null;
}

/** A worker does one job at a time; a job's windows must be paid for with credits, so that no more than a few wait. */
export type ToWorker =
  | { readonly type: 'decode'; readonly job: number; readonly request: AnalysisRequest }
  | { readonly type: 'cancel'; readonly job: number }
  | { readonly type: 'credit'; readonly windows: number };

export interface DecodedJob {
  readonly contentHash: string;
  readonly decoder: string;
  readonly durationSec: number;
  /** Start of each window in frames, in the order in which the windows were sent. */
  readonly startFrames: readonly number[];
  readonly warnings: readonly string[];
  readonly ms: { readonly decode: number; readonly features: number };
}

export type FromWorker =
  | { readonly type: 'windows'; readonly job: number; readonly windows: readonly InputWindow[] }
  | { readonly type: 'alive'; readonly job: number }
  | { readonly type: 'done'; readonly job: number; readonly result: DecodedJob }
  | { readonly type: 'failed'; readonly job: number; readonly failure: Failure };

/** Batches of windows that may wait for inference, over all workers. */
const BATCHES = 3;

/**
 * Windows of one worker that may wait: three batches of a CPU, which are 3.5 MB of the base model's, or its part of three larger ones.
 * @param batch windows that are run at a time.
 */
export const workerCredit = (frontEnd: FrontEnd, batch: number, workers: number): number =>
  Math.max(BATCHES * batchFor(frontEnd), Math.ceil((BATCHES * batch) / workers));
