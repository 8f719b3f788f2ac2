import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface SpectrogramState {
  readonly shown: boolean;
  readonly toggle: () => void;
}

/** Whether spectrograms are wanted; kept. */
export const useSpectrogramStore = create<SpectrogramState>()(
  persist(
    (set) => ({
      shown: false,
      toggle: () => {
        set(({ shown }) => ({ shown: !shown }));
      },
    }),
    { name: 'genregram-spectrogram', partialize: ({ shown }) => ({ shown }) },
  ),
);
