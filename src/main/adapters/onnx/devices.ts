import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { join } from 'node:path';

/** What a provider runs on, as far as it can be known without native code. */
export interface Device {
  readonly name: string;
  /** Driver and version, or the system's release where it comes with the system. */
  readonly driver: string;
}

const COMMAND_MS = 5_000;

/** The device of a provider. Where there are several graphics processors, all are named: which one is taken only the driver knows. */
export async function deviceOf(provider: string): Promise<Device> {
  const system = { name: cpus()[0]?.model.trim() || process.arch, driver: `${process.platform} ${release()}` };
  // Core ML's devices are parts of the same chip, and its driver is part of the system.
  if (['cpu', 'wasm', 'coreml'].includes(provider) || process.platform === 'darwin') return system;
  const found = await (process.platform === 'win32' ? windowsGraphics() : linuxGraphics('/'));
  return found ?? { name: 'no known graphics processor', driver: `${system.driver}, ${system.name}` };
}

/** @param root `/`; tests put a folder there. */
export async function linuxGraphics(root: string): Promise<Device | null> {
  return merged([(await nvidiaOfProc(root)) ?? (await nvidiaOfCommand()), ...(await cardsOfSys(root))]);
}

/** NVIDIA's driver says what it drives in files. */
async function nvidiaOfProc(root: string): Promise<Device | null> {
  const folder = join(root, 'proc/driver/nvidia');
  const version = /Kernel Module.*?\s(\d+\.[\d.]+)/.exec(await text(join(folder, 'version')))?.[1];
  if (version === undefined) return null;
  const gpus = await names(join(folder, 'gpus'));
  const models = await Promise.all(gpus.map((gpu) => text(join(folder, 'gpus', gpu, 'information'))));
  const found = models.flatMap((information) => /^Model:\s*(.+)$/m.exec(information)?.[1] ?? []);
  return { name: found.join(' and ') || 'NVIDIA', driver: `nvidia ${version}` };
}

/** In the Linux of Windows the files are missing, and the command is there. */
async function nvidiaOfCommand(): Promise<Device | null> {
  const lines = await output('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader']);
  const gpus = lines.split('\n').flatMap((line) => /^(.+), ([\d.]+)\s*$/.exec(line)?.slice(1) ?? []);
  const found = gpus.filter((_, i) => i % 2 === 0);
  return found.length === 0 ? null : { name: found.join(' and '), driver: `nvidia ${gpus[1]}` };
}

const MAKERS: Readonly<Record<string, string>> = { '1002': 'AMD', '8086': 'Intel', '106B': 'Apple' };

/** Cards of other makers, whose drivers come with the kernel. NVIDIA's own driver has spoken for its cards already. */
async function cardsOfSys(root: string): Promise<(Device | null)[]> {
  const folder = join(root, 'sys/class/drm');
  const cards = (await names(folder)).filter((name) => /^card\d+$/.test(name)).sort();
  return Promise.all(
    cards.map(async (card) => {
      const about = await text(join(folder, card, 'device/uevent'));
      const driver = /^DRIVER=(.+)$/m.exec(about)?.[1];
      const [, maker, id] = /^PCI_ID=(\w+):(\w+)$/m.exec(about) ?? [];
      if (driver === undefined || driver === 'nvidia' || maker === undefined) return null;
      return { name: `${MAKERS[maker] ?? maker} ${id} (${driver})`, driver: `${driver} ${release()}` };
    }),
  );
}

/** Windows keeps the graphics processors, present and former, and their drivers in the registry. */
async function windowsGraphics(): Promise<Device | null> {
  const DISPLAY_ADAPTERS = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}';
  return graphicsOfRegistry(await output('reg', ['query', DISPLAY_ADAPTERS, '/s']));
}

/** @param listing what `reg query` prints of the class of display adapters. */
export function graphicsOfRegistry(listing: string): Device | null {
  const adapters = listing.split(/^HKEY/m).map((entry) => {
    const value = (name: string): string | undefined =>
      new RegExp(`^\\s+${name}\\s+REG_SZ\\s+(.+?)\\s*$`, 'm').exec(entry)?.[1];
    const [name, version] = [value('DriverDesc'), value('DriverVersion')];
    return name === undefined || /Microsoft (Basic|Remote)/.test(name) ? null : { name, driver: version ?? '' };
  });
  return merged(adapters);
}

function merged(devices: readonly (Device | null)[]): Device | null {
  const found = devices.filter((device) => device !== null);
  if (found.length === 0) return null;
  const all = (of: (device: Device) => string): string => [...new Set(found.map(of))].join(' and ');
  return { name: all(({ name }) => name), driver: all(({ driver }) => driver) };
}

const text = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** What a command prints; nothing if it is not there or fails. */
function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: COMMAND_MS, windowsHide: true }, (error, stdout) =>
      resolve(error ? '' : stdout),
    );
  });
}
