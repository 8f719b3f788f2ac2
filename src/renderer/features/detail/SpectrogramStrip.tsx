import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { SPECTROGRAM_BANDS, SPECTROGRAM_TOP_HZ } from '#shared/contract/audio';
import { useConnection } from '../../api/connection-context';
import { keys } from '../../api/queries';
import { windowName } from '../../api/window-name';
import { strings } from '../../strings';
import { usePlayer } from '../player/player-context';
import { outlineOf, pixelsOf, readSpectrogram, type Spectrogram } from './spectrogram';
import styles from './SpectrogramStrip.module.css';

interface SpectrogramStripProps {
  readonly trackId: number;
  readonly durationSec: number;
  /** Where the track is heard, in seconds; null if it isn't. */
  readonly position: number | null;
}

/** What sounds along a track, as wide as its other strips. While it is heard, a click goes there; the slider in the player's bar does so by keys. */
export function SpectrogramStrip({ trackId, durationSec, position }: SpectrogramStripProps) {
  const connection = useConnection();
  const player = usePlayer();
  const query = useQuery({
    queryKey: keys.spectrogram(trackId),
    queryFn: async () =>
      readSpectrogram(await connection.call('playback.spectrogram', { trackId, window: windowName })),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <div
      className={styles.strip}
      data-heard={position !== null}
      onClick={(event) => {
        if (position === null) return;
        const box = event.currentTarget.getBoundingClientRect();
        player.seek(((event.clientX - box.left) / box.width) * durationSec);
      }}
    >
      {query.data ? (
        <Picture spectrogram={query.data} durationSec={durationSec} />
      ) : (
        <span className={styles.note} role="status">
          {query.isError ? strings.spectrogram.failed : strings.spectrogram.loading}
        </span>
      )}
      {position !== null && (
        <span className={styles.playhead} style={{ left: `${(position / durationSec) * 100}%` }} aria-hidden="true" />
      )}
    </div>
  );
}

function Picture({ spectrogram, durationSec }: { spectrogram: Spectrogram; durationSec: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { halfBelowHz, loudest } = useMemo(() => outlineOf(spectrogram), [spectrogram]);
  useEffect(() => {
    const image = new ImageData(pixelsOf(spectrogram), spectrogram.columns, SPECTROGRAM_BANDS);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [spectrogram]);
  return (
    <canvas
      ref={canvas}
      width={spectrogram.columns}
      height={SPECTROGRAM_BANDS}
      role="img"
      aria-label={strings.spectrogram.text(durationSec, SPECTROGRAM_TOP_HZ, halfBelowHz, loudest * durationSec)}
    />
  );
}
