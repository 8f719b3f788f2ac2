import { abortable } from '../stages/bounded';

export interface Gate {
  readonly open: () => void;
  readonly close: () => void;
  /** Whether it had to be waited for; rejects with the signal's reason. */
  readonly pass: () => Promise<boolean>;
}

/** What holds a paused job up. */
export function createGate(signal: AbortSignal): Gate {
  let opened: Promise<void> | null = null;
  let open: () => void = () => undefined;
  return {
    open: () => {
      open();
    },
    close: () => {
      opened = new Promise((resolve) => {
        open = () => {
          opened = null;
          resolve();
        };
      });
    },
    pass: async () => {
      signal.throwIfAborted();
      if (opened === null) return false;
      while (opened !== null) await abortable(opened, signal);
      return true;
    },
  };
}
