import type { ComparedHearing } from '#shared/contract/model-comparison';
import type { Failure } from '#shared/domain/failure';

/** What hearing a track with a model came to. */
export type Kept = { readonly heard: ComparedHearing } | { readonly failure: Failure };

export interface KeptHearings {
  find(key: string): Kept | undefined;
  keep(key: string, kept: Kept): void;
}

/** Some 20 kB each where a track has 100 windows. */
const MOST = 2000;

/** What was heard for comparisons, in memory: the latest of it, by content, model and windows. Nothing of it is ever stored. */
export function createKeptHearings(most = MOST): KeptHearings {
  const kept = new Map<string, Kept>();
  return {
    find: (key) => kept.get(key),
    keep(key, value) {
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
  };
}
