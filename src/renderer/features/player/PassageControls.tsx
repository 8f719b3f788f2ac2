import { ChevronLeft, ChevronRight, Repeat1, StepForward, type LucideIcon } from 'lucide-react';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { KeyTip } from '../../ui/KeyTip';
import { inkCss, inkOf } from '../../ui/palette';
import { shownKey } from '../shortcuts/key-store';
import type { ShortcutId } from '../shortcuts/shortcut-list';
import { usePlayer } from './player-context';
import { usePlayerStore } from './player-store';
import styles from './PlayerBar.module.css';

/** Which window of how many is heard, and the ways to the others and out of them. */
export function PassageControls() {
  const player = usePlayer();
  const passage = usePlayerStore((state) => state.passage);
  if (!passage) return null;
  const { task, label, windows, at, loop } = passage;
  const words =
    label === null
      ? strings.player.window(at + 1, windows.length)
      : strings.player.of(displayLabel(label), at + 1, windows.length);
  return (
    <span role="group" aria-label={strings.player.windows} className={styles.passage}>
      <Control
        icon={ChevronLeft}
        name={strings.player.previous}
        shortcut="previousWindow"
        disabled={at === 0}
        onClick={() => {
          player.step(-1);
        }}
      />
      <span className={styles.words} role="status">
        {label !== null && <span className={styles.ink} style={{ background: inkCss(inkOf(task, label)) }} />}
        {words}
      </span>
      <Control
        icon={ChevronRight}
        name={strings.player.next}
        shortcut="nextWindow"
        disabled={at === windows.length - 1}
        onClick={() => {
          player.step(1);
        }}
      />
      <Control
        icon={Repeat1}
        name={strings.player.loop}
        shortcut="loop"
        pressed={loop}
        onClick={() => {
          player.setLoop(!loop);
        }}
      />
      <Control
        icon={StepForward}
        name={strings.player.playOn}
        shortcut="playOn"
        onClick={() => {
          player.playOn();
        }}
      />
    </span>
  );
}

interface ControlProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly shortcut: ShortcutId;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

function Control({ icon: Icon, name, shortcut, disabled, pressed, onClick }: ControlProps) {
  return (
    <KeyTip label={name} keys={shownKey(shortcut)}>
      <button
        type="button"
        className={styles.small}
        aria-label={name}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
    </KeyTip>
  );
}
