import { performance } from 'node:perf_hooks';
import type { WindowPlan } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import type { DecoderSet } from '../adapters/decoders';
import { windowSeconds, type FrontEnd } from '../core/inputs';
import { WindowCutter, type InputWindow, type WindowRenderer } from '../core/windows/cutter';
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
  const renderer = new TimedRenderer(source.frontEnd);
  const cutter = new WindowCutter(renderer, (i) => i * windowFrames);
  const pass = passTo(cutter, emit);
  const track = await decodeTrack(path, source.decoders, source.frontEnd, signal, pass.frames);
  const startFrames = planStarts({ kind: 'all' }, cutter.frames, windowFrames);
  await pass.rest(startFrames);
  return { ...withRendering(track, renderer), startFrames, warnings: warningsOf(cutter.frames, track, source) };
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
  const renderer = new TimedRenderer(source.frontEnd);
  const pass = passTo(new WindowCutter(renderer, (i) => startFrames[i] ?? null), emit);
  if (values <= MAX_BUFFERED_VALUES) for (const part of parts) await pass.frames(part);
  else await decodeTrack(path, source.decoders, source.frontEnd, signal, pass.frames);
  await pass.rest(startFrames);
  return { ...withRendering(track, renderer), startFrames, warnings: warningsOf(total, track, source) };
}

/** Emits windows one at a time, for they may be large: those that are whole, and in the end those that a short track leaves. */
function passTo(cutter: WindowCutter, emit: Emit) {
  let emitted = 0;
  return {
    frames: async (frames: Float32Array): Promise<void> => {
      for (const window of cutter.push(frames)) {
        emitted++;
        await emit([window]);
      }
    },
    rest: async (startFrames: readonly number[]): Promise<void> => {
      for (const start of startFrames.slice(emitted)) await emit([cutter.cut(start)]);
    },
  };
}

/** Renders as the front end does, and counts the time. */
class TimedRenderer implements WindowRenderer {
  ms = 0;
  readonly width;
  readonly windowFrames;

  constructor(private readonly frontEnd: FrontEnd) {
    this.width = frontEnd.width;
    this.windowFrames = frontEnd.windowFrames;
  }

  render(window: Float32Array): Float32Array {
    const start = performance.now();
    const values = this.frontEnd.render(window);
    this.ms += performance.now() - start;
    return values;
  }
}

const withRendering = (track: DecodedTrack, { ms }: TimedRenderer): DecodedTrack => ({
  ...track,
  ms: { ...track.ms, features: track.ms.features + ms },
});

const warningsOf = (frames: number, track: DecodedTrack, source: WindowSource): string[] => [
  ...track.warnings,
  ...repetition(frames, track, source),
];

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
