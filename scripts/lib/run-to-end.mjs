import { constants } from 'node:os';

/**
 * Waits for a child process, passing on the signals that end this one.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code; 128 + n if signal n ended it, as a shell has it
 */
export function runToEnd(child) {
  // A terminal's Ctrl+C reaches the child by itself (same process group); sent again it would count as a second one.
  const ignore = () => undefined;
  const passOn = (signal) => child.kill(signal);
  const isOnTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGINT', isOnTerminal ? ignore : passOn);
  process.on('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
