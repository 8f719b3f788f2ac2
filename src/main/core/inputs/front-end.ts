import type { Framing } from './framing';

/**
 * How audio becomes one model's input: a stream of frames, windows of which are rendered. Nothing behind it needs to know what kind
 * of input a model takes.
 */
export interface FrontEnd extends Framing {
  /** Stored with every result; results of two versions never mix. It changes when the numbers do, and is another one for each kind. */
  readonly version: string;
  /** Frames of a window. */
  readonly windowFrames: number;
  /** The axes of a rendered window, the batch left out. */
  readonly axes: readonly Axis[];
  /** Whether a track that is shorter than a window is rendered as it is, instead of being repeated; not, where absent. */
  readonly takesLess?: boolean;
  /** Whether rendering a window takes longer than running a usual model on it. */
  readonly slow: boolean;
  /**
   * @param window row-major [windowFrames, width], or fewer frames with `takesLess`; it becomes the renderer's own.
   * @returns the values of a row of the model's input, in the order of `axes`.
   */
  render(window: Float32Array): Float32Array;
}

export interface Axis {
  readonly size: number;
  /** The manifest's field that says so, within `input`; null where the layout alone does. */
  readonly field: string | null;
}

export const fixedAxis = (size: number): Axis => ({ size, field: null });

/** Values of a rendered window. */
export const valuesOf = ({ axes }: Pick<FrontEnd, 'axes'>): number =>
  axes.reduce((values, { size }) => values * size, 1);

/** Seconds of audio in a window. */
export const windowSeconds = ({ windowFrames, hop, sampleRate }: FrontEnd): number => (windowFrames * hop) / sampleRate;
