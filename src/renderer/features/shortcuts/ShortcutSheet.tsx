import { Kbd, Modal } from '@mantine/core';
import styles from './ShortcutSheet.module.css';
import { isMac } from './key-store';
import { keyParts, SHORTCUTS } from './shortcut-list';

const GROUPS = ['Decide', 'Move', 'Select', 'Listen', 'Go to'] as const;

/** The `?` sheet: every key there is. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className={styles.heading}>{group}</h3>
            <dl className={styles.list}>
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <div key={shortcut.id} className={styles.entry}>
                  <dt>
                    {shortcut.keys
                      .slice(0, 2)
                      .flatMap((key) => keyParts(key, isMac))
                      .map((key) => (
                        <Kbd key={key} size="xs">
                          {key}
                        </Kbd>
                      ))}
                  </dt>
                  <dd>{shortcut.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>
        Hold Shift while moving to select a range; Ctrl or ⌘ click takes single tracks in and out.
      </p>
    </Modal>
  );
}
