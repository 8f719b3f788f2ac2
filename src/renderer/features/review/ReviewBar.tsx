import { ActionIcon, Button } from '@mantine/core';
import { Check, Pencil, SkipForward, Undo2 } from 'lucide-react';
import { KeyTip } from '../../ui/KeyTip';
import { shownKey } from '../shortcuts/key-store';
import styles from './ReviewBar.module.css';
import type { ReviewActions } from './use-review-actions';

interface ReviewBarProps {
  readonly actions: ReviewActions;
  /** What accepting writes, in words; null where there is nothing to accept. */
  readonly accepts: string | null;
  /** Why there is nothing to accept, for that case. */
  readonly refuses: string;
  readonly decided: boolean;
}

/** The decision about what is selected: accept, change, skip, take back. */
export function ReviewBar({ actions, accepts, refuses, decided }: ReviewBarProps) {
  return (
    <div className={styles.bar} role="group" aria-label="Decide">
      <KeyTip label={accepts ?? refuses} keys={shownKey('accept')} position="top">
        <Button
          className={styles.main}
          leftSection={<Check size={14} aria-hidden="true" />}
          data-disabled={accepts === null || undefined}
          aria-disabled={accepts === null}
          onClick={() => void actions.accept()}
        >
          Accept
        </Button>
      </KeyTip>
      <KeyTip label="Change genre and mood" keys={shownKey('edit')} position="top">
        <Button
          variant="default"
          leftSection={<Pencil size={14} aria-hidden="true" />}
          onClick={() => {
            actions.edit();
          }}
        >
          Change
        </Button>
      </KeyTip>
      <KeyTip label="Leave the file as it is" keys={shownKey('skip')} position="top">
        <Button
          variant="default"
          leftSection={<SkipForward size={14} aria-hidden="true" />}
          onClick={() => void actions.skip()}
        >
          Skip
        </Button>
      </KeyTip>
      {decided && (
        <KeyTip label="Take back the decision" keys={shownKey('clear')} position="top">
          <ActionIcon
            aria-label="Take back the decision"
            variant="default"
            size={30}
            onClick={() => void actions.clear()}
          >
            <Undo2 size={14} aria-hidden="true" />
          </ActionIcon>
        </KeyTip>
      )}
    </div>
  );
}
