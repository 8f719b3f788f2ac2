/** How listening uses the machine: the user's settings, kept in the library. None of them changes what is heard in a whole track. */
export interface ListeningSettings {
  /** How much of the machine's cores decoding and inference may take. */
  readonly share: Share;
  /** Do jobs that listen wait while the machine runs on its battery? */
  readonly pauseOnBattery: boolean;
  /** Does listening step back while the window is in front? */
  readonly yieldToWindow: boolean;
  /** The ffmpeg command to decode with; null: the one that is found. */
  readonly ffmpegPath: string | null;
  /** `auto`, or the onnxruntime provider that must work. */
  readonly provider: string;
  /** Is each track heard quickly first, in a few windows, and as a whole later? */
  readonly quickFirst: boolean;
  /** Files that play longer, in minutes, are left out; null: none is. */
  readonly maxFileMinutes: number | null;
  /** A file that takes longer to decode, in minutes, is given up. */
  readonly timeoutMinutes: number;
}

export type Share = (typeof SHARES)[number];
export const SHARES = ['low', 'half', 'most', 'all'] as const;

/** What of the settings the analysis process is told. */
export type ListeningOptions = Pick<ListeningSettings, 'share' | 'ffmpegPath' | 'maxFileMinutes' | 'timeoutMinutes'>;

export const DEFAULT_LISTENING: ListeningSettings = {
  share: 'most',
  pauseOnBattery: false,
  yieldToWindow: true,
  ffmpegPath: null,
  provider: 'auto',
  quickFirst: false,
  maxFileMinutes: null,
  timeoutMinutes: 30,
};
