import { useEffect, useRef } from 'react';
import { usePlayer } from '../../player/player-context';
import { usePlayerStore } from '../../player/player-store';

/** Who has gone on from these tracks does not go on hearing one of them. */
export function useSilenceAfter(trackIds: readonly number[]): void {
  const player = usePlayer();
  const before = useRef(trackIds);
  useEffect(() => {
    const left = before.current;
    before.current = trackIds;
    const heard = usePlayerStore.getState().track?.id;
    if (heard !== undefined && left.includes(heard) && !trackIds.includes(heard)) player.pause();
  });
}
