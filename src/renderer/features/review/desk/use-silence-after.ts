import { useEffect, useRef } from 'react';
import { usePlayer } from '../../player/player-context';
import { usePlayerStore } from '../../player/player-store';

/** Who has gone on to another track does not go on hearing the one before. */
export function useSilenceAfter(trackId: number | null): void {
  const player = usePlayer();
  const before = useRef(trackId);
  useEffect(() => {
    const left = before.current;
    before.current = trackId;
    if (left !== null && left !== trackId && usePlayerStore.getState().track?.id === left) player.pause();
  }, [player, trackId]);
}
