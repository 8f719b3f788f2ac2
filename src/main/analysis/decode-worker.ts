import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from '#shared/domain/failure';
import { createDecoders } from '../adapters/decoders';
import { remotePieces } from '../adapters/decoders/aac/remote';
import { createSeekingDecoder } from '../adapters/decoders/seek';
import { fileError } from '../adapters/decoders/open-audio';
import { throwIfAborted } from '../adapters/decoders/stall';
import { contentHash } from '../adapters/files/content-hash';
import { fileBytes } from '../adapters/files/file-bytes';
import { frontEndOf } from '../core/inputs';
import type { InputWindow } from '../core/windows/cutter';
import type { AnalysisRequest } from '../ports';
import { Credit } from './credit';
import { decodeWindows, type WindowSource } from './decode-windows';
import type { DecodedJob, FromWorker, ToWorker, WorkerData } from './worker-protocol';

/** A worker thread of the analysis process: files in, windows of the model's input out. It never loads onnxruntime. */
const ALIVE_MS = 5_000;

const setup = workerData as WorkerData;
const source: WindowSource = {
  frontEnd: frontEndOf(setup.input),
  decoders: createDecoders(setup.decoders, setup.pieces && remotePieces(setup.pieces)),
  seeking: createSeekingDecoder(setup.decoders),
};
const credit = new Credit(setup.credit);
const running = new Map<number, AbortController>();

const send = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, [...transfer]);

parentPort?.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'decode':
      void run(message.job, message.request);
      return;
    case 'cancel':
      running.get(message.job)?.abort();
      return;
    case 'credit':
      credit.add(message.windows);
      return;
  }
});

async function run(job: number, request: AnalysisRequest): Promise<void> {
  const controller = new AbortController();
  running.set(job, controller);
  const alive = setInterval(() => send({ type: 'alive', job }), ALIVE_MS);
  try {
    send({ type: 'done', job, result: await decode(job, request, controller.signal) });
  } catch (error) {
    send({ type: 'failed', job, failure: toFailure(fileError(error)) });
  } finally {
    clearInterval(alive);
    running.delete(job);
  }
}

async function decode(job: number, request: AnalysisRequest, signal: AbortSignal): Promise<DecodedJob> {
  const { path, plan, contentHash } = request;
  const track = await decodeWindows(path, plan, source, signal, async (windows) => {
    // One at a time: a window that waits for credit must not hold back those before it.
    for (const window of windows) {
      await credit.take(signal);
      sendWindow(job, window);
    }
  });
  return {
    contentHash: contentHash ?? (await hashFile(path, signal)),
    decoder: track.decoder,
    durationSec: track.durationSec,
    startFrames: track.startFrames,
    warnings: track.warnings,
    ms: track.ms,
  };
}

function sendWindow(job: number, window: InputWindow): void {
  send({ type: 'windows', job, windows: [window] }, [window.data.buffer as ArrayBuffer]);
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await contentHash(fileBytes(file, size), () => throwIfAborted(signal));
  } finally {
    await file.close();
  }
}
