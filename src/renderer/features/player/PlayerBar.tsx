import { LoaderCircle, Pause, Play, Volume1, Volume2, VolumeX } from 'lucide-react';
import { strings } from '../../strings';
import { formatClock } from '../../ui/format';
import { KeyTip } from '../../ui/KeyTip';
import { shownKey } from '../shortcuts/key-store';
import { PassageControls } from './PassageControls';
import { usePlayer } from './player-context';
import { usePlayerStore, type HeardTrack } from './player-store';
import styles from './PlayerBar.module.css';
import { useHearing } from './use-hearing';

/** What is heard, and how to stop it, at the foot of the window in every view. */
export function PlayerBar() {
  const track = usePlayerStore((state) => state.track);
  return (
    <section aria-label={strings.player.name} className={styles.bar} data-loaded={track ? true : undefined}>
      <PlayButton />
      {track && (
        <>
          <Position track={track} />
          <Title track={track} />
          <PassageControls />
          <Volume />
        </>
      )}
    </section>
  );
}

function PlayButton() {
  const player = usePlayer();
  const phase = usePlayerStore((state) => state.phase);
  const atHand = usePlayerStore((state) => state.atHand);
  const hearing = useHearing(atHand);
  const idle = phase === 'idle';
  const isOn = phase === 'playing' || phase === 'loading';
  const Icon = phase === 'loading' ? LoaderCircle : isOn ? Pause : Play;
  const name = idle ? strings.player.idle : isOn ? strings.player.pause : strings.player.play;
  return (
    <KeyTip label={name} keys={shownKey('play')}>
      <button
        type="button"
        className={styles.play}
        aria-label={name}
        disabled={idle && atHand === null}
        onClick={() => {
          if (idle) hearing.play();
          else player.toggle();
        }}
      >
        <Icon size={14} fill={phase === 'loading' ? 'none' : 'currentColor'} aria-hidden="true" />
      </button>
    </KeyTip>
  );
}

function Position({ track }: { track: HeardTrack }) {
  const player = usePlayer();
  const position = usePlayerStore((state) => state.position);
  const durationSec = usePlayerStore((state) => state.durationSec) ?? 0;
  const [now, whole] = [formatClock(position), formatClock(durationSec)];
  return (
    <>
      <span className={styles.time}>{now}</span>
      <input
        type="range"
        className={styles.seek}
        aria-label={strings.player.position(track.title)}
        aria-valuetext={strings.player.at(now, whole)}
        min={0}
        max={durationSec}
        step={1}
        value={Math.min(position, durationSec)}
        style={{ '--share': durationSec > 0 ? position / durationSec : 0 } as React.CSSProperties}
        onChange={(event) => {
          player.seek(Number(event.currentTarget.value));
        }}
      />
      <span className={styles.time}>{whole}</span>
    </>
  );
}

function Title({ track }: { track: HeardTrack }) {
  const phase = usePlayerStore((state) => state.phase);
  const failure = usePlayerStore((state) => state.failure);
  const words = strings.player.by(track.title, track.artist);
  return (
    <span className={styles.title} title={failure ?? words}>
      {phase === 'failed' && <span className={styles.failed}>{strings.player.failed}: </span>}
      {words}
    </span>
  );
}

function Volume() {
  const player = usePlayer();
  const volume = usePlayerStore((state) => state.volume);
  const muted = usePlayerStore((state) => state.muted);
  const Icon = muted || volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  const name = muted ? strings.player.unmute : strings.player.mute;
  return (
    <span className={styles.volume}>
      <button
        type="button"
        className={styles.small}
        aria-label={name}
        title={name}
        onClick={() => {
          player.setMuted(!muted);
        }}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
      <input
        type="range"
        className={styles.level}
        aria-label={strings.player.volume}
        aria-valuetext={`${Math.round(volume * 100)}%`}
        min={0}
        max={1}
        step={0.05}
        value={muted ? 0 : volume}
        style={{ '--share': muted ? 0 : volume } as React.CSSProperties}
        onChange={(event) => {
          player.setVolume(Number(event.currentTarget.value));
        }}
      />
    </span>
  );
}
