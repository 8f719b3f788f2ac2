import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Group } from '#shared/contract/review';
import { strings } from '../../../strings';
import styles from './GroupNote.module.css';

interface GroupNoteProps {
  readonly of: 'album' | 'artist';
  readonly group: Group;
  /** Shows what taking the majority's genre would change. */
  readonly onTake: (genre: string) => void;
  readonly children?: ReactNode;
}

/** "9 of 11 tracks on this album say Jazz; this one disagrees", with what to do about it. */
export function GroupNote({ of, group, onTake, children }: GroupNoteProps) {
  const { majority } = group;
  return (
    <section
      className={styles.note}
      aria-label={strings.share.headings[of]}
      data-disagrees={group.agrees === false || undefined}
    >
      <h3 className={styles.heading}>{strings.share.headings[of]}</h3>
      <p className={styles.name}>{group.name}</p>
      <p className={styles.text}>{strings.share.says(of, group)}</p>
      <div className={styles.buttons}>
        {children}
        {majority && majority.others > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              onTake(majority.genre);
            }}
          >
            {strings.share.take(of, majority.genre)}
          </Button>
        )}
      </div>
    </section>
  );
}
