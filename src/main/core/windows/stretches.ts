import { resamplerContext } from '../dsp/resampler';
import type { Framing } from '../inputs/framing';

/** A part of a signal in samples; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The front end as far as it says which samples a frame is made of. */
export type FrameGeometry = Pick<Framing, 'sampleRate' | 'hop' | 'reach'>;

/** Frames that lie close together, and what has to be decoded and cut away to make them. */
export interface FrameGroup {
  /** In frames of the track. */
  readonly frames: Stretch;
  /** What is to be decoded, in samples of the file. */
  readonly source: Stretch;
  /** Of what the resampler makes of `source`: what the frames are made of. The rest was made with silence where music is. */
  readonly resampled: Stretch;
  /** The track's frame that is the first one of these; those before `frames` were made by reflection where music is. */
  readonly firstFrame: number;
}

/** Frames of a track of `samples` at `rate` samples per second, as the resampler and the front end give them. */
export function countFrames(samples: number, rate: number, framing: Pick<Framing, 'sampleRate' | 'framesOf'>): number {
  return framing.framesOf(Math.ceil((samples * framing.sampleRate) / rate));
}

/**
 * Which stretches of a track must be decoded so that frames come out as from the whole track: each begins on a sample that falls together with one
 * of the resampled signal (so the filter's phases are the same), and reaches as far to both sides as the resampler's filter and a frame
 * do. At the track's own ends the zeros and reflections are those of the whole track.
 * @param wanted frames, ascending by start, may overlap; @param samples of the whole track at `rate` samples per second.
 * @returns groups with ascending stretches that do not overlap.
 */
export function groupFrames(
  wanted: readonly Stretch[],
  samples: number,
  rate: number,
  geometry: FrameGeometry,
): FrameGroup[] {
  const groups: FrameGroup[] = [];
  for (const frames of wanted) {
    const alone = groupOf(frames, samples, rate, geometry);
    const last = groups.at(-1);
    if (!last || alone.source.start > last.source.end) {
      groups.push(alone);
      continue;
    }
    const both = { start: last.frames.start, end: Math.max(last.frames.end, frames.end) };
    groups[groups.length - 1] = groupOf(both, samples, rate, geometry);
  }
  return groups;
}

function groupOf(
  frames: Stretch,
  samples: number,
  rate: number,
  { sampleRate, hop, reach: { before, after } }: FrameGeometry,
): FrameGroup {
  const { reach, inStep, outStep } = resamplerContext(rate, sampleRate);
  const total = Math.ceil((samples * sampleRate) / rate);
  const firstFrame = Math.max(0, frames.start - Math.ceil(before / hop));
  const from = firstFrame * hop;
  const to = Math.min(total, (frames.end - 1) * hop + after);
  const steps = Math.floor(Math.max(0, Math.floor((from * rate) / sampleRate) - reach) / inStep);
  const source = {
    start: steps * inStep,
    // Where the resampled part goes to the end, so must this: the reflection there is the track's.
    end: to === total ? samples : Math.min(samples, Math.ceil((to * rate) / sampleRate) + reach),
  };
  const resampled = { start: from - steps * outStep, end: to - steps * outStep };
  return { frames, source, resampled, firstFrame };
}
