import { useMemo, useState } from 'react';
import type { TrackDetail } from '#shared/contract/schemas';
import { formatClock } from '../../ui/format';
import styles from './TrackTimeline.module.css';
import { windowVerdicts } from './timeline';
import { describe, summarise, Timeline } from './Timeline';

/** Genre and mood along the track, one above the other, with one line of words for the window pointed at. */
export function TrackTimeline({
  analysis,
  durationSec,
}: {
  analysis: NonNullable<TrackDetail['analysis']>;
  durationSec: number | null;
}) {
  const [at, setAt] = useState<number | null>(null);
  const { perWindow, startsSec, windowSec } = analysis;
  const genres = useMemo(
    () => windowVerdicts(perWindow.genre, startsSec, windowSec),
    [perWindow, startsSec, windowSec],
  );
  const moods = useMemo(
    () => (perWindow.mood ? windowVerdicts(perWindow.mood, startsSec, windowSec) : null),
    [perWindow, startsSec, windowSec],
  );
  const length = Math.max(durationSec ?? 0, genres.at(-1)?.end ?? 0, 1);
  const genre = at === null ? undefined : genres[at];
  const mood = at === null ? undefined : moods?.[at];
  return (
    <section aria-label="Along the track" className={styles.section}>
      <h3 className={styles.heading}>Along the track</h3>
      <Timeline task="genre" verdicts={genres} durationSec={length} at={at} onAt={setAt} />
      {moods && <Timeline task="mood" verdicts={moods} durationSec={length} at={at} onAt={setAt} />}
      <div className={styles.scale} aria-hidden="true">
        <span>0:00</span>
        <span>{formatClock(length)}</span>
      </div>
      <p className={styles.readout}>
        {genre ? describe(genre) : summarise(genres)}
        {mood && <span className={styles.mood}>{describe(mood).replace(/^\S+ /, '')}</span>}
      </p>
    </section>
  );
}
