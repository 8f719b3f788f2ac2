import { useMemo } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { strings } from '../../strings';
import { useToasts } from '../../ui/use-toasts';
import { focusTable } from '../library/focus-table';
import { useLibraryStore } from '../library/library-store';
import { emptySelection, nextAfter, selectOne } from '../library/selection';
import type { Library } from '../library/use-library';
import { cachedRows } from '../library/use-rows';
import { isAcceptable, type RestoreCall } from './decision-rules';
import { useReview, useReviewStore } from './use-review';

export interface ReviewActions {
  readonly accept: () => Promise<void>;
  readonly skip: () => Promise<void>;
  readonly notMusic: () => Promise<void>;
  readonly clear: () => Promise<void>;
  readonly change: (genres: string[], moods: string[]) => Promise<void>;
  /** As `change`, for values that were accepted before. */
  readonly keep: (genres: string[], moods: string[]) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly edit: () => void;
}

/** Deciding about whatever is selected, and moving on to the next track. */
export function useReviewActions(library: Library): ReviewActions {
  const review = useReview();
  const queryClient = useQueryClient();
  const { loaded } = library;
  return useMemo(() => {
    const decide = async (
      action: RestoreCall['action'],
      said: (count: number) => string,
      values: { genres?: string[]; moods?: string[] } = {},
    ): Promise<void> => {
      const { selection, setSelection } = useLibraryStore.getState();
      const trackIds = [...selection.ids];
      if (trackIds.length === 0) return;
      const next = action === 'clear' ? null : nextAfter(selection, loaded);
      if (!(await review.decide({ trackIds, action, ...values }))) return;
      if (useReviewStore.getState().editing) {
        useReviewStore.getState().setEditing(false);
        focusTable();
      }
      if (next && useLibraryStore.getState().selection === selection) setSelection(selectOne(next.id, next.index));
      if (trackIds.length > 1 || action === 'clear')
        useToasts.getState().show({ level: 'info', message: `${said(trackIds.length)}.` });
    };

    return {
      accept: async () => {
        const { selection } = useLibraryStore.getState();
        const rows = [...cachedRows(queryClient, selection.ids).values()];
        if (rows.length === selection.ids.size && rows.length > 0 && !rows.some(isAcceptable)) {
          useToasts.getState().show({ level: 'info', message: strings.review.nothingToAccept });
          return;
        }
        await decide('accept', strings.review.accepted);
      },
      skip: () => decide('skip', strings.review.skipped),
      notMusic: () => decide('not-music', strings.review.calledNotMusic),
      clear: () => decide('clear', strings.review.cleared),
      change: (genres, moods) => decide('change', strings.review.changed, { genres, moods }),
      keep: (genres, moods) => decide('change', strings.quickly.kept, { genres, moods }),
      undo: async () => {
        const before = await review.undoLast();
        const ids = [...(before?.keys() ?? [])];
        const [first] = ids;
        if (first === undefined) return;
        const { setSelection, selection } = useLibraryStore.getState();
        const index = [...loaded].find(([, row]) => row.id === first)?.[0] ?? selection.cursorIndex;
        setSelection({ ...emptySelection, ...selectOne(first, index), ids: new Set(ids) });
      },
      edit: () => {
        if (useLibraryStore.getState().selection.ids.size > 0) useReviewStore.getState().setEditing(true);
      },
    };
  }, [review, queryClient, loaded]);
}
