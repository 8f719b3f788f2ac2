import { createMelStream, FRONT_END, type MelParameters } from '../dsp/mel';
import { fixedAxis, type Axis, type FrontEnd } from './front-end';
import type { Framing } from './framing';

/** `mel` of a manifest: windows of a log-mel spectrogram. */
export interface MelInput extends MelParameters {
  readonly kind: 'mel';
  /** Axis order of a window: channel, time, mel (`NCTM`) or channel, mel, time (`NCMT`). */
  readonly layout: 'NCTM' | 'NCMT';
  readonly windowFrames: number;
}

/** Frames of mel bands: 1 + floor(samples / hop), each centred on its sample (`createMelStream`). */
export function melFraming(parameters: MelParameters): Framing {
  const { sampleRate, hop, nMels, nFft, preEmphasis } = parameters;
  // A pre-emphasis takes one sample off the signal, and each frame reads one further.
  const emphasised = preEmphasis ? 1 : 0;
  return {
    sampleRate,
    hop,
    width: nMels,
    reach: { before: nFft / 2, after: nFft / 2 + emphasised },
    // Both ends are made by reflection, which needs more than half a transform.
    margin: nFft / 2 + 1,
    framesOf: (samples) => (samples > 0 ? 1 + Math.floor((samples - emphasised) / hop) : 0),
    createStream: () => createMelStream(parameters),
  };
}

export function melFrontEnd(input: MelInput): FrontEnd {
  const { windowFrames, nMels, layout } = input;
  const time: Axis = { size: windowFrames, field: 'windowFrames' };
  const bands: Axis = { size: nMels, field: 'nMels' };
  const isTimeFirst = layout === 'NCTM';
  return {
    ...melFraming(input),
    version: FRONT_END,
    windowFrames,
    axes: [fixedAxis(1), ...(isTimeFirst ? [time, bands] : [bands, time])],
    slow: false,
    render: isTimeFirst ? (window) => window : (window) => transposed(window, windowFrames, nMels),
  };
}

/** @param window row-major [rows, columns] @returns row-major [columns, rows] */
export function transposed(window: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) turned[column * rows + row] = window[row * columns + column]!;
  return turned;
}
