import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Passage } from './passages';

/** What is said of the track that is heard. */
export interface HeardTrack {
  readonly id: number;
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly durationSec: number | null;
}

export type Phase = 'idle' | 'loading' | 'playing' | 'paused' | 'failed';

export interface PlayerState {
  readonly track: HeardTrack | null;
  readonly phase: Phase;
  /** Why it can't be heard. */
  readonly failure: string | null;
  /** Seconds. */
  readonly position: number;
  /** Of the audio itself once that is known, else of what the library knows. */
  readonly durationSec: number | null;
  /** Null where the track is played as a whole. */
  readonly passage: Passage | null;
  /** The track that the view has under its cursor. */
  readonly atHand: number | null;
  /** 0..1, as the slider shows it. */
  readonly volume: number;
  readonly muted: boolean;
}

/** What is heard now; only the `Player` changes it (and views, what is at hand). How loud it is outlasts the window. */
export const usePlayerStore = create<PlayerState>()(
  persist<PlayerState, [], [], Pick<PlayerState, 'volume' | 'muted'>>(
    () => ({
      track: null,
      phase: 'idle',
      failure: null,
      position: 0,
      durationSec: null,
      passage: null,
      atHand: null,
      volume: 0.8,
      muted: false,
    }),
    { name: 'genregram-player', partialize: ({ volume, muted }) => ({ volume, muted }) },
  ),
);

/** The passage that is heard of a track, null if it is another track or none is. */
export const usePassageOf = (trackId: number): Passage | null =>
  usePlayerStore((state) => (state.track?.id === trackId ? state.passage : null));
