import { performance } from 'node:perf_hooks';
import type { WindowPlan } from '#shared/domain/analysis';
import { sniffPath } from '../adapters/decoders/open-audio';
import { throwIfAborted } from '../adapters/decoders/stall';
import type { MelParameters } from '../core/dsp/mel';
import type { MelWindow, WindowShape } from '../core/windows/cutter';
import { planStarts } from '../core/windows/plan';
import { StretchFrames } from '../core/windows/stretch-frames';
import { countFrames, groupWindows } from '../core/windows/stretches';
import type { SeekableAudio, SeekingDecoder } from '../ports';

/** A larger share of the track is decoded faster by decoding all of it: see the comment of `createSeekingDecoder`. */
const WORTH_SHARE = 0.5;
/** Windows are held back until all of them are sure: 72 KB each for 3 s of 96 bands. */
const MAX_WINDOWS = 256;

export interface SoughtTrack {
  readonly decoder: string;
  readonly durationSec: number;
  readonly windows: readonly MelWindow[];
  /** Milliseconds spent on finding and decoding, and in resampling and the mel stage. */
  readonly ms: { readonly decode: number; readonly features: number };
}

/**
 * The windows of a plan by decoding only where they lie: the same that decoding everything gives.
 * @returns null where the whole has to be decoded instead: the file's structure is in doubt, or nothing would be saved.
 * Throws only where it was cancelled.
 */
export async function seekWindows(
  path: string,
  plan: WindowPlan,
  seeking: SeekingDecoder,
  { mel, shape, maxMinutes }: { mel: MelParameters; shape: WindowShape; maxMinutes: number | null },
  signal: AbortSignal,
): Promise<SoughtTrack | null> {
  if (plan.kind === 'all' || plan.count > MAX_WINDOWS) return null;
  let audio: SeekableAudio | null = null;
  try {
    const begun = performance.now();
    audio = await seeking.open(path, await sniffPath(path), signal);
    if (!audio || (maxMinutes !== null && audio.samples > maxMinutes * 60 * audio.sampleRate)) return null;
    return await readWindows(audio, plan, mel, shape, begun);
  } catch {
    // What is wrong with the file is for the decoding of the whole to say, in the words that users know.
    return null;
  } finally {
    await audio?.close();
    throwIfAborted(signal);
  }
}

async function readWindows(
  audio: SeekableAudio,
  plan: WindowPlan,
  mel: MelParameters,
  shape: WindowShape,
  begun: number,
): Promise<SoughtTrack | null> {
  const { decoder, sampleRate, samples } = audio;
  const starts = planStarts(plan, countFrames(samples, sampleRate, mel), shape.windowFrames);
  const groups = groupWindows(starts, shape.windowFrames, samples, sampleRate, mel);
  const wanted = groups.reduce((sum, { source }) => sum + source.end - source.start, 0);
  if (wanted > WORTH_SHARE * samples) return null;
  let features = 0;
  const timed = <T>(work: () => T): T => {
    const start = performance.now();
    const result = work();
    features += performance.now() - start;
    return result;
  };
  const frames = timed(() => new StretchFrames(sampleRate, mel));
  let next = 0;
  for await (const stretch of audio.read(groups.map(({ source }) => source)))
    timed(() => frames.push(groups[next++]!, stretch));
  const windows = timed(() => frames.finish(shape));
  const ms = { decode: performance.now() - begun - features, features };
  return { decoder, durationSec: samples / sampleRate, windows, ms };
}
