import { useMemo } from 'react';
import { usePlayer } from '../player/player-context';
import { waveform } from './timeline';
import { usePeaks } from './use-peaks';
import styles from './Waveform.module.css';

interface WaveformProps {
  readonly trackId: number;
  readonly durationSec: number;
  /** Where it is heard, in seconds. */
  readonly position: number;
}

const HEIGHT = 100;

/**
 * How loud the track that is heard is along its length; a click goes there and on. Below the other strips, so that none moves when it comes.
 * For the eyes and the pointer: the slider in the player's bar does the same for the keyboard.
 */
export function Waveform({ trackId, durationSec, position }: WaveformProps) {
  const player = usePlayer();
  const peaks = usePeaks(trackId, true);
  const outline = useMemo(() => peaks && waveform(peaks, durationSec, HEIGHT), [peaks, durationSec]);
  if (!outline) return null;
  return (
    <div
      className={styles.waveform}
      aria-hidden="true"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        player.seek(((event.clientX - box.left) / box.width) * durationSec);
      }}
    >
      <svg viewBox={`0 0 ${durationSec} ${HEIGHT}`} preserveAspectRatio="none">
        <path d={outline} />
      </svg>
      <span className={styles.playhead} style={{ left: `${(position / durationSec) * 100}%` }} />
    </div>
  );
}
