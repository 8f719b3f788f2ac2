import { Button, Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { strings } from '../../strings';
import { useKeyStore } from './key-store';
import { SHORTCUTS, type Shortcut, type ShortcutId } from './shortcut-list';
import { ShortcutLine } from './ShortcutLine';
import styles from './ShortcutSheet.module.css';

const LIST: readonly Shortcut[] = SHORTCUTS;
/** In the order in which the list has them first. */
const GROUPS = [...new Set(LIST.map(({ group }) => group))];

/** The `?` sheet: every key there is, and the way to other ones. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [asking, setAsking] = useState<ShortcutId | null>(null);
  const { bound, singleKeys, setSingleKeys, resetAll } = useKeyStore();
  const close = (): void => {
    setAsking(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      closeOnEscape={asking === null}
      title={strings.keys.title}
      size={820}
      closeButtonProps={{ 'aria-label': strings.keys.close }}
    >
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className={styles.heading}>{group}</h3>
            <ul className={styles.list}>
              {LIST.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <ShortcutLine
                  key={shortcut.id}
                  shortcut={shortcut}
                  asking={asking === shortcut.id}
                  onAsk={(ask) => {
                    setAsking(ask ? shortcut.id : null);
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={styles.note}>{strings.keys.note}</p>
      <div className={styles.foot}>
        <Switch
          size="xs"
          checked={singleKeys}
          onChange={(event) => {
            setSingleKeys(event.currentTarget.checked);
          }}
          label={strings.keys.single}
          description={strings.keys.singleHelp}
        />
        <Button
          variant="default"
          disabled={singleKeys && Object.keys(bound).length === 0}
          onClick={() => {
            resetAll();
            setAsking(null);
          }}
        >
          {strings.keys.resetAll}
        </Button>
      </div>
    </Modal>
  );
}
