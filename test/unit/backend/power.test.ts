import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPowerSource, runsOnBattery } from '../../../src/main/adapters/power';
import { temporaryFolder } from '../../builders/backend';

describe("the kernel's word on the power supply", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.cleanUp();
  });

  const supply = (name: string, files: Readonly<Record<string, string>>): void => {
    mkdirSync(join(folder.path, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder.path, name, file), `${text}\n`);
  };

  it('is mains where there is no battery, and nothing where there is no such folder', () => {
    expect(runsOnBattery(folder.path)).toBe(false);
    expect(runsOnBattery(join(folder.path, 'none'))).toBeNull();
    expect(createPowerSource(null).onBattery()).toBeNull();
  });

  it('is battery where it discharges and nothing is plugged in', () => {
    supply('AC', { type: 'Mains', online: '0' });
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    expect(runsOnBattery(folder.path)).toBe(true);
    supply('AC', { type: 'Mains', online: '1' });
    expect(runsOnBattery(folder.path)).toBe(false);
    supply('AC', { type: 'Mains', online: '0' });
    supply('usb', { type: 'USB', online: '1' });
    expect(runsOnBattery(folder.path)).toBe(false);
  });

  it("minds no mouse's battery", () => {
    supply('hidpp_battery_0', { type: 'Battery', status: 'Discharging', scope: 'Device' });
    expect(runsOnBattery(folder.path)).toBe(false);
  });

  it('is told of when it changes', async () => {
    supply('BAT0', { type: 'Battery', status: 'Full' });
    const source = createPowerSource(folder.path, 5);
    let told = 0;
    const end = source.watch(() => told++);
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    await expect.poll(() => told).toBe(1);
    expect(source.onBattery()).toBe(true);
    end();
  });
});
