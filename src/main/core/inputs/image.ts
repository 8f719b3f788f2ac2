import type { MelParameters } from '../dsp/mel';
import type { Axis, FrontEnd } from './front-end';
import { melFraming } from './mel';
import { CHANNELS, coloured, type Colours } from './picture/colours';
import { largestOf, toLevels, type Decibels } from './picture/levels';
import { bilinear } from './picture/resize';

/** Version of the resampler, the mel stage and the drawing of pictures; raise it when these numbers change. */
export const IMAGE_FRONT_END = 'image-1';

/** `image` of a manifest: a picture of each window of a mel spectrogram. */
export interface ImageInput extends Omit<MelParameters, 'compression' | 'normalisation'> {
  readonly kind: 'image';
  /** Axis order of a picture: channel, height, width (`NCHW`), or the channels of a pixel side by side (`NHWC`). */
  readonly layout: 'NCHW' | 'NHWC';
  /** Frames of the spectrogram under a picture. */
  readonly windowFrames: number;
  readonly decibels: Decibels;
  /** How many levels are told apart; all where absent. */
  readonly levels?: number;
  /** Which frames are shown, see `framesShown`; each is a column where absent. */
  readonly columns?: Columns;
  /** Whether row 0 is the lowest band or the highest. */
  readonly rows: 'low-first' | 'high-first';
  readonly size?: { readonly height: number; readonly width: number };
  readonly colours: Colours;
  /** A number a channel: (value + add) / divide; nothing is done where absent. */
  readonly normalisation?: { readonly add: readonly number[]; readonly divide: readonly number[] };
}

export interface Columns {
  readonly count: number;
  readonly offset: number;
  readonly span: number;
}

export function imageFrontEnd(input: ImageInput): FrontEnd {
  const { windowFrames, nMels, colours, layout, size } = input;
  const interleaved = layout === 'NHWC';
  const channels: Axis = { size: CHANNELS[colours].length, field: 'colours' };
  const plane = planeOf(input);
  const shown = framesShown(windowFrames, input.columns);
  const resize = size ? bilinear(nMels, shown.length, size.height, size.width) : null;
  return {
    ...melFraming({ ...input, compression: 'none', normalisation: undefined }),
    version: IMAGE_FRONT_END,
    windowFrames,
    axes: interleaved ? [...plane, channels] : [channels, ...plane],
    slow: false,
    render: (window) => {
      const picture = arranged(window, nMels, shown, input.rows === 'low-first');
      toLevels(picture, largestOf(window), input.decibels, input.levels);
      return coloured(resize ? resize(picture) : picture, colours, interleaved, input.normalisation);
    },
  };
}

/** Height and width. */
function planeOf({ size, nMels, columns, windowFrames }: ImageInput): Axis[] {
  if (size)
    return [
      { size: size.height, field: 'size.height' },
      { size: size.width, field: 'size.width' },
    ];
  return [
    { size: nMels, field: 'nMels' },
    columns ? { size: columns.count, field: 'columns.count' } : { size: windowFrames, field: 'windowFrames' },
  ];
}

/** The frame that each column of a picture shows: floor(frames / span * (column + offset)), held within 0..frames - 1. */
export function framesShown(frames: number, columns?: Columns): Int32Array {
  if (!columns) return Int32Array.from({ length: frames }, (_, frame) => frame);
  const { count, offset, span } = columns;
  return Int32Array.from({ length: count }, (_, column) =>
    Math.max(0, Math.min(frames - 1, Math.floor((frames / span) * (column + offset)))),
  );
}

/** @param window row-major [frames, bands] @returns row-major [bands, columns] */
function arranged(window: Float32Array, bands: number, shown: Int32Array, lowFirst: boolean): Float32Array {
  const picture = new Float32Array(bands * shown.length);
  for (let row = 0; row < bands; row++) {
    const band = lowFirst ? row : bands - 1 - row;
    for (let column = 0; column < shown.length; column++)
      picture[row * shown.length + column] = window[shown[column]! * bands + band]!;
  }
  return picture;
}
