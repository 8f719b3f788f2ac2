import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { deviceOf, graphicsOfRegistry, linuxGraphics } from '../../../src/main/adapters/onnx/devices';

const folder = mkdtempSync(join(tmpdir(), 'genregram-devices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function system(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return join(folder, name);
}

const uevent = (driver: string, id: string): string =>
  `DRIVER=${driver}\nPCI_CLASS=30000\nPCI_ID=${id}\nMODALIAS=pci:v0\n`;

describe('the device that a provider runs on', () => {
  test('the CPU is known by name, with the system’s release', async () => {
    const { name, driver } = await deviceOf('cpu');
    expect(name).toBe(cpus()[0]?.model.trim() || process.arch);
    expect(driver).toContain(process.platform);
  });

  test('NVIDIA’s driver tells its cards and its version, other cards are known by their kernel driver', async () => {
    const root = system('both', {
      'proc/driver/nvidia/version':
        'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22 01:44:30 UTC 2024\nGCC version:  gcc version 12\n',
      'proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA RTX A2000\nIRQ:   	 142\n',
      'sys/class/drm/card0/device/uevent': uevent('nvidia', '10DE:2531'),
      'sys/class/drm/card1/device/uevent': uevent('i915', '8086:4680'),
      'sys/class/drm/card1-HDMI-A-1/status': 'connected\n',
    });
    const device = await linuxGraphics(root);
    expect(device?.name).toBe('NVIDIA RTX A2000 and Intel 4680 (i915)');
    expect(device?.driver).toMatch(/^nvidia 550\.54\.14 and i915 /);
  });

  test('the open driver’s version is found, too', async () => {
    const root = system('open', {
      'proc/driver/nvidia/version':
        'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  565.57.01  Release Build\n',
    });
    expect((await linuxGraphics(root))?.driver).toBe('nvidia 565.57.01');
  });

  test('Windows’ registry names cards and drivers, its own stand-ins are none', () => {
    const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}';
    const entry = (i: number, name: string, version: string): string =>
      `${key}\\000${i}\r\n    DriverDesc    REG_SZ    ${name}\r\n    ProviderName    REG_SZ    X\r\n    DriverVersion    REG_SZ    ${version}\r\n\r\n`;
    const listing = `${entry(0, 'NVIDIA GeForce RTX 4070', '32.0.15.6094')}${entry(1, 'Microsoft Basic Display Adapter', '10.0')}${key}\\Configuration\r\n`;
    expect(graphicsOfRegistry(listing)).toEqual({ name: 'NVIDIA GeForce RTX 4070', driver: '32.0.15.6094' });
    expect(graphicsOfRegistry('')).toBeNull();
  });
});
