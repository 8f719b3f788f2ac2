import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { strings } from '../../strings';
import { useKeyStore } from './key-store';
import { SHORTCUTS, type Shortcut, type ShortcutId } from './shortcut-list';
import { ShortcutLine } from './ShortcutLine';
import styles from './ShortcutSheet.module.css';

const LIST: readonly Shortcut[] = SHORTCUTS;
/** In the order in which the list has them first. */
const GROUPS = [...new Set(LIST.map(({ group }) => group))];

const HELP_ID = 'single-keys-help';

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
      size={1120}
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
        <Checkbox
          checked={singleKeys}
          onChange={(event) => {
            setSingleKeys(event.currentTarget.checked);
          }}
          label={strings.keys.single}
          aria-describedby={HELP_ID}
        />
        <span id={HELP_ID} className={styles.help}>
          {strings.keys.singleHelp}
        </span>
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
