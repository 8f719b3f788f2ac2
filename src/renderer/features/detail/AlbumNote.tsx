import { useQuery } from '@tanstack/react-query';
import type { TrackRow } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { GroupNote } from '../review/share/GroupNote';
import { contextOptions } from '../review/share/share-queries';
import { useShareStore } from '../review/share/share-store';
import styles from './AlbumNote.module.css';

/** Where most of the album says otherwise: that it does, and the way to look at what following it would change. */
export function AlbumNote({ row }: { row: TrackRow }) {
  const connection = useConnection();
  const { data } = useQuery({ ...contextOptions(connection, row.id), enabled: row.album !== null });
  const album = data?.album;
  if (album?.agrees !== false) return null;
  return (
    <div className={styles.note}>
      <GroupNote
        of="album"
        group={album}
        onTake={(genre) => {
          useShareStore.getState().open({ row, of: 'album', genre });
        }}
      />
    </div>
  );
}
