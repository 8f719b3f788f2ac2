/** Whether Chromium's sandbox can be had here; where it can't, Electron would end at once instead of opening its window. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SETUID = 0o4000;

/**
 * @param {string} binary the Electron binary
 * @returns {string | null} why the sandbox must be left out, or null if it works
 */
export function whyNoSandbox(binary) {
  if (process.platform !== 'linux') return null;
  if (process.getuid() === 0) return 'this is the root user (better start it as an ordinary one)';
  const helper = statSync(join(dirname(binary), 'chrome-sandbox'), { throwIfNoEntry: false });
  if (helper?.uid === 0 && (helper.mode & SETUID) !== 0) return null;
  // The same that Chromium is about to do. Ubuntu from 23.10 on and hardened kernels keep it from ordinary users.
  const { status } = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  return status === 0 ? null : 'this system keeps user namespaces from ordinary users';
}
