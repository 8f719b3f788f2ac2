import { useLayoutEffect, useRef } from 'react';
import { useLibraryStore } from '../library/library-store';
import { useKeyStore } from './key-store';
import { shortcutOf, type ShortcutId } from './shortcut-list';

export type ShortcutHandlers = Partial<Record<ShortcutId, (event: KeyboardEvent) => void>>;

/**
 * Listens for shortcuts anywhere in the window, except where the key means something to the control in focus.
 * Layout effects, so that what can be seen can be driven: a passive effect may run after the first key.
 */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const current = useRef(handlers);
  useLayoutEffect(() => {
    current.current = handlers;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const id = shortcutOf(event, useKeyStore.getState(), useLibraryStore.getState().view);
      if (!id || isTaken(event, id)) return;
      const handler = current.current[id];
      if (!handler) return;
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';
const MODAL = '[role=dialog], [role=menu], [role=listbox]';
const PRESSABLE = 'button, a[href], summary, [role=button], input[type=checkbox], input[type=radio]';
const STEPPED = 'input[type=radio], input[type=range], [role=slider]';

/** True where the focused control has its own use for the key. */
function isTaken(event: KeyboardEvent, id: ShortcutId): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  // The key has closed what it was pressed in.
  if (!target.isConnected) return true;
  if (target.closest(TYPING) || target.closest(MODAL)) return true;
  if (event.key === 'Enter' || event.key === ' ') return target.closest(PRESSABLE) !== null;
  if (['next', 'previous', 'first', 'last', 'pageDown', 'pageUp'].includes(id)) return target.closest(STEPPED) !== null;
  return false;
}
