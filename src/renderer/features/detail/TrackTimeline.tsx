import { ActionIcon, Tooltip } from '@mantine/core';
import { ChartNoAxesColumn, ZoomIn, ZoomOut } from 'lucide-react';
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
import { trackVerdicts, type WindowVerdict } from './timeline';
import { useZoom, type Zoom } from './use-zoom';
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
  // There is always one of them.
  const first = genres ?? moods ?? [];
  const length = Math.max(track.durationSec ?? 0, first.at(-1)?.end ?? 0, 1);
  const zoom = useZoom(length, analysis.windowSec, heard && heard.position);
  const heardIn = (task: Task): Heard | null =>
    heard && { ...heard, starts: heard.task === task ? heard.starts : null };
  const strip = (task: Task, windows: readonly WindowVerdict[]) => (
    <Timeline
      task={task}
      verdicts={windows}
      durationSec={length}
      at={at}
      onAt={setAt}
      onStep={(index) => {
        const window = windows[index];
        if (window) zoom.reveal({ from: window.start, to: window.end });
      }}
      onZoom={zoom.by}
      onHear={(index) => {
        const passage = windowAlong(task, windows, index);
        if (passage) player.hear(heardTrack(track), passage);
      }}
      heard={heardIn(task)}
    />
  );
  const said = at === null ? undefined : first[at];
  const mood = at === null || !genres ? undefined : moods?.[at];
  return (
    <section aria-label="Along the track" className={styles.section}>
      <div className={styles.head}>
        <h3 className={styles.heading}>Along the track</h3>
        <ZoomButtons zoom={zoom} />
        <SpectrogramButton />
      </div>
      <div ref={zoom.pane} className={styles.pane} data-zoomed={zoom.zoom > 1} onScroll={zoom.onScroll}>
        <div className={styles.strips} style={{ width: `${zoom.zoom * 100}%` }}>
          {genres && strip('genre', genres)}
          {moods && strip('mood', moods)}
          {heard && <Waveform trackId={track.id} durationSec={length} position={heard.position} />}
          {pictured && (
            <SpectrogramStrip trackId={track.id} durationSec={length} position={heard ? heard.position : null} />
          )}
        </div>
      </div>
      <div className={styles.scale} aria-hidden="true">
        <span>{formatClock(zoom.shown.from)}</span>
        <span>{formatClock(zoom.shown.to)}</span>
      </div>
      <p className={styles.readout}>
        {said ? describe(said) : summarise(first)}
        {mood && <span className={styles.mood}>{describe(mood).replace(/^\S+ /, '')}</span>}
      </p>
    </section>
  );
}

/** Always there, so that none moves when the other is pressed; a track too short for a closer look has none. */
function ZoomButtons({ zoom: { zoom, most, by } }: { readonly zoom: Zoom }) {
  if (most === 1) return null;
  return (
    <>
      <Tooltip label={strings.zoom.outHint}>
        <ActionIcon
          size="sm"
          aria-label={strings.zoom.out}
          disabled={zoom === 1}
          onClick={() => {
            by(-1);
          }}
        >
          <ZoomOut size={14} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={strings.zoom.inHint}>
        <ActionIcon
          size="sm"
          aria-label={strings.zoom.in}
          disabled={zoom === most}
          onClick={() => {
            by(1);
          }}
        >
          <ZoomIn size={14} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </>
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
