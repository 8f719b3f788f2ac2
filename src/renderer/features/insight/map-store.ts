import { create } from 'zustand';
import type { Embeddings } from '#shared/contract/insight';
import type { Connection } from '../../api/connection';
import type { FromWorker, ToWorker } from './map-messages';

/** Tracks asked for at a time. */
const AT_ONCE = 2000;

/** A way to lay points out: place i is that of the track `ids[i]`, x and y in turn. */
export interface Layout {
  readonly ids: readonly number[];
  readonly genres: readonly (string | null)[];
  readonly places: Float32Array;
}

export type MapKind = 'pca' | 'umap';

interface MapState {
  readonly state: 'none' | 'loading' | 'ready' | 'failed';
  readonly failure: string | null;
  /** Tracks read so far. */
  readonly read: number;
  readonly kind: MapKind;
  readonly pca: Layout | null;
  readonly umap: Layout | null;
  /** 0..1 while UMAP is under way, else null. */
  readonly umapProgress: number | null;
  readonly explained: readonly number[];
  /** Reads all embeddings and lays them out anew. */
  readonly load: (connection: Connection) => Promise<void>;
  readonly show: (kind: MapKind) => void;
  /** Ends UMAP before its time. */
  readonly cancelUmap: () => void;
}

const NOTHING = { pca: null, umap: null, umapProgress: null, failure: null, read: 0, explained: [] } as const;

let worker: Worker | null = null;
/** What the worker was given, for a new one after a cancelled UMAP. */
let given: ToWorker[] = [];

export const useMapStore = create<MapState>()((set, get) => {
  let ids: number[] = [];
  let genres: (string | null)[] = [];

  const startWorker = (): Worker => {
    worker?.terminate();
    worker = new Worker(new URL('./map-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      take(data);
    };
    worker.onerror = (event) => {
      take({ kind: 'failed', message: event.message });
    };
    for (const message of given) worker.postMessage(message);
    return worker;
  };

  const take = (message: FromWorker): void => {
    switch (message.kind) {
      case 'pca':
        set({ state: 'ready', pca: { ids, genres, places: message.places }, explained: message.explained });
        return;
      case 'progress':
        set({ umapProgress: message.share });
        return;
      case 'umap': {
        const chosen = Array.from(message.chosen);
        const layout = {
          ids: chosen.map((i) => ids[i]!),
          genres: chosen.map((i) => genres[i] ?? null),
          places: message.places,
        };
        set({ umap: layout, umapProgress: null });
        return;
      }
      case 'failed':
        set({ state: get().pca ? 'ready' : 'failed', kind: 'pca', failure: message.message, umapProgress: null });
        return;
    }
  };

  return {
    state: 'none',
    kind: 'pca',
    ...NOTHING,
    load: async (connection) => {
      if (get().state === 'loading') return;
      set({ state: 'loading', kind: 'pca', ...NOTHING });
      ids = [];
      genres = [];
      given = [];
      const busy = startWorker();
      try {
        for (let after: number | null = 0; after !== null;) {
          const part: Embeddings = await connection.call('insight.embeddings', { after, limit: AT_ONCE });
          ids.push(...part.ids);
          genres.push(...part.genres);
          if (part.ids.length > 0) {
            const message = { kind: 'add', vectors: part.vectors, dimensions: part.dimensions } as const;
            given.push(message);
            busy.postMessage(message);
          }
          set({ read: ids.length });
          after = part.next;
        }
        if (ids.length === 0) set({ state: 'ready', pca: { ids, genres, places: new Float32Array() } });
        else busy.postMessage({ kind: 'pca' } satisfies ToWorker);
      } catch (error) {
        set({ state: 'failed', failure: error instanceof Error ? error.message : String(error) });
      }
    },
    show: (kind) => {
      set({ kind });
      if (kind === 'umap' && !get().umap && get().umapProgress === null) {
        set({ umapProgress: 0, failure: null });
        worker?.postMessage({ kind: 'umap' } satisfies ToWorker);
      }
    },
    cancelUmap: () => {
      startWorker();
      set({ kind: 'pca', umapProgress: null });
    },
  };
});
