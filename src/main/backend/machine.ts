import { listeningSettings } from './listening-settings';
import type { PowerSource } from '../ports';
import type { BackendParts } from './context';
import type { Job } from './jobs/runner';
import { abortable } from './stages/bounded';

/** A window says again and again that it is in front; what was last said so long ago counts no more. */
const IN_FRONT_MS = 60_000;

export interface Machine {
  /** A window is in front, or no longer. */
  windowInFront(window: string, inFront: boolean): void;
  settingsChanged(): void;
  /** To be awaited before each track: holds the job up while the user wants nothing done on battery. @throws the signal's reason */
  untilAllowed(job: Pick<Job, 'signal' | 'hold' | 'release'>): Promise<void>;
  /** Why the battery is no reason to wait although the settings say so; null where all is well. */
  doubt(): string | null;
  close(): void;
}

/** Knows what of the machine listening may take at the moment, and tells the analysis. */
export function createMachine({ store, analysis, power }: Pick<BackendParts, 'store' | 'analysis' | 'power'>): Machine {
  const source = power ?? UNKNOWN;
  const inFront = new Map<string, NodeJS.Timeout>();
  let told = '';
  let waiting: (() => void)[] = [];

  function tellAnalysis(): void {
    const { share, yieldToWindow } = listeningSettings(store);
    const load = { share, inFront: yieldToWindow && inFront.size > 0 };
    if (told === JSON.stringify(load)) return;
    told = JSON.stringify(load);
    analysis.setLoad(load);
  }

  const mustWait = (): boolean => listeningSettings(store).pauseOnBattery && source.onBattery() === true;

  function wakeIfAllowed(): void {
    if (mustWait()) return;
    const all = waiting;
    waiting = [];
    for (const wake of all) wake();
  }

  function forget(window: string): void {
    clearTimeout(inFront.get(window));
    inFront.delete(window);
    tellAnalysis();
  }

  tellAnalysis();
  const unwatch = source.watch(wakeIfAllowed);
  return {
    windowInFront(window, isInFront) {
      if (!isInFront) {
        forget(window);
        return;
      }
      clearTimeout(inFront.get(window));
      const lapse = setTimeout(forget, IN_FRONT_MS, window);
      lapse.unref();
      inFront.set(window, lapse);
      tellAnalysis();
    },
    settingsChanged() {
      tellAnalysis();
      wakeIfAllowed();
    },
    async untilAllowed(job) {
      while (mustWait()) {
        job.hold('The machine runs on its battery');
        await abortable(new Promise<void>((resolve) => waiting.push(resolve)), job.signal);
      }
      job.release();
    },
    doubt: () =>
      listeningSettings(store).pauseOnBattery && source.onBattery() === null
        ? "Whether this machine runs on its battery can't be told here, so listening doesn't wait for it."
        : null,
    close() {
      unwatch();
      for (const lapse of inFront.values()) clearTimeout(lapse);
    },
  };
}

const UNKNOWN: PowerSource = { onBattery: () => null, watch: () => () => undefined };
