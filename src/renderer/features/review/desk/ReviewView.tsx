import { CheckCheck, Loader } from 'lucide-react';
import { useEffect } from 'react';
import { useDetail } from '../../../api/queries';
import { strings } from '../../../strings';
import { EmptyState } from '../../../ui/EmptyState';
import { useLibraryStore } from '../../library/library-store';
import { useShortcuts } from '../../shortcuts/use-shortcuts';
import { AlbumDesk } from './AlbumDesk';
import { Announcer } from './Announcer';
import { useDeskStore } from './desk-store';
import { ProgressLine } from './ProgressLine';
import styles from './ReviewView.module.css';
import { TrackDesk } from './TrackDesk';
import { DESK_ID, focusDesk, useDesk, useQueue, useTrackAt } from './use-desk';

/** One track, or one album, after the other, large, each decided by one key. A track of no album stands for itself. */
export function ReviewView() {
  const { pending, error } = useQueue();
  const trackId = useTrackAt();
  const { unit, setUnit } = useDeskStore();
  const detail = useDetail(trackId);
  const row = detail.data?.id === trackId ? detail.data : null;
  const desk = useDesk();
  const undo = (): void => void desk.undo();

  useEffect(() => {
    focusDesk();
  }, []);
  useShortcuts({
    undo,
    unit: () => {
      setUnit(unit === 'track' ? 'album' : 'track');
    },
    unselect: () => {
      useLibraryStore.getState().setView('library');
    },
  });

  const atHand = () => {
    if (trackId === null || error) return <Nothing pending={pending} error={error ?? null} />;
    if (unit === 'album' && row?.album != null) return <AlbumDesk key={row.id} row={row} />;
    return <TrackDesk trackId={trackId} row={row} error={detail.error} />;
  };
  return (
    <main id={DESK_ID} className={styles.desk} tabIndex={-1} aria-label={strings.views.review}>
      <ProgressLine undo={undo} />
      {atHand()}
    </main>
  );
}

function Nothing({ pending, error }: { pending: boolean; error: Error | null }) {
  if (error) return <EmptyState icon={CheckCheck} title={strings.desk.queueFailed} text={error.message} />;
  if (pending) return <EmptyState icon={Loader} title={strings.desk.waiting} />;
  return (
    <>
      <EmptyState icon={CheckCheck} {...strings.desk.nothingLeft} />
      <Announcer>{strings.desk.nothingLeft.title}</Announcer>
    </>
  );
}
