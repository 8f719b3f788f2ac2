import { performance } from 'node:perf_hooks';
import type { WindowPlan } from '#shared/domain/analysis';
import { sniffPath } from '../adapters/decoders/open-audio';
import { throwIfAborted } from '../adapters/decoders/stall';
import { valuesOf, type FrontEnd } from '../core/inputs';
import type { InputWindow } from '../core/windows/cutter';
import { planStarts } from '../core/windows/plan';
import { StretchFrames } from '../core/windows/stretch-frames';
import { countFrames, groupFrames, type Stretch } from '../core/windows/stretches';
import type { SeekableAudio, SeekingDecoder } from '../ports';

/** Windows are held back until all of them are sure: 72 KB each for 3 s of 96 bands. */
const MAX_WINDOWS = 256;
/** 32 MB of them, and as much of the frames that they are made of. */
const MAX_VALUES = 8 * 1024 * 1024;

export interface SoughtTrack {
  readonly decoder: string;
  readonly durationSec: number;
  readonly windows: readonly InputWindow[];
  /** Milliseconds spent on finding and decoding, and in resampling and the front end. */
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
  { frontEnd, maxMinutes }: { frontEnd: FrontEnd; maxMinutes: number | null },
  signal: AbortSignal,
): Promise<SoughtTrack | null> {
  if (plan.kind === 'all' || plan.count > mostWindows(frontEnd)) return null;
  let audio: SeekableAudio | null = null;
  try {
    const begun = performance.now();
    audio = await seeking.open(path, await sniffPath(path), signal);
    if (!audio || (maxMinutes !== null && audio.samples > maxMinutes * 60 * audio.sampleRate)) return null;
    return await readWindows(audio, plan, frontEnd, begun);
  } catch {
    // What is wrong with the file is for the decoding of the whole to say, in the words that users know.
    return null;
  } finally {
    await audio?.close();
    throwIfAborted(signal);
  }
}

const mostWindows = (frontEnd: FrontEnd): number =>
  Math.min(MAX_WINDOWS, MAX_VALUES / Math.max(valuesOf(frontEnd), frontEnd.windowFrames * frontEnd.width));

async function readWindows(
  audio: SeekableAudio,
  plan: WindowPlan,
  frontEnd: FrontEnd,
  begun: number,
): Promise<SoughtTrack | null> {
  const { decoder, sampleRate, samples, doubt } = audio;
  const { windowFrames } = frontEnd;
  const startsFor = (length: number): number[] =>
    planStarts(plan, countFrames(length, sampleRate, frontEnd), windowFrames);
  const wanted = framesFor(startsFor(samples - doubt), startsFor(samples + doubt), windowFrames);
  if (!wanted) return null;
  const groups = groupFrames(wanted, samples, sampleRate, frontEnd);
  const stretches = groups.map(({ source }) => source);
  const last = stretches.at(-1)!;
  // The end is heard to be sure of it; a window so near to it that it might be cut off is not worth the care.
  const tail = { start: samples - 2 * doubt, end: Infinity };
  if (doubt > 0 && last.end > tail.start) return null;
  const share = stretches.reduce((sum, { start, end }) => sum + end - start, 2 * doubt) / samples;
  if (share > audio.worthShare) return null;
  let features = 0;
  const timed = <T>(work: () => T): T => {
    const start = performance.now();
    const result = work();
    features += performance.now() - start;
    return result;
  };
  const frames = timed(() => new StretchFrames(sampleRate, frontEnd));
  let next = 0;
  let length = samples;
  for await (const stretch of audio.read(doubt > 0 ? [...stretches, tail] : stretches)) {
    const group = groups[next++];
    if (group) timed(() => frames.push(group, stretch));
    else length = tail.start + stretch.length;
  }
  const windows = timed(() => frames.finish(startsFor(length)));
  const ms = { decode: performance.now() - begun - features, features };
  return windows && { decoder, durationSec: length / sampleRate, windows, ms };
}

/** The frames that windows may take, whichever of two lengths the track has; null where there is no window, or more of them in one case. */
function framesFor(earliest: readonly number[], latest: readonly number[], windowFrames: number): Stretch[] | null {
  if (earliest.length === 0 || earliest.length !== latest.length) return null;
  return earliest.map((start, i) => ({ start, end: latest[i]! + windowFrames }));
}
