import { z } from 'zod';

/**
 * How the window gets a track's audio: by the track's id under a path of its own, `/audio/12`, or `/audio/12.wav` for the same decoded.
 * A browser asks the server that the page came from, Electron's window a scheme that gives nothing else.
 */
export const AUDIO_SCHEME = 'track';
export const AUDIO_ORIGIN = `${AUDIO_SCHEME}://library`;
export const AUDIO_PATH = '/audio/';

/** Ids from here on are those of the tracks of an evaluation, which the library doesn't know. */
export const EVALUATED_FROM = 10 ** 14;

/** As it lies in the file, or decoded by us for a window that can't. */
export interface AudioSelection {
  readonly trackId: number;
  readonly decoded: boolean;
}

export const audioPath = ({ trackId, decoded }: AudioSelection): string =>
  `${AUDIO_PATH}${trackId}${decoded ? '.wav' : ''}`;

/** What a path asks for, null if it is none of ours. Nothing but digits is taken, so nothing has to be decoded. */
export function readAudioPath(path: string): AudioSelection | null {
  const match = /^\/audio\/(\d{1,15})(\.wav)?$/.exec(path);
  return match ? { trackId: Number(match[1]), decoded: match[2] !== undefined } : null;
}

/** Parts of a track of which it is told how loud they are. */
export const PEAK_PARTS = 400;

export const audioPeaksSchema = {
  input: z.object({
    trackId: z.number().int().min(0),
    /** Whose request it is: its next one ends this, and nobody else's. */
    window: z.string().max(100).default(''),
  }),
  /** The largest sample of each of equal parts of the track, 0..255 for 0..1. */
  output: z.object({ peaks: z.array(z.number().int().min(0).max(255)).max(PEAK_PARTS) }),
};

/** A track's spectrogram has at most so many columns, each of so many bands of equal width in mel, from 0 Hz on. */
export const SPECTROGRAM_COLUMNS = 2000;
export const SPECTROGRAM_BANDS = 64;
export const SPECTROGRAM_TOP_HZ = 8000;

export const audioSpectrogramSchema = {
  input: audioPeaksSchema.input,
  output: z.object({
    columns: z.number().int().min(1).max(SPECTROGRAM_COLUMNS),
    /** Base64 of bytes, row-major [columns, bands], the lowest band first: 0 for silence, 255 for the strongest of the track. */
    image: z.base64().max(4 * Math.ceil((SPECTROGRAM_COLUMNS * SPECTROGRAM_BANDS) / 3)),
  }),
};

export const audioPrepareSchema = {
  input: z.object({ trackId: z.number().int().min(0), decoded: z.boolean().default(false) }),
  output: z.object({
    /** To be put behind the origin that audio comes from. */
    path: z.string(),
    /** Media type, by the file's content. */
    type: z.string(),
    /** True where it comes decoded, asked for or not. */
    decoded: z.boolean(),
  }),
};
