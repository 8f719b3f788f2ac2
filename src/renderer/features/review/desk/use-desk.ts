import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { QueueOrder } from '#shared/contract/review';
import type { Connection } from '../../../api/connection';
import { useConnection } from '../../../api/connection-context';
import { keys } from '../../../api/queries';
import { strings } from '../../../strings';
import { useToasts } from '../../../ui/use-toasts';
import type { RestoreCall } from '../decision-rules';
import { contextOptions, similarOptions } from '../share/share-queries';
import { useReview } from '../use-review';
import { useDeskStore } from './desk-store';
import { begin, decided, refreshed, stepped, trackAt, upcoming, failed, undone, type Walk } from './walk';

/** While tracks stream in, the queue is asked for again this often. */
const REFRESH_EVERY_MS = 3_000;
/** So many tracks are fetched before they are shown. */
const AHEAD = 3;

const queueKey = (order: QueueOrder) => ['queue', order] as const;

/** Keeps the walk in step with the backend's queue, and fetches ahead. True until the first queue is there. */
export function useQueue(): { pending: boolean; error: Error | null } {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const order = useDeskStore((state) => state.order);
  const walk = useDeskStore((state) => state.walk);
  const ready = useDeskStore((state) => state.ready);
  const { data, error } = useQuery({
    queryKey: queueKey(order),
    queryFn: () => connection.call('review.queue', { order }),
    refetchOnMount: 'always',
    gcTime: 0,
  });

  useEffect(() => {
    if (!data) return;
    const { ready: begun, walk: before, place, log, setWalk, startedAt } = useDeskStore.getState();
    // What was decided while the queue was on its way.
    const done = new Set(log.flatMap(({ trackIds }) => trackIds));
    const queue = data.ids.filter((id) => !done.has(id));
    setWalk(begun ? refreshed(before, queue) : begin(queue, place));
    if (startedAt === 0) useDeskStore.setState({ startedAt: Date.now() });
  }, [data]);

  // Tracks were heard, came or went. Decisions name their tracks, and the walk knows of them.
  useEffect(() => {
    const refresh = (): void => void queryClient.invalidateQueries({ queryKey: ['queue'] });
    let due: ReturnType<typeof setTimeout> | undefined;
    const ends = [
      connection.on('library.changed', ({ trackIds }) => {
        // Comparing all tracks anew is for the end of a job.
        if (trackIds || useDeskStore.getState().order === 'settles') return;
        due ??= setTimeout(() => {
          due = undefined;
          refresh();
        }, REFRESH_EVERY_MS);
      }),
      connection.on('job.progress', ({ finishedAt }) => {
        if (finishedAt !== null) refresh();
      }),
    ];
    return () => {
      clearTimeout(due);
      for (const end of ends) end();
    };
  }, [connection, queryClient]);

  useEffect(() => {
    for (const id of upcoming(walk, AHEAD)) fetchAhead(connection, queryClient, id);
  }, [connection, queryClient, walk]);

  return { pending: !ready && !error, error };
}

/** What is known of a track before it is at hand. */
export function fetchAhead(connection: Connection, queryClient: QueryClient, id: number): void {
  void queryClient.prefetchQuery({
    queryKey: keys.detail(id),
    queryFn: () => connection.call('tracks.detail', { id }),
  });
  void queryClient.prefetchQuery(contextOptions(connection, id));
  void queryClient.prefetchQuery(similarOptions(connection, id));
}

export interface Desk {
  /** Decides at once for the eye; what the backend refuses comes back, with the way to try again. `words` say what was decided. */
  readonly decide: (call: RestoreCall, words: string) => void;
  readonly undo: () => Promise<void>;
  /** Takes the decisions about tracks back, whenever they were made. */
  readonly clear: (trackIds: readonly number[]) => void;
  /** Back or forth, past the tracks named: those that are shown with the one at hand. */
  readonly step: (delta: 1 | -1, past?: ReadonlySet<number>) => void;
}

export function useDesk(): Desk {
  const review = useReview();
  return useMemo(() => {
    const move = (change: (walk: Walk) => Walk): void => {
      const { ready, walk, setWalk } = useDeskStore.getState();
      if (ready) setWalk(change(walk));
    };
    const decide: Desk['decide'] = (call, words) => {
      const { trackIds } = call;
      const entry = { at: Date.now(), trackIds, words };
      move((walk) => decided(walk, trackIds));
      useDeskStore.setState(({ log }) => ({ log: [...log, entry] }));
      focusDesk();
      void review.decide(call, (error) => {
        useDeskStore.setState(({ log }) => ({ log: log.filter((each) => each !== entry) }));
        move((walk) => failed(walk, trackIds));
        useToasts.getState().show({
          level: 'error',
          message: strings.desk.failed(words, error instanceof Error ? error.message : String(error)),
          stays: true,
          action: {
            label: strings.desk.tryAgain,
            run: () => {
              decide(call, words);
            },
          },
        });
      });
    };
    return {
      decide,
      undo: async () => {
        const before = await review.undoLast();
        if (!before) return;
        useDeskStore.setState(({ log }) => ({ log: withoutLast(log, before) }));
        move((walk) => undone(walk, new Map([...before].map(([id, decision]) => [id, decision === null]))));
        focusDesk();
      },
      clear: (trackIds) => {
        void review.decide({ trackIds, action: 'clear' }).then((done) => {
          if (done) move((walk) => undone(walk, new Map(trackIds.map((id) => [id, true]))));
        });
      },
      step: (delta, past) => {
        move((walk) => stepped(walk, delta, past));
        focusDesk();
      },
    };
  }, [review]);
}

/** The log without the last entry about these tracks. */
function withoutLast<E extends { readonly trackIds: readonly number[] }>(
  log: readonly E[],
  ids: ReadonlyMap<number, unknown>,
): E[] {
  const index = log.findLastIndex(({ trackIds }) => trackIds.some((id) => ids.has(id)));
  return log.filter((_, i) => i !== index);
}

export const DESK_ID = 'review-desk';

/** Keys mean the desk again, not the button that was pressed last. */
export function focusDesk(): void {
  document.getElementById(DESK_ID)?.focus({ preventScroll: true });
}

/** The track at hand. */
export const useTrackAt = (): number | null => useDeskStore((state) => trackAt(state.walk));
