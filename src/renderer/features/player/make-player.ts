import type { Connection } from '../../api/connection';
import { audioOrigin } from '../../connect';
import { useToasts } from '../../ui/use-toasts';
import { joinMediaSession } from './media-session';
import { Player } from './player';

/** The window's player, with its audio element in the page. */
export function makePlayer(connection: Connection): Player {
  const audio = document.body.appendChild(document.createElement('audio'));
  const player = new Player(
    audio,
    (input) => connection.call('playback.prepare', input),
    audioOrigin(window),
    (message) => {
      useToasts.getState().show({ level: 'error', message });
    },
  );
  joinMediaSession(player);
  return player;
}
