import { existsSync, readFileSync } from 'node:fs';

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Ticks a second of /proc, the same on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of processor that a process and its ended children have taken; null where /proc can't tell. */
export function processorSeconds(pid = 'self') {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // The name may hold blanks and brackets; what follows is utime, stime, cutime, cstime in fields 14 to 17.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}

/** Largest resident memory of a process with its threads, without its children; null where /proc can't tell. */
export function peakMegabytes(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))[1]) / 1024;
}

/** What `work` takes: wall seconds, and processor seconds of the process that does it with its children. */
export async function timed(work, pid = 'self') {
  const cpu = processorSeconds(pid);
  const start = performance.now();
  const result = await work();
  const wall = (performance.now() - start) / 1000;
  return { result, wall, cpu: cpu === null ? null : processorSeconds(pid) - cpu };
}
