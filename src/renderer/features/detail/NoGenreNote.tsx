import { Button } from '@mantine/core';
import { strings } from '../../strings';
import { useModelStore } from '../models/model-store';
import styles from './OneTrack.module.css';

/** Where the genre would stand, for a track heard by a model that tells none: why there is none, and the way to one. */
export function NoGenreNote() {
  const open = useModelStore((state) => state.open);
  return (
    <div className={styles.noGenre}>
      <p>{strings.noGenre.note}</p>
      <Button size="compact-sm" variant="default" onClick={open}>
        {strings.noGenre.choose}
      </Button>
    </div>
  );
}
