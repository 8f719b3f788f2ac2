import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { timed } from './measure.mjs';

/** Decodes all files to mono 16 kHz with so many ffmpeg processes at a time, at the analysis' low priority, and throws the result away. */
export function floor(files, processes) {
  const waiting = [...files];
  const one = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await decodeToNothing(file);
  };
  return timed(() => Promise.all(Array.from({ length: processes }, one)));
}

function decodeToNothing(file) {
  const quiet = ['-nostdin', '-v', 'error', '-threads', '1'];
  const args = [...quiet, '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', '16000', '-f', 'null', '-'];
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', args, { stdio: 'ignore' }).once('error', reject).once('close', resolve);
    // The analysis lowers its priority, too; beside other work the comparison would be unfair otherwise.
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  });
}
