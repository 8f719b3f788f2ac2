import { CheckCheck, Loader } from 'lucide-react';
import { useEffect } from 'react';
import { useDetail } from '../../../api/queries';
import { strings } from '../../../strings';
import { EmptyState } from '../../../ui/EmptyState';
import { useLibraryStore } from '../../library/library-store';
import { useHearingAtHand } from '../../player/use-hearing';
import { useShortcuts } from '../../shortcuts/use-shortcuts';
import { Announcer } from './Announcer';
import { DeskActions } from './DeskActions';
import { ProgressLine } from './ProgressLine';
import styles from './ReviewView.module.css';
import { Side } from './Side';
import { focusTyping } from './TypeGenre';
import { TrackCard } from './TrackCard';
import { DESK_ID, focusDesk, useQueue, useTrackAt } from './use-desk';
import { useDeskActions } from './use-desk-actions';
import { useSilenceAfter } from './use-silence-after';

/** One track after the other, large, each decided by one key. */
export function ReviewView() {
  const { pending, error } = useQueue();
  const trackId = useTrackAt();
  const detail = useDetail(trackId);
  const row = detail.data?.id === trackId ? detail.data : null;
  const actions = useDeskActions(row);

  useEffect(() => {
    focusDesk();
  }, []);

  const hearing = useHearingAtHand(trackId);
  useSilenceAfter(trackId);

  useShortcuts({
    ...hearing,
    accept: actions.accept,
    acceptTwo: actions.acceptTwo,
    label: (event) => {
      actions.pickNumber(Number(event.key));
    },
    edit: focusTyping,
    skip: actions.skip,
    notMusic: actions.notMusic,
    clear: actions.clear,
    undo: actions.undo,
    unselect: () => {
      useLibraryStore.getState().setView('library');
    },
    next: actions.next,
    previous: actions.previous,
    shareAlbum: () => {
      actions.share('album');
    },
    shareArtist: () => {
      actions.share('artist');
    },
    shareSimilar: () => {
      actions.share('similar');
    },
  });

  return (
    <main id={DESK_ID} className={styles.desk} tabIndex={-1} aria-label={strings.views.review}>
      <ProgressLine undo={actions.undo} />
      {trackId === null || error ? (
        <Nothing pending={pending} error={error ?? null} />
      ) : (
        <>
          <div className={styles.middle}>
            {row ? <TrackCard row={row} actions={actions} /> : <Waiting error={detail.error} />}
            {row && <Side row={row} share={actions.share} />}
          </div>
          <DeskActions row={row} actions={actions} onHear={hearing.evidence} />
        </>
      )}
      <Announcer row={row} />
    </main>
  );
}

function Waiting({ error }: { error: Error | null }) {
  return <div className={styles.waiting}>{error && <p role="alert">{error.message}</p>}</div>;
}

function Nothing({ pending, error }: { pending: boolean; error: Error | null }) {
  if (error) return <EmptyState icon={CheckCheck} title={strings.desk.queueFailed} text={error.message} />;
  if (pending) return <EmptyState icon={Loader} title={strings.desk.waiting} />;
  return <EmptyState icon={CheckCheck} {...strings.desk.nothingLeft} />;
}
