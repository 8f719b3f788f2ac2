import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useModels } from '../../api/queries';
import { strings } from '../../strings';
import styles from '../shell/ConnectionBanner.module.css';
import { useModelStore } from './model-store';

/** Says that the chosen model can't be used, for as long as it is so. */
export function ModelBanner() {
  const chosen = useModels().data?.chosen;
  const open = useModelStore((state) => state.open);
  return (
    <div role="status" aria-live="polite">
      {chosen?.problem && (
        <div className={styles.banner}>
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{strings.models.broken(chosen.id)}</span>
          <Button size="compact-xs" variant="default" onClick={open}>
            {strings.models.menu}
          </Button>
        </div>
      )}
    </div>
  );
}
