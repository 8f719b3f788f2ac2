import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Decision } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { showError, useToasts } from '../../ui/use-toasts';
import { patchCachedRows } from '../library/use-rows';
import { restoreCalls, stateAfter, type RestoreCall } from './decision-rules';

interface ReviewState {
  /** True while the change form is open. */
  readonly editing: boolean;
  /** Decisions before each step taken in this session, newest last. */
  readonly steps: readonly ReadonlyMap<number, Decision | null>[];
  readonly setEditing: (editing: boolean) => void;
}

/** More than anyone takes back one by one. */
const MOST_STEPS = 5000;

export const useReviewStore = create<ReviewState>((set) => ({
  editing: false,
  steps: [],
  setEditing: (editing) => {
    set({ editing });
  },
}));

export interface Review {
  /** Decides about tracks. False if it could not be done; the user has been told then, or `onFailure` was. */
  readonly decide: (call: RestoreCall, onFailure?: (error: unknown) => void) => Promise<boolean>;
  /** Takes the last step back; the decisions that its tracks have again, or null if there was none. */
  readonly undoLast: () => Promise<ReadonlyMap<number, Decision | null> | null>;
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

    /** The decisions that tracks have now, for the way back. */
    async function decisionsOf(trackIds: readonly number[]): Promise<ReadonlyMap<number, Decision | null>> {
      const found = await connection.call('decisions.get', { trackIds: [...trackIds] });
      return new Map(found.map(({ trackId, decision }) => [trackId, decision]));
    }

    return {
      decide: inTurn(async (call, onFailure = showError) => {
        let before: ReadonlyMap<number, Decision | null>;
        try {
          before = await decisionsOf(call.trackIds);
          await send(call);
        } catch (error) {
          onFailure(error);
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
        return before;
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
  const names = ['summary', 'tracks', 'detail', 'review-context', 'review-mates', 'vocabulary', 'plan'];
  void queryClient.invalidateQueries({ predicate: (query) => names.includes(String(query.queryKey[0])) });
}
