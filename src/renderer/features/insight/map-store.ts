import { create } from 'zustand';
import type { Connection } from '../../api/connection';
import type { FromWorker, NearKind, ToWorker } from './map-messages';

/** A way to lay points out: place i is that of the track `ids[i]`, x and y in turn. */
export interface Layout {
  readonly ids: readonly number[];
  readonly genres: readonly (string | null)[];
  readonly places: Float32Array;
}

export type MapKind = 'pca' | 'near';

/** Some tracks with what a map is drawn from; see `embeddingsSchema`. */
export interface MapPart {
  readonly ids: readonly number[];
  readonly genres: readonly (string | null)[];
  readonly dimensions: number;
  readonly vectors: string;
}

export interface MapState {
  readonly state: 'none' | 'loading' | 'ready' | 'failed';
  readonly failure: string | null;
  /** Tracks read so far. */
  readonly read: number;
  readonly kind: MapKind;
  readonly pca: Layout | null;
  /** By who is near whom: UMAP or t-SNE. */
  readonly near: Layout | null;
  /** 0..1 while that is under way, else null. */
  readonly nearProgress: number | null;
  readonly explained: readonly number[];
  /** Reads all embeddings and lays them out anew. */
  readonly load: (connection: Connection) => Promise<void>;
  readonly show: (kind: MapKind) => void;
  /** Ends the layout by neighbours before its time. */
  readonly cancelNear: () => void;
}

const NOTHING = { pca: null, near: null, nearProgress: null, failure: null, read: 0, explained: [] } as const;

/**
 * A map and the worker that lays it out.
 *
 * @param by how neighbours are laid out
 * @param read gives all tracks of the map, part by part
 */
export function createMapStore(by: NearKind, read: (connection: Connection) => AsyncIterable<MapPart>) {
  let worker: Worker | null = null;
  /** What the worker was given, for a new one after a layout was cancelled. */
  let given: ToWorker[] = [];

  return create<MapState>()((set, get) => {
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
          set({ nearProgress: message.share });
          return;
        case 'near': {
          const chosen = Array.from(message.chosen);
          const layout = {
            ids: chosen.map((i) => ids[i]!),
            genres: chosen.map((i) => genres[i] ?? null),
            places: message.places,
          };
          set({ near: layout, nearProgress: null });
          return;
        }
        case 'failed':
          set({ state: get().pca ? 'ready' : 'failed', kind: 'pca', failure: message.message, nearProgress: null });
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
          for await (const part of read(connection)) {
            ids.push(...part.ids);
            genres.push(...part.genres);
            if (part.ids.length > 0) {
              const message = { kind: 'add', vectors: part.vectors, dimensions: part.dimensions } as const;
              given.push(message);
              busy.postMessage(message);
            }
            set({ read: ids.length });
          }
          if (ids.length === 0) set({ state: 'ready', pca: { ids, genres, places: new Float32Array() } });
          else busy.postMessage({ kind: 'pca' } satisfies ToWorker);
        } catch (error) {
          set({ state: 'failed', failure: error instanceof Error ? error.message : String(error) });
        }
      },
      show: (kind) => {
        set({ kind });
        if (kind === 'near' && !get().near && get().nearProgress === null) {
          set({ nearProgress: 0, failure: null });
          worker?.postMessage({ kind: by } satisfies ToWorker);
        }
      },
      cancelNear: () => {
        startWorker();
        set({ kind: 'pca', nearProgress: null });
      },
    };
  });
}

/** Tracks asked for at a time. */
const AT_ONCE = 2000;

async function* libraryParts(connection: Connection): AsyncGenerator<MapPart> {
  for (let after: number | null = 0; after !== null;) {
    const part: MapPart & { readonly next: number | null } = await connection.call('insight.embeddings', {
      after,
      limit: AT_ONCE,
    });
    yield part;
    after = part.next;
  }
}

/** The map of the library. */
export const useMapStore = createMapStore('umap', libraryParts);
