import type { BytesAt } from '../files/audio-extent';
import type { MonoChunk } from './mono-chunk';

/** Takes a note of what is wrong without being fatal. */
export type Warn = (message: string) => void;

/**
 * Decodes a stream piece by piece into a chunk, which is to be emptied at each step. Throws a `CodedError` where nothing more can be had;
 * leaving the loop early releases the decoder.
 */
export type DecodeStream = (bytes: BytesAt, to: MonoChunk, warn: Warn) => AsyncGenerator<void>;

/** About as many samples are decoded between two steps: few enough to stay in the processor's caches. */
export const CHUNK_SAMPLES = 32 * 1024;
