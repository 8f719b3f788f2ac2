import { ActionIcon, Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, ListMusic, SkipForward, X } from 'lucide-react';
import type { TrackRow } from '#shared/contract/schemas';
import { nearestLabel } from '#shared/domain/analysis';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { FileList } from '../../ui/FileList';
import { formatCount } from '../../ui/format';
import { StateMark } from '../../ui/StateMark';
import { useToasts } from '../../ui/use-toasts';
import { useLibraryStore } from '../library/library-store';
import { briefWords } from '../review/abstain-words';
import { useReview } from '../review/use-review';
import { useInsightStore, type Picked } from './insight-store';
import styles from './PickedPane.module.css';

const say = strings.insight.picked;

/** Tracks listed in the pane; the library's table shows them all. */
const MOST = 500;

/** The tracks of what was picked in a chart, the surest first, and what can be decided about all of them. */
export function PickedPane({ picked }: { picked: Picked }) {
  const { waiting, listed } = usePickedTracks(picked);
  const pick = useInsightStore((state) => state.pick);
  const showTracks = useLibraryStore((state) => state.showTracks);
  const decide = useDecideAll();
  const ids = waiting ?? [];
  const { label } = picked;
  return (
    <aside className={styles.pane} aria-label={say.pane}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{label}</h2>
          <p className={styles.count}>{say.count(picked.ids.length, waiting?.length ?? null)}</p>
        </div>
        <ActionIcon
          aria-label={say.close}
          onClick={() => {
            pick(null);
          }}
        >
          <X size={16} aria-hidden="true" />
        </ActionIcon>
      </header>
      <div className={styles.list}>
        <FileList
          label={label}
          items={listed ?? []}
          estimate={44}
          render={(row) => <PickedTrack row={row} note={picked.notes?.get(row.id)} />}
        />
      </div>
      {picked.ids.length > MOST && <p className={styles.more}>{say.more(MOST)}</p>}
      <div className={styles.foot} role="group" aria-label={say.group}>
        <Button
          disabled={ids.length === 0}
          leftSection={<Check size={14} aria-hidden="true" />}
          onClick={() => void decide('accept', ids)}
        >
          {say.accept(formatCount(ids.length))}
        </Button>
        <Button
          variant="default"
          disabled={ids.length === 0}
          leftSection={<SkipForward size={14} aria-hidden="true" />}
          onClick={() => void decide('skip', ids)}
        >
          {say.skip}
        </Button>
        <Button
          variant="default"
          disabled={picked.ids.length === 0}
          leftSection={<ListMusic size={14} aria-hidden="true" />}
          onClick={() => {
            showTracks({ label, ids: picked.ids });
          }}
        >
          {say.library}
        </Button>
      </div>
    </aside>
  );
}

/** Those that wait for a decision, and the first of all of them; kept as fresh as the library's counts and rows are. */
function usePickedTracks({ key, ids }: Picked) {
  const connection = useConnection();
  const options = { staleTime: 0, placeholderData: keepPreviousData };
  const waiting = useQuery({
    queryKey: ['summary', 'insight', key, ids.length],
    queryFn: () => connection.call('tracks.ids', { ids: [...ids], quick: 'unreviewed' }),
    ...options,
  });
  const listed = useQuery({
    queryKey: ['tracks', 'insight', key, ids.length],
    queryFn: () =>
      connection.call('tracks.query', {
        ids: [...ids],
        sort: { column: 'confidence', descending: true },
        limit: MOST,
      }),
    ...options,
  });
  return { waiting: waiting.data, listed: listed.data?.rows };
}

/** Decides about many tracks at once; one undo takes all of it back. */
function useDecideAll() {
  const review = useReview();
  return async (action: 'accept' | 'skip', trackIds: readonly number[]): Promise<void> => {
    if (!(await review.decide({ trackIds, action }))) return;
    const said = action === 'accept' ? strings.review.accepted : strings.review.skipped;
    useToasts.getState().show({
      level: 'info',
      message: `${said(trackIds.length)}.`,
      action: { label: say.undo, run: () => void review.undoLast() },
    });
  };
}

function PickedTrack({ row, note }: { row: TrackRow; note: string | undefined }) {
  const { genre } = row;
  return (
    <div className={styles.track} title={row.path}>
      <span className={styles.name}>{row.title ?? row.fileName}</span>
      <StateMark state={row.state} />
      <span className={styles.by}>
        {[note, row.artist, row.ownGenres.join(', ')].filter(Boolean).join(' · ') || strings.untitled}
      </span>
      <span className={styles.heard}>
        {genre && (
          <>
            <Dot task="genre" label={nearestLabel(genre)} hollow={genre.abstained} /> {briefWords(genre, row.content)}
          </>
        )}
      </span>
    </div>
  );
}
