import { useEffect, useRef, type RefObject } from 'react';
import { useLibraryStore } from './library-store';
import { selectOne } from './selection';
import type { Library } from './use-library';

/** Scrolling is written down once it has come to rest. */
const REST_MS = 400;

/**
 * Keeps where one is in the table over a restart of the window: how far it is scrolled and which track is under the cursor. It is
 * brought back once, with the first rows; a track that is elsewhere by then is looked for, one that is gone is let go.
 */
export function useKeptPlace(scroller: RefObject<HTMLDivElement | null>, library: Library): void {
  const broughtBack = useRef(false);
  const { pending, outdated, fetchIds, fetchRow } = library;

  useEffect(() => {
    if (broughtBack.current || pending || outdated) return;
    broughtBack.current = true;
    const { place, selection, setSelection } = useLibraryStore.getState();
    // Coming back from another view the selection is there still.
    const known = selection.cursorId !== null;
    scroller.current?.scrollTo({ top: place.scrollTop });
    if (known || place.id === null) return;
    const { id, index } = place;
    const bringBack = async (): Promise<void> => {
      const at = (await fetchRow(index))?.id === id ? index : (await fetchIds()).indexOf(id);
      if (at >= 0 && useLibraryStore.getState().selection.cursorId === null) setSelection(selectOne(id, at));
    };
    // Nothing is lost but the place.
    bringBack().catch(() => undefined);
  }, [scroller, pending, outdated, fetchIds, fetchRow]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Read while the table is there: one that has left the page says 0.
    let { scrollTop } = element;
    const keep = (): void => {
      timer = undefined;
      const { selection, place, setPlace } = useLibraryStore.getState();
      const next = { id: selection.cursorId, index: selection.cursorIndex, scrollTop };
      if (place.id !== next.id || place.index !== next.index || place.scrollTop !== next.scrollTop) setPlace(next);
    };
    const soon = (): void => {
      ({ scrollTop } = element);
      clearTimeout(timer);
      timer = setTimeout(keep, REST_MS);
    };
    /** Who leaves before it has come to rest finds the place too. */
    const now = (): void => {
      if (timer === undefined) return;
      clearTimeout(timer);
      keep();
    };
    element.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('pagehide', now);
    const unsubscribe = useLibraryStore.subscribe((state, before) => {
      if (state.selection.cursorId !== before.selection.cursorId) soon();
    });
    return () => {
      now();
      element.removeEventListener('scroll', soon);
      window.removeEventListener('pagehide', now);
      unsubscribe();
    };
  }, [scroller]);
}
