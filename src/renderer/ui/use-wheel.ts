import { useEffect, useRef, type RefObject } from 'react';

/** Listens to the wheel over an element. React does so passively, where the page's own scrolling and zooming can't be held back. */
export function useWheel(element: RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => void): void {
  const current = useRef(onWheel);
  useEffect(() => {
    current.current = onWheel;
  });
  useEffect(() => {
    const target = element.current;
    const listener = (event: WheelEvent): void => {
      current.current(event);
    };
    target?.addEventListener('wheel', listener, { passive: false });
    return () => {
      target?.removeEventListener('wheel', listener);
    };
  }, [element]);
}
