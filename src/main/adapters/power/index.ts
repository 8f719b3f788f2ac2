import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PowerSource } from '../../ports';

const SUPPLIES = '/sys/class/power_supply';
/** How often the kernel is asked. */
const ASK_MS = 5_000;

/** What the kernel of Linux says of the power supply; on other systems nothing is known. */
export function createPowerSource(
  folder = process.platform === 'linux' ? SUPPLIES : null,
  askMs = ASK_MS,
): PowerSource {
  const onBattery = (): boolean | null => (folder === null ? null : runsOnBattery(folder));
  return {
    onBattery,
    watch(listener) {
      if (folder === null) return () => undefined;
      let last = onBattery();
      const timer = setInterval(() => {
        const now = onBattery();
        if (now !== last) listener();
        last = now;
      }, askMs);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

/**
 * By the files of `power_supply` (the kernel's `Documentation/ABI/testing/sysfs-class-power`). A supply of `scope` Device feeds a mouse
 * or the like. Null if there is no such folder.
 */
export function runsOnBattery(folder: string): boolean | null {
  const supplies = listSupplies(folder);
  if (supplies === null) return null;
  const ofMachine = supplies.filter(({ scope }) => scope !== 'Device');
  if (ofMachine.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  return ofMachine.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}

function listSupplies(folder: string) {
  try {
    return readdirSync(folder).map((name) => {
      const read = (file: string): string => readText(join(folder, name, file));
      return { type: read('type'), status: read('status'), online: read('online'), scope: read('scope') };
    });
  } catch {
    return null;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
