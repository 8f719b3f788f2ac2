import { useShortcuts } from '../shortcuts/use-shortcuts';
import { usePlayer } from './player-context';
import { usePlayerStore } from './player-store';

/** The keys that concern what is heard, in every view. A view with a cursor takes `play` first, for its track. */
export function usePlayerShortcuts(): void {
  const player = usePlayer();
  useShortcuts({
    play: () => {
      player.toggle();
    },
    previousWindow: () => {
      player.step(-1);
    },
    nextWindow: () => {
      player.step(1);
    },
    loop: () => {
      player.setLoop(usePlayerStore.getState().passage?.loop === false);
    },
    playOn: () => {
      player.playOn();
    },
  });
}
