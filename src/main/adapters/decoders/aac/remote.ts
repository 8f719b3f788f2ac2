import type { MessagePort } from 'node:worker_threads';
import { CodedError, type Failure } from '#shared/domain/failure';
import type { DecodeAacPiece } from './decoder';

/** A piece of ADTS for another process or thread to decode. */
export interface PieceRequest {
  readonly id: number;
  readonly adts: Uint8Array;
  /** What the samples are wanted at: the file's own. */
  readonly sampleRate: number;
}

export interface PieceAnswer {
  readonly id: number;
  /** Null if the piece can't be decoded. */
  readonly mono: Float32Array | null;
  readonly failure?: Failure;
}

/** Has pieces decoded on the other side of a port. */
export function remotePieces(port: MessagePort): DecodeAacPiece {
  const waiting = new Map<number, (answer: PieceAnswer) => void>();
  let lastId = 0;
  port.on('message', (answer: PieceAnswer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return (adts, sampleRate) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, ({ mono, failure }) => (failure ? reject(CodedError.from(failure)) : resolve(mono)));
      port.postMessage({ id, adts, sampleRate } satisfies PieceRequest, [adts.buffer as ArrayBuffer]);
    });
}
