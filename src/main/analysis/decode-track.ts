import { performance } from 'node:perf_hooks';
import { CodedError } from '#shared/domain/failure';
import type { DecoderSet } from '../adapters/decoders';
import { openAudio } from '../adapters/decoders/open-audio';
import { throwIfAborted } from '../adapters/decoders/stall';
import { createResampler } from '../core/dsp/resampler';
import type { Framing } from '../core/inputs/framing';

/** What is missing of the declared duration is worth a warning if it is more than this share, and more than an encoder's padding. */
const INCOMPLETE_SHARE = 0.01;
const INCOMPLETE_SEC = 0.5;
/** Seconds; nothing can be said of less. */
export const SHORTEST_TRACK = 0.5;

export interface DecodedTrack {
  readonly decoder: string;
  /** Of what was decoded. */
  readonly durationSec: number;
  /** False if the file promises much more than could be decoded. */
  readonly complete: boolean;
  readonly warnings: readonly string[];
  /** Milliseconds spent waiting for the decoder, and in resampling and the front end. */
  readonly ms: { readonly decode: number; readonly features: number };
}

/**
 * Decodes a whole file to frames.
 * @param onFrames gets each batch, row-major [frames, width], as its own; its promise may hold the work up.
 * Throws a `CodedError` for everything that is wrong with the file.
 */
export async function decodeTrack(
  path: string,
  decoders: DecoderSet,
  framing: Framing,
  signal: AbortSignal,
  onFrames: (frames: Float32Array) => Promise<void> | void,
): Promise<DecodedTrack> {
  const begun = performance.now();
  const { decoder, audio } = await openAudio(path, decoders, signal);
  const resampler = createResampler(audio.sampleRate, framing.sampleRate);
  const stream = framing.createStream();
  let samples = 0;
  let features = 0;
  let held = 0;
  const pass = async (work: () => Float32Array): Promise<void> => {
    const start = performance.now();
    const frames = work();
    features += performance.now() - start;
    if (frames.length === 0) return;
    const given = performance.now();
    await onFrames(frames);
    held += performance.now() - given;
  };
  for await (const chunk of audio.chunks) {
    throwIfAborted(signal);
    samples += chunk.length;
    await pass(() => stream.push(resampler.push(chunk)));
  }
  const durationSec = samples / audio.sampleRate;
  requireLength(durationSec, framing);
  await pass(() => stream.push(resampler.flush()));
  await pass(() => stream.flush());
  const cutOff = shortfall(durationSec, audio.declaredSec);
  return {
    decoder,
    durationSec,
    complete: cutOff === null,
    warnings: cutOff === null ? [...audio.warnings] : [...audio.warnings, cutOff],
    ms: { decode: performance.now() - begun - features - held, features },
  };
}

function requireLength(durationSec: number, { margin, sampleRate }: Framing): void {
  if (durationSec >= SHORTEST_TRACK && durationSec > margin / sampleRate) return;
  throw new CodedError(
    'too-short',
    `Only ${durationSec.toFixed(2)} s of audio could be decoded; at least ${SHORTEST_TRACK} s are needed. Leave it out, or replace it by the whole recording.`,
  );
}

/** What to say of a file that promises more than it has, null if it doesn't. */
function shortfall(decodedSec: number, declaredSec: number | null): string | null {
  if (declaredSec === null) return null;
  if (declaredSec - decodedSec <= Math.max(INCOMPLETE_SEC, declaredSec * INCOMPLETE_SHARE)) return null;
  const numbers = `promises ${declaredSec.toFixed(1)} s but only ${decodedSec.toFixed(1)} s could be decoded`;
  return `The file ${numbers}: it is damaged or cut off.`;
}
