import type { FullAnalysis } from '#shared/contract/schemas';
import type { Store } from '../store';
import type { RefineQueue, Sight } from './refine-queue';

/** Whether the full analysis of what was heard quickly is wanted, and how far it is. */
export interface Refinement {
  /**
   * Wanted from now on, also after a kill or a restart, until it is done or given up.
   *
   * @param under where tracks are also to be heard quickly that a quick pass did not come to
   */
  want(under: readonly string[]): void;
  /** The quick pass has come to its end. */
  quickPassDone(): void;
  /** Done, or given up by the user. */
  drop(): void;
  /** Where the quick pass is to go on; null if nothing is wanted, or only of another model than the one whose results are shown. */
  wanted(): { readonly under: readonly string[] } | null;
  lookAt(sight: Sight): void;
  readonly sight: () => Sight;
  /** The queue that the job at work takes its tracks from; null when it has ended. */
  setQueue(queue: RefineQueue | null): void;
  begin(id: number): void;
  /** The track was heard in full, or can't be. */
  end(id: number): void;
  /** False once it came to its end since the refinement became wanted: what failed is not tried again after each pause. */
  readonly isUntried: (id: number) => boolean;
  /** Of a track that was heard quickly. @param failed the last attempt to hear it in full failed */
  stateOf(id: number, failed: boolean): FullAnalysis;
}

const KEY = 'refining';

interface Wanted {
  readonly model: string;
  readonly under: readonly string[];
}

export function createRefinement(store: Pick<Store, 'settings' | 'active'>): Refinement {
  const tried = new Set<number>();
  const underWay = new Set<number>();
  let sight: Sight = { trackIds: [], openId: null };
  let queue: RefineQueue | null = null;

  function wanted(): Wanted | null {
    const stored = store.settings.get(KEY);
    const found = stored ? (JSON.parse(stored) as Wanted) : null;
    return found?.model === store.active().model ? found : null;
  }

  const keep = (under: readonly string[]): void => {
    store.settings.set(KEY, JSON.stringify({ model: store.active().model, under } satisfies Wanted));
  };

  return {
    want: (under) => {
      tried.clear();
      keep([...new Set([...(wanted()?.under ?? []), ...under])]);
    },
    quickPassDone: () => {
      if (wanted()) keep([]);
    },
    drop: () => {
      store.settings.set(KEY, '');
    },
    wanted,
    lookAt: (next) => {
      sight = next;
    },
    sight: () => sight,
    setQueue: (next) => {
      queue = next;
      underWay.clear();
    },
    begin: (id) => {
      underWay.add(id);
    },
    end: (id) => {
      tried.add(id);
      underWay.delete(id);
    },
    isUntried: (id) => !tried.has(id),
    stateOf: (id, failed) => {
      if (underWay.has(id)) return 'running';
      if (queue?.has(id)) return 'waiting';
      if (failed) return 'failed';
      return wanted() ? 'waiting' : 'stopped';
    },
  };
}
