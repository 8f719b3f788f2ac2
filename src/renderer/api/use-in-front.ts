import { useEffect } from 'react';
import { useConnection } from './connection-context';
import { windowName } from './window-name';

/** The backend takes silence of a minute for a window that has gone. */
const AGAIN_MS = 20_000;

/** Tells the backend whether this window is in front, so that listening can make room for it. Called once, at the top of the tree. */
export function useInFront(): void {
  const connection = useConnection();
  useEffect(() => {
    let told = false;
    const tell = (inFront: boolean): void => {
      if (!inFront && !told) return;
      told = inFront;
      // Told again soon, and of no matter where there is no backend.
      connection.call('window.inFront', { window: windowName, inFront }).catch(() => undefined);
    };
    const look = (): void => {
      tell(document.visibilityState === 'visible' && document.hasFocus());
    };
    const leave = (): void => {
      tell(false);
    };
    look();
    const timer = setInterval(look, AGAIN_MS);
    const end = connection.onState(look);
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      end();
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', look);
    };
  }, [connection]);
}
