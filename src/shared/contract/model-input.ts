import { z } from 'zod';

/**
 * `input` of a model's manifest: how audio becomes what the graph is given. A field that is not known is refused: a front end
 * that is only nearly the model's own gives wrong results without a sign of it. Where axes are named by letters, N is the batch.
 */

const common = {
  /** Name of the onnx graph's input, float32. */
  name: z.string().min(1),
  /** Audio is brought to this rate first. */
  sampleRate: z.number().int().min(8000).max(48_000),
  /** Channels are averaged: (L+R)/2. */
  mono: z.literal('mean'),
};

/** The mel spectrum of a frame, for all kinds that have one. */
const spectrum = {
  /** Samples of the transform, a power of two. */
  nFft: z.number().int().min(128).max(8192),
  /** Samples of the window, centred in the transform; as long as that where absent. */
  winLength: z.number().int().min(32).max(8192).optional(),
  /** The window's shape; `hann-periodic` where absent, as librosa has it for spectra. */
  window: z.enum(['hann-periodic', 'hann-symmetric']).optional(),
  /** a of y[t] = x[t + 1] - a x[t] before the spectrum; none where absent. */
  preEmphasis: z.number().min(0).max(1).optional(),
  hop: z.number().int().min(32).max(8192),
  nMels: z.number().int().min(16).max(512),
  fMin: z.number().min(0),
  fMax: z.number().positive(),
  /** `kaldi`: HTK's scale with triangles straight in mel instead of in Hz, and no weight on the last bin. */
  melScale: z.enum(['slaney', 'htk', 'kaldi']),
  melNorm: z.enum(['slaney', 'none']),
  /** Exponent on the magnitude spectrum: 2 is power. */
  power: z.union([z.literal(1), z.literal(2)]),
  /** Frames per window; a window lasts windowFrames * hop / sampleRate seconds. */
  windowFrames: z.number().int().min(8).max(10_000),
};

const one = z.object({ add: z.number(), divide: z.number().positive() });
const each = z.strictObject({ add: z.array(z.number()), divide: z.array(z.number().positive()) });

/** Samples of a window; two minutes at most, which bounds the memory that windows take. */
const windowSamples = z
  .number()
  .int()
  .min(1024)
  .max(120 * 48_000);

/** Windows of a log-mel spectrogram. One front end serves all of these; the fields are its parameters. */
export const melInputSchema = z.strictObject({
  kind: z.literal('mel'),
  ...common,
  ...spectrum,
  /** Axis order: batch, channel, time, mel (`NCTM`) or batch, channel, mel, time (`NCMT`). */
  layout: z.enum(['NCTM', 'NCMT']),
  /** `log10(1 + 10000 x)`, `ln(x + 1e-5)`, or nothing. */
  compression: z.enum(['log10-1-10000', 'ln-1e-5', 'none']),
  /** After the compression: (value + add) / divide. Nothing where absent. */
  normalisation: one.optional(),
});
export type MelInput = z.infer<typeof melInputSchema>;

/** Windows of plain samples, -1..1. */
export const waveformInputSchema = z.strictObject({
  kind: z.literal('waveform'),
  ...common,
  /** [N, T], [N, 1, T] or [N, T, 1]. */
  layout: z.enum(['NT', 'NCT', 'NTC']),
  windowSamples,
  /** (sample + add) / divide. Nothing where absent. */
  normalisation: one.strict().optional(),
});
export type WaveformInput = z.infer<typeof waveformInputSchema>;

/** A picture of each window of a mel spectrogram, in decibels against the strongest value of the window. */
export const imageInputSchema = z.strictObject({
  kind: z.literal('image'),
  ...common,
  ...spectrum,
  /** [N, channels, height, width] or [N, height, width, channels]; height is mel bands, width is time. */
  layout: z.enum(['NCHW', 'NHWC']),
  /** D = max(factor log10(S) - the window's largest, -range); level = (D + range) / range, 0..1. Silence has level 0. */
  decibels: z.strictObject({ factor: z.union([z.literal(10), z.literal(20)]), range: z.number().positive().max(200) }),
  /** Levels as an 8-bit picture has them: min(255, floor(256 level)) / 255. Not quantised where absent. */
  levels: z.literal(256).optional(),
  /** Column c shows frame floor(windowFrames / span * (c + offset)), held within the window. Every frame is a column where absent. */
  columns: z
    .strictObject({
      count: z.number().int().min(1).max(4096),
      offset: z.number(),
      span: z.number().positive(),
    })
    .optional(),
  /** Whether row 0 is the lowest or the highest band. */
  rows: z.enum(['low-first', 'high-first']),
  /** Resized bilinearly: half-pixel centres, edges held, no antialiasing. */
  size: z
    .strictObject({ height: z.number().int().min(1).max(2048), width: z.number().int().min(1).max(2048) })
    .optional(),
  /** `grey`: one channel. `magma`: matplotlib's colours of min(255, floor(256 level)), as 8-bit RGB / 255. `repeat`: grey three times. */
  colours: z.enum(['grey', 'magma', 'repeat']),
  /** A number a channel: (value + add) / divide, of values 0..1. Nothing where absent. */
  normalisation: each.optional(),
});
export type ImageInput = z.infer<typeof imageInputSchema>;

/** A row of statistics of each window. */
export const featuresInputSchema = z.strictObject({
  kind: z.literal('features'),
  ...common,
  /** [N, columns]. */
  layout: z.literal('NF'),
  windowSamples,
  /** Samples of the transform, a power of two. */
  nFft: z.number().int().min(128).max(8192),
  hop: z.number().int().min(32).max(8192),
  /** Names of the statistics in the model's order, such as `mfcc1_mean`. */
  columns: z.array(z.string()).min(1).max(1024),
  /** A number a column: (value + add) / divide. Nothing where absent. */
  normalisation: each.optional(),
});
export type FeaturesInput = z.infer<typeof featuresInputSchema>;

export const modelInputSchema = z.discriminatedUnion('kind', [
  melInputSchema,
  waveformInputSchema,
  imageInputSchema,
  featuresInputSchema,
]);
export type ModelInput = z.infer<typeof modelInputSchema>;

export const INPUT_KINDS = ['mel', 'waveform', 'image', 'features'] as const;

/** What is told of a model's input. */
export const inputInfoSchema = z.object({
  kind: z.enum(INPUT_KINDS),
  /** Seconds of audio in a window. */
  windowSec: z.number(),
});
export type InputInfo = z.infer<typeof inputInfoSchema>;
