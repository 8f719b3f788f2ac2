import {
  Check,
  CircleCheckBig,
  CircleDashed,
  CircleDot,
  History,
  RotateCcw,
  SkipForward,
  TriangleAlert,
} from 'lucide-react';
import { strings } from '../strings';
import styles from './StateMark.module.css';

const ICONS = {
  new: CircleDashed,
  analysed: CircleDot,
  decided: Check,
  written: CircleCheckBig,
  skipped: SkipForward,
  failed: TriangleAlert,
  stale: History,
  'look-again': RotateCcw,
} as const;

/** A track's state as a sign of its own shape, with the word where there is room. */
export function StateMark({ state }: { state: keyof typeof ICONS }) {
  const Icon = ICONS[state];
  return (
    <span className={styles.mark} data-state={state} title={strings.stateHelp[state]}>
      <Icon size={14} strokeWidth={2} aria-hidden="true" />
      <span className={styles.word}>{strings.states[state]}</span>
    </span>
  );
}
