/** Where the Electron runtime is, and fetching it once by the electron package's own installer. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build.mjs';

const packageFolder = join(root, 'node_modules/electron');
const binaryNames = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const binaryName = binaryNames[process.platform] ?? 'electron';

/** A fetch that brings no byte for this long is given up. A slow one that goes on is left to finish. */
const STALL_MS = Number(process.env.GENREGRAM_FETCH_STALL_MS ?? 20_000);

/** @returns {string | null} why no window can be shown here, or null if one can */
export function whyNoDisplay() {
  if (process.platform !== 'linux') return null;
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null;
  return 'no display is here (neither DISPLAY nor WAYLAND_DISPLAY is set)';
}

/**
 * Finds the runtime, fetching it if it is not there yet.
 *
 * @param {(line: string) => void} tell
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function findElectron(tell) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const binary = join(override, binaryName);
    return existsSync(binary) ? { binary } : { reason: `ELECTRON_OVERRIDE_DIST_PATH holds no ${binaryName}` };
  }
  const binary = join(packageFolder, 'dist', binaryName);
  if (isFetched(binary)) return { binary };
  if (!existsSync(join(packageFolder, 'install.js'))) return { reason: 'the electron package is not installed' };
  const reason = await fetchRuntime(tell);
  return reason ? { reason } : { binary };
}

/** path.txt is the last thing its installer writes: a runtime without it was only unpacked in part. */
function isFetched(binary) {
  return existsSync(binary) && existsSync(join(packageFolder, 'path.txt'));
}

/** @returns {Promise<string | null>} null when done, else why it failed */
function fetchRuntime(tell) {
  const temp = mkdtempSync(join(tmpdir(), 'genregram-electron-'));
  const env = { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp };
  const child = spawn(process.execPath, [join(packageFolder, 'install.js')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text) => {
    errors = (errors + text).slice(-10_000);
  });
  return new Promise((resolve) => {
    const stopWatching = watchProgress([temp, join(packageFolder, 'dist')], tell, () => {
      child.kill('SIGKILL');
      finish(`its runtime could not be fetched (no data for ${Math.round(STALL_MS / 1000)} s)`);
    });
    const finish = (reason) => {
      stopWatching();
      rmSync(temp, { recursive: true, force: true });
      resolve(reason);
    };
    child.once('error', (error) => finish(`its runtime could not be fetched (${error.message})`));
    child.once('exit', (code) =>
      finish(code === 0 ? null : `its runtime could not be fetched (${describeErrors(errors)})`),
    );
  });
}

/** The first line of an error's stack with its cause: "fetch failed: getaddrinfo ENOTFOUND github.com". */
function describeErrors(text) {
  const first = /^(?:\w*Error: )(.+)$/m.exec(text)?.[1] ?? 'its installer failed';
  const cause = /\[cause\]: (?:\w*Error: )?(.+?)(?: \{)?$/m.exec(text)?.[1];
  return cause ? `${first}: ${cause}` : first;
}

/** Calls `onStall` once if the folders together do not grow for STALL_MS. Returns a function that ends the watch. */
function watchProgress(folders, tell, onStall) {
  const start = sizeOf(folders);
  let size = start;
  let lastGrowth = Date.now();
  let told = false;
  const timer = setInterval(() => {
    const now = sizeOf(folders);
    if (now !== size) lastGrowth = Date.now();
    size = now;
    if (!told && size > start) {
      tell('Fetching the Electron runtime (about 110 MB, only this once) …');
      told = true;
    }
    if (Date.now() - lastGrowth > STALL_MS) onStall();
  }, 500);
  return () => clearInterval(timer);
}

function sizeOf(paths) {
  let bytes = 0;
  for (const path of paths) {
    try {
      const stats = statSync(path);
      bytes += stats.isDirectory() ? sizeOf(readdirSync(path).map((name) => join(path, name))) : stats.size;
    } catch {
      // Moved or removed by the installer between the listing and the look at it.
    }
  }
  return bytes;
}
