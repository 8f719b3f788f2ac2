import type { WindowPlan } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import type { DecoderSet } from '../adapters/decoders';
import type { MelParameters } from '../core/dsp/mel';
import { WindowCutter, type MelWindow, type WindowShape } from '../core/windows/cutter';
import { planStarts } from '../core/windows/plan';
import type { SeekingDecoder } from '../ports';
import { decodeTrack, type DecodedTrack } from './decode-track';
import { seekWindows } from './seek-windows';

/** Frames kept while a track's length is unknown: half an hour at 16 ms a frame, 43 MB of 96 bands. */
const MAX_BUFFERED_FRAMES = 112_500;

export interface WindowedTrack extends DecodedTrack {
  readonly startFrames: readonly number[];
}

/** Everything a worker needs to know besides the track. */
export interface WindowSource {
  readonly decoders: DecoderSet;
  /** Everything is decoded without it. */
  readonly seeking?: SeekingDecoder;
  readonly mel: MelParameters;
  readonly shape: WindowShape;
}

type Emit = (windows: MelWindow[]) => Promise<void>;

/**
 * Decodes a file and emits the windows of a plan in order of their start. Memory does not grow with the track: `all` is cut as
 * the frames come. For other plans only the stretches that they need are decoded where the file's structure is certain; else, as the whole
 * length must be known first, a very long track is decoded a second time.
 */
export async function decodeWindows(
  path: string,
  plan: WindowPlan,
  source: WindowSource,
  signal: AbortSignal,
  emit: Emit,
): Promise<WindowedTrack> {
  const { windowFrames } = source.shape;
  if (plan.kind === 'all') return contiguous(path, source, signal, emit);
  return (
    (await sought(path, plan, source, signal, emit)) ??
    planned(path, source, signal, emit, (total) => planStarts(plan, total, windowFrames))
  );
}

/** Null where everything has to be decoded. */
async function sought(
  path: string,
  plan: WindowPlan,
  { seeking, mel, shape, decoders: { maxMinutes } }: WindowSource,
  signal: AbortSignal,
  emit: Emit,
): Promise<WindowedTrack | null> {
  const track = seeking && (await seekWindows(path, plan, seeking, { mel, shape, maxMinutes }, signal));
  if (!track) return null;
  const { windows, ...rest } = track;
  if (windows.length > 0) await emit([...windows]);
  return { ...rest, complete: true, startFrames: windows.map(({ startFrame }) => startFrame), warnings: [] };
}

async function contiguous(path: string, source: WindowSource, signal: AbortSignal, emit: Emit): Promise<WindowedTrack> {
  const { windowFrames } = source.shape;
  const cutter = new WindowCutter(source.shape, (i) => i * windowFrames);
  let emitted = 0;
  const track = await decodeTrack(path, source.decoders, source.mel, signal, async (frames) => {
    const windows = cutter.push(frames);
    emitted += windows.length;
    if (windows.length > 0) await emit(windows);
  });
  const startFrames = planStarts({ kind: 'all' }, cutter.frames, windowFrames);
  const last = startFrames.slice(emitted).map((start) => cutter.cut(start));
  if (last.length > 0) await emit(last);
  return { ...track, startFrames, warnings: [...track.warnings, ...repetition(cutter.frames, track, source)] };
}

async function planned(
  path: string,
  source: WindowSource,
  signal: AbortSignal,
  emit: Emit,
  startsOf: (totalFrames: number) => number[],
): Promise<WindowedTrack> {
  const { nMels } = source.shape;
  const parts: Float32Array[] = [];
  let total = 0;
  const track = await decodeTrack(path, source.decoders, source.mel, signal, (frames) => {
    total += frames.length / nMels;
    if (total <= MAX_BUFFERED_FRAMES) parts.push(frames);
    else parts.length = 0;
  });
  const startFrames = startsOf(total);
  const cutter = new WindowCutter(source.shape, (i) => startFrames[i] ?? null);
  let emitted = 0;
  const pass = async (frames: Float32Array): Promise<void> => {
    const windows = cutter.push(frames);
    emitted += windows.length;
    if (windows.length > 0) await emit(windows);
  };
  if (total <= MAX_BUFFERED_FRAMES) for (const part of parts) await pass(part);
  else await decodeTrack(path, source.decoders, source.mel, signal, pass);
  if (emitted < startFrames.length) await emit(startFrames.slice(emitted).map((start) => cutter.cut(start)));
  return { ...track, startFrames, warnings: [...track.warnings, ...repetition(total, track, source)] };
}

/** Warns of a track that is shorter than a window. One that is so because it is damaged says too little: `too-short`. */
function repetition(frames: number, track: DecodedTrack, { mel, shape }: WindowSource): string[] {
  if (frames >= shape.windowFrames) return [];
  const seconds = ((shape.windowFrames * mel.hop) / mel.sampleRate).toFixed(1);
  if (!track.complete) {
    throw new CodedError(
      'too-short',
      `${track.warnings.at(-1) ?? ''} That is less than a window of ${seconds} s; replace it by a sound copy.`,
    );
  }
  return [`The track is shorter than a window of ${seconds} s; it was repeated to fill one.`];
}
