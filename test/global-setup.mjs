import { buildIfStale } from '../scripts/lib/build-if-stale.mjs';

/** Builds, once for all workers, the programs and the window that tests drive. */
export default () => buildIfStale(['main', 'renderer'], (line) => console.log(line));
