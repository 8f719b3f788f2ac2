import { ActionIcon, Button, Kbd } from '@mantine/core';
import { Pencil, RotateCcw } from 'lucide-react';
import { Fragment, useEffect, useState } from 'react';
import { strings } from '../../strings';
import { isMac, useKeyStore } from './key-store';
import { activeKeys, conflictOf, keyName, keyParts, keysOf, type Shortcut } from './shortcut-list';
import styles from './ShortcutSheet.module.css';

interface ShortcutLineProps {
  readonly shortcut: Shortcut;
  /** Whether the next key pressed is to be its own. */
  readonly asking: boolean;
  readonly onAsk: (ask: boolean) => void;
}

/** One shortcut of the sheet: its keys, what it does, and the way to another key. */
export function ShortcutLine({ shortcut, asking, onAsk }: ShortcutLineProps) {
  const { id, label, fixed } = shortcut;
  const bindings = useKeyStore();
  const changed = bindings.bound[id] !== undefined;
  return (
    <li className={styles.entry} data-asking={asking || undefined}>
      <span className={styles.keys}>
        <Keys names={keysOf(id, bindings)} active={activeKeys(id, bindings)} />
      </span>
      {asking ? (
        <Asking
          shortcut={shortcut}
          onEnd={() => {
            onAsk(false);
          }}
        />
      ) : (
        <>
          <span className={styles.label}>{label}</span>
          {changed && (
            <ActionIcon
              size={22}
              aria-label={strings.keys.reset(label)}
              title={strings.keys.reset(label)}
              onClick={() => {
                bindings.reset(id);
              }}
            >
              <RotateCcw size={12} aria-hidden="true" />
            </ActionIcon>
          )}
          {!fixed && (
            <ActionIcon
              size={24}
              className={styles.change}
              aria-label={strings.keys.change(label)}
              title={strings.keys.change(label)}
              onClick={() => {
                onAsk(true);
              }}
            >
              <Pencil size={12} aria-hidden="true" />
            </ActionIcon>
          )}
        </>
      )}
    </li>
  );
}

/** The digits as "1 – 9", any other keys one by one; those that are switched off are dimmed and said to be. */
function Keys({ names, active }: { names: readonly string[]; active: readonly string[] }) {
  if (names.length === 0) return <span className={styles.none}>{strings.keys.none}</span>;
  const many = names.length > 3;
  const shown = many ? [names[0] ?? '', names.at(-1) ?? ''] : names;
  return shown.map((name, index) => (
    <Fragment key={name}>
      {many && index === 1 && '–'}
      <span
        className={styles.key}
        data-off={!active.includes(name) || undefined}
        title={active.includes(name) ? undefined : strings.keys.off}
      >
        {keyParts(name, isMac).map((part) => (
          <Kbd key={part} size="xs">
            {part}
          </Kbd>
        ))}
      </span>
    </Fragment>
  ));
}

/** Waits for a key; one that is taken is told, and may be taken over. */
function Asking({ shortcut, onEnd }: { shortcut: Shortcut; onEnd: () => void }) {
  const { bind } = useKeyStore();
  const [wanted, setWanted] = useState<string | null>(null);
  const taken = wanted === null ? null : conflictOf(wanted, shortcut.id, useKeyStore.getState());

  useEffect(() => {
    if (wanted !== null) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Tab') {
        onEnd();
        return;
      }
      const name = keyName(event);
      event.preventDefault();
      event.stopPropagation();
      if (name === null) return;
      if (name === 'Escape') onEnd();
      else if (conflictOf(name, shortcut.id, useKeyStore.getState())) setWanted(name);
      else {
        bind(shortcut.id, name, null);
        onEnd();
      }
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [bind, onEnd, shortcut.id, wanted]);

  if (wanted === null || !taken)
    return (
      <span role="status" className={styles.label}>
        {strings.keys.press(shortcut.label)}
      </span>
    );
  return (
    <span role="alert" className={styles.taken}>
      {strings.keys.taken(keyParts(wanted, isMac).join(' '), taken.label)}
      <span className={styles.answers}>
        {!taken.fixed && (
          <Button
            size="compact-xs"
            variant="default"
            autoFocus
            onClick={() => {
              bind(shortcut.id, wanted, taken.id);
              onEnd();
            }}
          >
            {strings.keys.takeOver}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          autoFocus={taken.fixed === true}
          onClick={() => {
            setWanted(null);
          }}
        >
          {strings.keys.another}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onEnd}>
          {strings.keys.keep}
        </Button>
      </span>
    </span>
  );
}
