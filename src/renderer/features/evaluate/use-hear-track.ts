import type { EvaluatedTrack, Evaluation } from '#shared/contract/evaluation';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { baseName } from '../../ui/format';
import { showError, useToasts } from '../../ui/use-toasts';
import { usePlayer } from '../player/player-context';
import { usePlayerStore, type HeardTrack } from '../player/player-store';
import { loudest } from './evaluate-model';

export const titleOf = ({ title, path }: EvaluatedTrack): string => title ?? baseName(path);

const heardTrack = (track: EvaluatedTrack): HeardTrack => ({
  id: track.id,
  title: titleOf(track),
  artist: track.artist,
  album: null,
  durationSec: track.durationSec,
});

/** What can be listened to of an evaluated track: all of it, or where it sounds most like a label. */
export function useHearTrack({ id, task }: Pick<Evaluation, 'id' | 'task'>) {
  const connection = useConnection();
  const player = usePlayer();
  return {
    toggle(track: EvaluatedTrack): void {
      if (usePlayerStore.getState().track?.id === track.id) player.toggle();
      else player.play(heardTrack(track));
    },
    async loudest(track: EvaluatedTrack, model: number, label: string): Promise<void> {
      try {
        const windows = await connection.call('evaluation.windows', { evaluation: id, trackId: track.id, model });
        const spans = windows && loudest(windows, label);
        if (!spans || spans.length === 0 || task === 'content')
          useToasts.getState().show({ level: 'info', message: strings.evaluate.pane.noWindows });
        else player.hear(heardTrack(track), { task, label, windows: spans, at: 0, loop: false });
      } catch (error) {
        showError(error);
      }
    },
  };
}
