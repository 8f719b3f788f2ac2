import { ActionIcon, Button } from '@mantine/core';
import { Check, CheckCheck, ChevronLeft, ChevronRight, MicOff, SkipForward, Volume2 } from 'lucide-react';
import { strings } from '../../../strings';
import { KeyTip } from '../../../ui/KeyTip';
import { shownKey } from '../../shortcuts/key-store';
import styles from './DeskActions.module.css';
import type { DeskActions as Actions } from './use-desk-actions';

interface DeskActionsProps {
  /** What accepting does, null where there is nothing to accept; `nothing` says so. */
  readonly accept: string | null;
  readonly nothing: string;
  readonly two: readonly string[] | null;
  readonly actions: Actions;
  /** Accepts each track of an album for itself. */
  readonly onEach?: () => void;
  /** Plays the windows that speak for the verdict. */
  readonly onHear: () => void;
  readonly canHear: boolean;
  /** Words for going on and back. */
  readonly steps: { readonly next: string; readonly previous: string };
}

/** What can be decided about what is at hand, each with its key. */
export function DeskActions({ accept, nothing, two, actions, onEach, onHear, canHear, steps }: DeskActionsProps) {
  return (
    <footer className={styles.bar} role="group" aria-label={strings.desk.decide}>
      <Button
        size="sm"
        className={styles.accept}
        leftSection={<Check size={16} aria-hidden="true" />}
        rightSection={<Keys id="accept" />}
        disabled={accept === null}
        onClick={actions.accept}
      >
        {accept ?? nothing}
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
      {onEach && (
        <Button
          size="sm"
          variant="default"
          leftSection={<CheckCheck size={14} aria-hidden="true" />}
          rightSection={<Keys id="acceptEach" />}
          onClick={onEach}
        >
          {strings.album.each}
        </Button>
      )}
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
        disabled={!canHear}
        onClick={onHear}
      >
        {strings.desk.hear}
      </Button>
      <span className={styles.space} />
      <KeyTip label={steps.previous} keys={shownKey('previous')} position="top">
        <ActionIcon aria-label={steps.previous} variant="default" size={36} onClick={actions.previous}>
          <ChevronLeft size={16} aria-hidden="true" />
        </ActionIcon>
      </KeyTip>
      <KeyTip label={steps.next} keys={shownKey('next')} position="top">
        <ActionIcon aria-label={steps.next} variant="default" size={36} onClick={actions.next}>
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
