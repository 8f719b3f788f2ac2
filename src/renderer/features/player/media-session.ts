import type { Player } from './player';
import { usePlayerStore, type PlayerState } from './player-store';

/** Tells the system what is heard, and lets its media keys drive it. */
export function joinMediaSession(player: Player): void {
  if (!('mediaSession' in navigator)) return;
  const { mediaSession } = navigator;
  const on = (action: MediaSessionAction, handler: MediaSessionActionHandler): void => {
    try {
      mediaSession.setActionHandler(action, handler);
    } catch {
      // A browser that doesn't know this one keeps the others.
    }
  };
  const go = (): void => {
    if (usePlayerStore.getState().phase !== 'playing') player.toggle();
  };
  on('play', go);
  on('pause', () => {
    player.pause();
  });
  on('stop', () => {
    player.pause();
  });
  on('seekto', ({ seekTime }) => {
    if (seekTime != null) player.seek(seekTime);
  });
  on('previoustrack', () => {
    player.step(-1);
  });
  on('nexttrack', () => {
    player.step(1);
  });
  usePlayerStore.subscribe((state, before) => {
    tell(mediaSession, state, before);
  });
}

function tell(mediaSession: MediaSession, state: PlayerState, before: PlayerState): void {
  const { track, phase, durationSec, position } = state;
  if (track && track !== before.track)
    mediaSession.metadata = new MediaMetadata({
      title: track.title,
      artist: track.artist ?? '',
      album: track.album ?? '',
    });
  if (phase !== before.phase) mediaSession.playbackState = phase === 'playing' ? 'playing' : track ? 'paused' : 'none';
  if (durationSec !== null && (phase !== before.phase || durationSec !== before.durationSec))
    mediaSession.setPositionState({ duration: durationSec, position: Math.min(position, durationSec) });
}
