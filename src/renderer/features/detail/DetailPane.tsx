import { ListMusic } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { isNamed, isNotMusic, nearestLabel, type WideGenre } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { useDetail } from '../../api/queries';
import { strings } from '../../strings';
import { EmptyState } from '../../ui/EmptyState';
import { focusTable } from '../library/focus-table';
import { useLibraryStore } from '../library/library-store';
import { locate } from '../library/selection';
import type { Library } from '../library/use-library';
import { cachedRows } from '../library/use-rows';
import { ChangeForm } from '../review/ChangeForm';
import { acceptedValues } from '../review/decision-rules';
import { ReviewBar } from '../review/ReviewBar';
import { useReviewStore } from '../review/use-review';
import type { ReviewActions } from '../review/use-review-actions';
import styles from './DetailPane.module.css';
import { ManyTracks } from './ManyTracks';
import { OneTrack } from './OneTrack';

/** Everything about the track under the cursor, or about all that are selected, and the decision about it. */
export function DetailPane({ library, actions }: { library: Library; actions: ReviewActions }) {
  const selection = useLibraryStore((state) => state.selection);
  const editing = useReviewStore((state) => state.editing);
  const setEditing = useReviewStore((state) => state.setEditing);
  const queryClient = useQueryClient();
  const { cursorId, ids } = selection;
  const detail = useDetail(cursorId);
  const { loaded } = library;

  const row = useMemo(() => {
    if (cursorId === null) return null;
    const index = locate(cursorId, selection.cursorIndex, loaded);
    return loaded.get(index) ?? detail.data ?? cachedRows(queryClient, new Set([cursorId])).get(cursorId) ?? null;
  }, [cursorId, selection.cursorIndex, loaded, detail.data, queryClient]);

  if (ids.size === 0 || !row)
    return (
      <aside className={styles.pane} aria-label="Track">
        <EmptyState icon={ListMusic} {...strings.empty.nothingSelected} />
      </aside>
    );

  const many = ids.size > 1;
  return (
    <aside className={styles.pane} aria-label={many ? 'Selected tracks' : 'Track'}>
      <div className={styles.body} tabIndex={-1}>
        {many ? (
          <ManyTracks ids={ids} />
        ) : (
          <OneTrack row={row} detail={detail.data ?? null} onKeep={(...values) => void actions.keep(...values)} />
        )}
      </div>
      <div className={styles.foot}>
        {editing ? (
          <ChangeForm
            key={[...ids].join()}
            row={many ? null : row}
            wide={many || detail.data?.id !== row.id ? null : namedWide(row, detail.data)}
            count={ids.size}
            onSave={actions.change}
            onCancel={() => {
              setEditing(false);
              focusTable();
            }}
          />
        ) : (
          <ReviewBar
            actions={actions}
            accepts={many ? 'Accept what was heard in each' : acceptWords(row)}
            refuses={refusal(row)}
            decided={many || row.decision !== null}
          />
        )}
      </div>
    </aside>
  );
}

/** Why there is nothing to accept. */
function refusal({ genre, content }: TrackRow): string {
  if (isNotMusic(content)) return strings.review.notMusic;
  if (genre?.abstainReason === 'other-genre') return strings.review.rather(displayLabel(nearestLabel(genre)));
  return strings.review.unsure;
}

/** The wide genres that the change form offers. */
function namedWide(row: TrackRow, { wide }: TrackDetail): readonly WideGenre[] | null {
  return isNotMusic(row.content) ? null : (wide?.filter(isNamed) ?? null);
}

/** "Accept Rock · Happy"; null where the model is sure of nothing. */
function acceptWords(row: Parameters<typeof acceptedValues>[0]): string | null {
  const { genres, moods } = acceptedValues(row);
  const values = [...genres, ...moods];
  return values.length > 0 ? `Accept ${values.join(' · ')}` : null;
}
