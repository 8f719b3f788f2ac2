import { fixedAxis, type Axis, type FrontEnd } from './front-end';
import type { Framing } from './framing';

/** Version of the resampler, and of what becomes of its samples; raise it when these numbers change. */
export const WAVEFORM_FRONT_END = 'waveform-1';

/** `waveform` of a manifest: windows of the samples themselves. */
export interface WaveformInput {
  readonly kind: 'waveform';
  /** Axis order of a window: time alone, channel and time, or time and channel. */
  readonly layout: 'NT' | 'NCT' | 'NTC';
  readonly sampleRate: number;
  readonly windowSamples: number;
  /** (sample + add) / divide; nothing is done where absent. */
  readonly normalisation?: { readonly add: number; readonly divide: number };
}

/** A sample is a frame. */
export const sampleFraming = (sampleRate: number): Framing => ({
  sampleRate,
  hop: 1,
  width: 1,
  reach: { before: 0, after: 1 },
  margin: 0,
  framesOf: (samples) => samples,
  // What is pushed is its owner's, and good for a moment only.
  createStream: () => ({ push: (samples) => samples.slice(), flush: () => new Float32Array(0) }),
});

export function waveformFrontEnd({ layout, sampleRate, windowSamples, normalisation }: WaveformInput): FrontEnd {
  const time: Axis = { size: windowSamples, field: 'windowSamples' };
  const channel = fixedAxis(1);
  return {
    ...sampleFraming(sampleRate),
    version: WAVEFORM_FRONT_END,
    windowFrames: windowSamples,
    axes: { NT: [time], NCT: [channel, time], NTC: [time, channel] }[layout],
    slow: false,
    render: (window) => (normalisation ? window.map((x) => (x + normalisation.add) / normalisation.divide) : window),
  };
}
