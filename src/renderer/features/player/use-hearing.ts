import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { keys } from '../../api/queries';
import { strings } from '../../strings';
import { showError, useToasts } from '../../ui/use-toasts';
import { trackVerdicts } from '../detail/timeline';
import { evidenceOf, type Passage } from './passages';
import { usePlayer } from './player-context';
import { usePlayerStore, type HeardTrack } from './player-store';

/** What of a track is said while it is heard. */
export type Playable = Pick<TrackRow, 'id' | 'title' | 'fileName' | 'artist' | 'album' | 'durationSec'>;

export const heardTrack = ({ id, title, fileName, artist, album, durationSec }: Playable): HeardTrack => ({
  id,
  title: title ?? fileName,
  artist,
  album,
  durationSec,
});

export interface Hearing {
  /** Plays the track, or pauses it if it is the one that is heard. */
  readonly play: () => void;
  /** Plays the windows that voted for the track's top genre, or its top mood where no genre was heard. */
  readonly evidence: () => void;
}

/** As `useHearing`, for the view that has the track under its cursor: what is played where no other track is named. */
export function useHearingAtHand(trackId: number | null): Hearing {
  useEffect(() => {
    usePlayerStore.setState({ atHand: trackId });
    return () => {
      usePlayerStore.setState({ atHand: null });
    };
  }, [trackId]);
  return useHearing(trackId);
}

/** To hear a track, null if there is none: for keys and buttons. */
export const useHearing = (trackId: number | null): Hearing => useHearings()(trackId);

/** To hear any track of a list. */
export function useHearings(): (trackId: number | null) => Hearing {
  const player = usePlayer();
  const connection = useConnection();
  const queryClient = useQueryClient();
  const show = useToasts((state) => state.show);

  const withDetail = async (trackId: number | null, act: (detail: TrackDetail) => void): Promise<void> => {
    if (trackId === null) return;
    try {
      const queryFn = (): Promise<TrackDetail> => connection.call('tracks.detail', { id: trackId });
      act(await queryClient.ensureQueryData({ queryKey: keys.detail(trackId), queryFn }));
    } catch (error) {
      showError(error);
    }
  };
  return (trackId) => ({
    play: () => {
      if (trackId === null || usePlayerStore.getState().track?.id === trackId) player.toggle();
      else
        void withDetail(trackId, (detail) => {
          player.play(heardTrack(detail));
        });
    },
    evidence: () =>
      void withDetail(trackId, (detail) => {
        const passage = topEvidence(detail);
        if (passage) player.hear(heardTrack(detail), passage);
        else show({ level: 'info', message: strings.player.noEvidence });
      }),
  });
}

function topEvidence({ analysis, genre, mood }: TrackDetail): Passage | null {
  if (!analysis) return null;
  const windows = trackVerdicts(analysis);
  if (genre) return evidenceOf('genre', genre.top, windows.genre ?? []);
  return mood && evidenceOf('mood', mood.top, windows.mood ?? []);
}
