/** Ways to lay points out by who is near whom, which takes its time. */
export type NearKind = 'umap' | 'tsne';

/** What the window and the worker that lays the map out tell each other. */
export type ToWorker =
  | {
      /** More points; see `embeddingsSchema`. */
      readonly kind: 'add';
      readonly vectors: string;
      readonly dimensions: number;
    }
  | { readonly kind: 'pca' }
  | { readonly kind: NearKind };

export type FromWorker =
  /** [points, 2]; `explained`: share of the variance along each side. */
  | { readonly kind: 'pca'; readonly places: Float32Array; readonly explained: readonly number[] }
  | { readonly kind: 'progress'; readonly share: number }
  /** [chosen, 2], of those of the points whose numbers are in `chosen`. */
  | { readonly kind: 'near'; readonly places: Float32Array; readonly chosen: Uint32Array }
  | { readonly kind: 'failed'; readonly message: string };
