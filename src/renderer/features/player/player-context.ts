import { createContext, useContext } from 'react';
import type { Player } from './player';

export const PlayerContext = createContext<Player | null>(null);

export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (!player) throw new Error('there is no player in this tree');
  return player;
}
