import { createResampler, resamplerContext } from '../dsp/resampler';
import type { FrontEnd } from '../inputs/front-end';
import { windowOf, type InputWindow } from './cutter';
import type { FrameGroup } from './stretches';

/**
 * Windows of a track of which only some stretches were decoded. All stretches go through one resampler and one stream of frames, one after the other,
 * as both are dear to set up: what these mix at the joints is what a group cuts away.
 */
export class StretchFrames {
  private readonly resampler;
  private readonly stream;
  private readonly parts: Float32Array[] = [];
  private readonly placed: { readonly group: FrameGroup; readonly firstRow: number }[] = [];
  /** Samples of the file, and of the resampled signal, that were given so far to the resampler and the stream. */
  private pushed = 0;
  private resampled = 0;
  private analysed = 0;

  constructor(
    private readonly rate: number,
    private readonly frontEnd: FrontEnd,
  ) {
    this.resampler = createResampler(rate, frontEnd.sampleRate);
    this.stream = frontEnd.createStream();
  }

  /** @param samples of the group's `source`, mono; groups come in their order. */
  push(group: FrameGroup, samples: Float32Array): void {
    const { hop, sampleRate } = this.frontEnd;
    // Frames must lie on the grid of hops. The last stretch is left as it is, for it may end with the track.
    this.analyse(new Float32Array((hop - (this.analysed % hop)) % hop));
    this.placed.push({ group, firstRow: this.analysed / hop });
    const { reach, inStep, outStep } = resamplerContext(this.rate, sampleRate);
    const base = (this.pushed / inStep) * outStep;
    const from = base + group.resampled.start;
    const to = base + group.resampled.end;
    // Behind the end of the track there is silence, and the next stretch must begin on a step, too.
    const length = Math.ceil((samples.length + reach) / inStep) * inStep;
    this.take(this.resampler.push(samples), from, to);
    this.take(this.resampler.push(new Float32Array(length - samples.length)), from, to);
    this.pushed += length;
  }

  /** Of what the resampler gave now, the part that lies between two of all its samples. */
  private take(output: Float32Array, from: number, to: number): void {
    const first = Math.max(0, from - this.resampled);
    const last = Math.min(output.length, to - this.resampled);
    this.resampled += output.length;
    if (last > first) this.analyse(output.subarray(first, last));
  }

  private analyse(samples: Float32Array): void {
    if (samples.length === 0) return;
    this.parts.push(this.stream.push(samples));
    this.analysed += samples.length;
  }

  /** The windows at these starts, in frames; null if one of them is not in what was pushed. */
  finish(starts: readonly number[]): InputWindow[] | null {
    const { windowFrames, width } = this.frontEnd;
    this.parts.push(this.stream.flush());
    const frames = joined(this.parts);
    const windows: InputWindow[] = [];
    for (const startFrame of starts) {
      const end = startFrame + windowFrames;
      const place = this.placed.find(({ group }) => group.frames.start <= startFrame && end <= group.frames.end);
      if (!place) return null;
      const row = place.firstRow + startFrame - place.group.firstFrame;
      // A track that is shorter than a window ends before it.
      const window = windowOf(frames, row, frames.length / width - row, this.frontEnd);
      windows.push({ startFrame, data: this.frontEnd.render(window) });
    }
    return windows;
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
