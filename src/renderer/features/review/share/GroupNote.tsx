import type { ReactNode } from 'react';
import type { Group } from '#shared/contract/review';
import { strings } from '../../../strings';
import styles from './GroupNote.module.css';

/** "9 of 11 tracks on this album say Jazz; this one disagrees", with what to do about it. */
export function GroupNote({ of, group, children }: { of: 'album' | 'artist'; group: Group; children: ReactNode }) {
  return (
    <section
      className={styles.note}
      aria-label={strings.share.headings[of]}
      data-disagrees={group.agrees === false || undefined}
    >
      <h3 className={styles.heading}>{strings.share.headings[of]}</h3>
      <p className={styles.name}>{group.name}</p>
      <p className={styles.text}>{strings.share.says(of, group)}</p>
      {children}
    </section>
  );
}
