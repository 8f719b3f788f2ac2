import type { WindowPlan } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import type { DecoderSet } from '../adapters/decoders';
import { windowSeconds, type FrontEnd } from '../core/inputs';
import { WindowCutter, type InputWindow } from '../core/windows/cutter';
import { planStarts } from '../core/windows/plan';
import type { SeekingDecoder } from '../ports';
import { decodeTrack, type DecodedTrack } from './decode-track';
import { seekWindows } from './seek-windows';

/** Values kept while a track's length is unknown: 43 MB, half an hour of 96 bands at 16 ms a frame, 11 minutes of samples at 16 kHz. */
const MAX_BUFFERED_VALUES = 112_500 * 96;

export interface WindowedTrack extends DecodedTrack {
  readonly startFrames: readonly number[];
}

/** Everything a worker needs to know besides the track. */
export interface WindowSource {
  readonly decoders: DecoderSet;
  /** Everything is decoded without it. */
  readonly seeking?: SeekingDecoder;
  readonly frontEnd: FrontEnd;
}

type Emit = (windows: InputWindow[]) => Promise<void>;

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
  const { windowFrames } = source.frontEnd;
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
  { seeking, frontEnd, decoders: { maxMinutes } }: WindowSource,
  signal: AbortSignal,
  emit: Emit,
): Promise<WindowedTrack | null> {
  const track = seeking && (await seekWindows(path, plan, seeking, { frontEnd, maxMinutes }, signal));
  if (!track) return null;
  const { windows, ...rest } = track;
  if (windows.length > 0) await emit([...windows]);
  return { ...rest, complete: true, startFrames: windows.map(({ startFrame }) => startFrame), warnings: [] };
}

async function contiguous(path: string, source: WindowSource, signal: AbortSignal, emit: Emit): Promise<WindowedTrack> {
  const { windowFrames } = source.frontEnd;
  const cutter = new WindowCutter(source.frontEnd, (i) => i * windowFrames);
  let emitted = 0;
  const track = await decodeTrack(path, source.decoders, source.frontEnd, signal, async (frames) => {
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
  const parts: Float32Array[] = [];
  let values = 0;
  const track = await decodeTrack(path, source.decoders, source.frontEnd, signal, (frames) => {
    values += frames.length;
    if (values <= MAX_BUFFERED_VALUES) parts.push(frames);
    else parts.length = 0;
  });
  const total = values / source.frontEnd.width;
  const startFrames = startsOf(total);
  const cutter = new WindowCutter(source.frontEnd, (i) => startFrames[i] ?? null);
  let emitted = 0;
  const pass = async (frames: Float32Array): Promise<void> => {
    const windows = cutter.push(frames);
    emitted += windows.length;
    if (windows.length > 0) await emit(windows);
  };
  if (values <= MAX_BUFFERED_VALUES) for (const part of parts) await pass(part);
  else await decodeTrack(path, source.decoders, source.frontEnd, signal, pass);
  if (emitted < startFrames.length) await emit(startFrames.slice(emitted).map((start) => cutter.cut(start)));
  return { ...track, startFrames, warnings: [...track.warnings, ...repetition(total, track, source)] };
}

/** Warns of a track that is shorter than a window. One that is so because it is damaged says too little: `too-short`. */
function repetition(frames: number, track: DecodedTrack, { frontEnd }: WindowSource): string[] {
  if (frames >= frontEnd.windowFrames || frontEnd.takesLess) return [];
  const seconds = windowSeconds(frontEnd).toFixed(1);
  if (!track.complete) {
    throw new CodedError(
      'too-short',
      `${track.warnings.at(-1) ?? ''} That is less than a window of ${seconds} s; replace it by a sound copy.`,
    );
  }
  return [`The track is shorter than a window of ${seconds} s; it was repeated to fill one.`];
}
