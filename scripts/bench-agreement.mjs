/**
 * `node scripts/bench-agreement.mjs FOLDER…`: how often a quick look (12 windows) names the genre that listening to all windows names. Tracks
 * of under 36 s are left out, since of these 12 windows are all there is.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './build.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';

const QUICK = '12';
const LEAST_SECONDS = 36;
const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('Say which folders of music to listen to: node scripts/bench-agreement.mjs FOLDER…');
  process.exit(2);
}
await buildIfStale(['main'], console.error);
const work = mkdtempSync(join(tmpdir(), 'genregram-agreement-'));

/** path -> the genre verdict of each track that was heard. */
function hear(windows) {
  const library = ['--library', join(work, `${windows}.sqlite`)];
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'out/main/cli.cjs'), 'analyze', ...folders, ...library, '--windows', windows, '--json', '--quiet'],
    { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`listening to ${windows} windows ended with ${status}`);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return new Map(lines.filter(({ genre }) => genre).map((line) => [line.path, line]));
}

try {
  const all = hear('all');
  const quick = hear(QUICK);
  const tracks = [...all].filter(([path, { durationSec }]) => durationSec >= LEAST_SECONDS && quick.has(path));
  const agree = (list) => list.filter(([path, { genre }]) => quick.get(path).genre.top === genre.top).length;
  const share = (list) => `${agree(list)} of ${list.length} (${((100 * agree(list)) / list.length).toFixed(1)} %)`;
  const sure = tracks.filter(([path, { genre }]) => !genre.abstained && !quick.get(path).genre.abstained);
  console.log(`the same top genre: ${share(tracks)}; where both name one: ${share(sure)}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
