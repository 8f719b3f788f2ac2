import { ActionIcon, Tooltip } from '@mantine/core';
import { ChartNoAxesColumn } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { TrackDetail } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { formatClock } from '../../ui/format';
import type { Task } from '../../ui/palette';
import { heardSpan, windowAlong } from '../player/passages';
import { usePlayer } from '../player/player-context';
import { usePassageOf, usePlayerStore } from '../player/player-store';
import { heardTrack, type Playable } from '../player/use-hearing';
import { useSpectrogramStore } from './spectrogram-store';
import { SpectrogramStrip } from './SpectrogramStrip';
import styles from './TrackTimeline.module.css';
import { describe, summarise, Timeline, type Heard } from './Timeline';
import { trackVerdicts, type TrackVerdicts } from './timeline';
import { Waveform } from './Waveform';

interface TrackTimelineProps {
  readonly track: Playable;
  readonly analysis: NonNullable<TrackDetail['analysis']>;
}

/** Genre and mood along the track, one above the other, with one line of words for the window pointed at. A click hears it. */
export function TrackTimeline({ track, analysis }: TrackTimelineProps) {
  const [at, setAt] = useState<number | null>(null);
  const { genre: genres, mood: moods } = useMemo(() => trackVerdicts(analysis), [analysis]);
  const player = usePlayer();
  const heard = useHeard(track.id);
  const pictured = useSpectrogramStore((state) => state.shown);
  const heardIn = (task: Task): Heard | null =>
    heard && { ...heard, starts: heard.task === task ? heard.starts : null };
  const strip = (task: Task, windows: TrackVerdicts['genre']) => (
    <Timeline
      task={task}
      verdicts={windows}
      durationSec={length}
      at={at}
      onAt={setAt}
      onHear={(index) => {
        const passage = windowAlong(task, windows, index);
        if (passage) player.hear(heardTrack(track), passage);
      }}
      heard={heardIn(task)}
    />
  );
  const length = Math.max(track.durationSec ?? 0, genres.at(-1)?.end ?? 0, 1);
  const genre = at === null ? undefined : genres[at];
  const mood = at === null ? undefined : moods?.[at];
  return (
    <section aria-label="Along the track" className={styles.section}>
      <div className={styles.head}>
        <h3 className={styles.heading}>Along the track</h3>
        <SpectrogramButton />
      </div>
      {strip('genre', genres)}
      {moods && strip('mood', moods)}
      {heard && <Waveform trackId={track.id} durationSec={length} position={heard.position} />}
      {pictured && (
        <SpectrogramStrip trackId={track.id} durationSec={length} position={heard ? heard.position : null} />
      )}
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

function SpectrogramButton() {
  const { shown, toggle } = useSpectrogramStore();
  return (
    <Tooltip label={strings.spectrogram.hint} multiline w={240}>
      <ActionIcon size="sm" aria-label={strings.spectrogram.show} aria-pressed={shown} onClick={toggle}>
        <ChartNoAxesColumn size={14} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** What is heard of a track, null if it is another one. */
function useHeard(trackId: number): (Heard & { readonly task: Task | null }) | null {
  const passage = usePassageOf(trackId);
  const position = usePlayerStore((state) => (state.track?.id === trackId ? state.position : null));
  const starts = useMemo(
    () => (passage?.label == null ? null : new Set(passage.windows.map(({ start }) => start))),
    [passage?.label, passage?.windows],
  );
  return position === null
    ? null
    : { position, window: passage && heardSpan(passage), starts, task: passage?.task ?? null };
}
