import { ActionIcon, Button } from '@mantine/core';
import { Check, ChevronLeft, ChevronRight, MicOff, SkipForward, Volume2 } from 'lucide-react';
import type { TrackDetail } from '#shared/contract/schemas';
import { strings } from '../../../strings';
import { KeyTip } from '../../../ui/KeyTip';
import { shownKey } from '../../shortcuts/key-store';
import { acceptedValues } from '../decision-rules';
import { topTwo } from './choices';
import styles from './DeskActions.module.css';
import type { DeskActions as Actions } from './use-desk-actions';

interface DeskActionsProps {
  readonly row: TrackDetail | null;
  readonly actions: Actions;
  /** Plays the windows that speak for the verdict. */
  readonly onHear: () => void;
}

/** What can be decided about the track at hand, each with its key. */
export function DeskActions({ row, actions, onHear }: DeskActionsProps) {
  const accepted = row && acceptedValues(row);
  const values = accepted ? [...accepted.genres, ...accepted.moods] : [];
  const two = row && topTwo(row);
  return (
    <footer className={styles.bar} role="group" aria-label={strings.desk.decide}>
      <Button
        size="sm"
        className={styles.accept}
        leftSection={<Check size={16} aria-hidden="true" />}
        rightSection={<Keys id="accept" />}
        disabled={values.length === 0}
        onClick={actions.accept}
      >
        {values.length > 0 ? strings.desk.accept(values.join(' · ')) : strings.desk.notSure}
      </Button>
      <Button
        size="sm"
        variant="default"
        rightSection={<Keys id="acceptTwo" />}
        disabled={!two}
        onClick={actions.acceptTwo}
      >
        {two ? two.join(' + ') : strings.desk.two}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<SkipForward size={14} aria-hidden="true" />}
        rightSection={<Keys id="skip" />}
        onClick={actions.skip}
      >
        {strings.desk.skip}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<MicOff size={14} aria-hidden="true" />}
        rightSection={<Keys id="notMusic" />}
        onClick={actions.notMusic}
      >
        {strings.desk.notMusic}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<Volume2 size={14} aria-hidden="true" />}
        rightSection={<Keys id="evidence" />}
        disabled={!row?.analysis}
        onClick={onHear}
      >
        {strings.desk.hear}
      </Button>
      <span className={styles.space} />
      <KeyTip label={strings.desk.previous} keys={shownKey('previous')} position="top">
        <ActionIcon aria-label={strings.desk.previous} variant="default" size={36} onClick={actions.previous}>
          <ChevronLeft size={16} aria-hidden="true" />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={strings.desk.next} keys={shownKey('next')} position="top">
        <ActionIcon aria-label={strings.desk.next} variant="default" size={36} onClick={actions.next}>
          <ChevronRight size={16} aria-hidden="true" />
        </ActionIcon>
      </KeyTip>
    </footer>
  );
}

/** The key on the button itself: this view is for the keyboard. */
function Keys({ id }: { id: Parameters<typeof shownKey>[0] }) {
  const keys = shownKey(id);
  return (
    keys && (
      <span className={styles.key} aria-hidden="true">
        {keys}
      </span>
    )
  );
}
