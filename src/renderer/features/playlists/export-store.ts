import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { USUAL_EXPORT, type ExportDraft } from './export-draft';

interface ExportState {
  /** How the last export was chosen; the next one begins with it. */
  readonly draft: ExportDraft;
  /** The playlist that is to be exported; null: none is. */
  readonly playlist: { readonly id: number; readonly name: string } | null;
  readonly open: (playlist: { readonly id: number; readonly name: string }) => void;
  readonly close: () => void;
  readonly change: (patch: Partial<ExportDraft>) => void;
}

export const useExportStore = create<ExportState>()(
  persist(
    (set, get) => ({
      draft: USUAL_EXPORT,
      playlist: null,
      open: (playlist) => {
        set({ playlist, draft: { ...get().draft, which: 'this', synced: false } });
      },
      close: () => {
        set({ playlist: null });
      },
      change: (patch) => {
        set({ draft: { ...get().draft, ...patch } });
      },
    }),
    { name: 'genregram-playlist-export', version: 1, partialize: ({ draft }) => ({ draft }) },
  ),
);
