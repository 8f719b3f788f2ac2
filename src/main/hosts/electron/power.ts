import type { PowerSource } from '../../ports';

/** The power supply as main tells of it, which alone of the processes is told by the system. */
export interface ToldPower extends PowerSource {
  tell(onBattery: boolean): void;
}

export function createToldPower(): ToldPower {
  let onBattery: boolean | null = null;
  const listeners = new Set<() => void>();
  return {
    onBattery: () => onBattery,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(now) {
      onBattery = now;
      for (const listener of listeners) listener();
    },
  };
}
