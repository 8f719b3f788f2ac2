import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Decision } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { showError, useToasts } from '../../ui/use-toasts';
import { useLibraryStore } from '../library/library-store';
import { cachedRows, patchCachedRows } from '../library/use-rows';
import { restoreCalls, stateAfter, type RestoreCall } from './decision-rules';

interface ReviewState {
  /** True while the change form is open. */
  readonly editing: boolean;
  /** Decisions before each step taken in this session, newest last. */
  readonly steps: readonly ReadonlyMap<number, Decision | null>[];
  readonly setEditing: (editing: boolean) => void;
}

/** Rows the backend gives at once. */
const MOST_ROWS = 1000;
/** More than anyone takes back one by one. */
const MOST_STEPS = 200;

export const useReviewStore = create<ReviewState>((set) => ({
  editing: false,
  steps: [],
  setEditing: (editing) => {
    set({ editing });
  },
}));

export interface Review {
  /** Decides about tracks. False if it could not be done; the user has been told then. */
  readonly decide: (call: RestoreCall) => Promise<boolean>;
  /** Takes the last step back; the ids it was about, or null if there was none. */
  readonly undoLast: () => Promise<readonly number[] | null>;
}

/** Decisions, shown at once and then confirmed by the backend. */
export function useReview(): Review {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return useMemo(() => {
    async function send(call: RestoreCall): Promise<void> {
      const ids = new Set(call.trackIds);
      patchCachedRows(queryClient, (row) =>
        ids.has(row.id) && call.action !== 'accept' ? { ...row, state: stateAfter(row, call.action) } : row,
      );
      const decided = await connection.call('decisions.set', { ...call, trackIds: [...call.trackIds] });
      const decisions = new Map(decided.map(({ trackId, decision }) => [trackId, decision]));
      patchCachedRows(queryClient, (row) => {
        const decision = decisions.get(row.id);
        if (decision === undefined) return row;
        return { ...row, lookAgain: false, decision, state: stateAfter(row, decision?.action ?? 'clear') };
      });
      refreshAfterDecision(queryClient);
    }

    /** The decisions that tracks have now, for the way back; those of rows not loaded are asked for. */
    async function decisionsOf(trackIds: readonly number[]): Promise<ReadonlyMap<number, Decision | null>> {
      const rows = cachedRows(queryClient, new Set(trackIds));
      const before = new Map<number, Decision | null>([...rows].map(([id, row]) => [id, row.decision]));
      const { quick, rootId, sort } = useLibraryStore.getState();
      const queries = [{ quick, rootId, sort }, {}];
      for (const query of queries)
        for (let offset = 0, total = 1; offset < total && trackIds.some((id) => !before.has(id)); offset += MOST_ROWS) {
          const page = await connection.call('tracks.query', { ...query, offset, limit: MOST_ROWS });
          total = page.total;
          for (const row of page.rows) before.set(row.id, row.decision);
        }
      return new Map(trackIds.map((id) => [id, before.get(id) ?? null]));
    }

    return {
      decide: inTurn(async (call) => {
        let before: ReadonlyMap<number, Decision | null>;
        try {
          before = await decisionsOf(call.trackIds);
          await send(call);
        } catch (error) {
          showError(error);
          void queryClient.invalidateQueries({ queryKey: ['tracks'] });
          return false;
        }
        useReviewStore.setState(({ steps }) => ({ steps: [...steps, before].slice(-MOST_STEPS) }));
        return true;
      }),
      undoLast: inTurn(async () => {
        const { steps } = useReviewStore.getState();
        const before = steps.at(-1);
        if (!before) {
          useToasts.getState().show({ level: 'info', message: strings.review.nothingToUndo });
          return null;
        }
        try {
          for (const call of restoreCalls(before)) await send(call);
        } catch (error) {
          showError(error);
          return null;
        }
        useReviewStore.setState({ steps: steps.slice(0, -1) });
        return [...before.keys()];
      }),
    };
  }, [connection, queryClient]);
}

let last: Promise<unknown> = Promise.resolve();

/** One after another: an undo pressed while a decision is on its way is about that decision. */
function inTurn<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return (...args) => {
    const run = last.then(() => work(...args));
    last = run.catch(() => undefined);
    return run;
  };
}

function refreshAfterDecision(queryClient: ReturnType<typeof useQueryClient>): void {
  const names = ['summary', 'tracks', 'detail', 'plan'];
  void queryClient.invalidateQueries({ predicate: (query) => names.includes(String(query.queryKey[0])) });
}
