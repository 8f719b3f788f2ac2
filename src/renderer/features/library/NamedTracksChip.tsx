import { CloseButton } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { strings } from '../../strings';
import { formatPlural } from '../../ui/format';
import { useLibraryStore } from './library-store';
import styles from './NamedTracksChip.module.css';

/** Over the table, where it shows a list that was put together elsewhere: which one, and the way back to all tracks. */
export function NamedTracksChip() {
  const { named, showTracks } = useLibraryStore();
  if (!named) return null;
  return (
    <div className={styles.line}>
      <span className={styles.chip}>
        <ListFilter size={14} aria-hidden="true" />
        <span className={styles.label}>
          {strings.named.shown(formatPlural(named.ids.length, 'track'), named.label)}
        </span>
        <CloseButton
          size={24}
          aria-label={strings.named.dismiss}
          onClick={() => {
            showTracks(null);
          }}
        />
      </span>
    </div>
  );
}
