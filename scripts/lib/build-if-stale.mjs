/** Builds a part of out/ only where its sources are newer than its last complete build. */
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMain, buildRenderer, root } from '../build.mjs';

const common = ['src/shared', 'package.json', 'scripts/build.mjs', 'tsconfig.base.json'];
const parts = {
  main: { sources: ['src/main', ...common], program: 'out/main/cli.cjs', build: buildMain },
  renderer: {
    sources: ['src/renderer', 'vite.config.ts', ...common],
    program: 'out/renderer/index.html',
    build: buildRenderer,
  },
};

/** Latest modification time in milliseconds of a file, or of anything in a folder (the folders too: a file may have gone). */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stats.mtimeMs);
}

function isStale(name) {
  const { sources, program } = parts[name];
  const stamp = statSync(stampOf(name), { throwIfNoEntry: false });
  if (!stamp || !existsSync(join(root, program))) return true;
  return sources.some((source) => newest(join(root, source)) > stamp.mtimeMs);
}

const stampOf = (name) => join(root, 'out', `.built-${name}`);

/**
 * @param {('main' | 'renderer')[]} names
 * @param {(line: string) => void} tell told of each part that is built, for the screen
 */
export async function buildIfStale(names, tell) {
  for (const name of names) {
    if (name === 'renderer' && !existsSync(join(root, 'src/renderer/index.html'))) continue;
    if (!isStale(name)) continue;
    tell(`Building ${name === 'main' ? 'the programs' : 'the window'} …`);
    // The stamp is the time before the build: a source saved meanwhile makes the next start build again.
    const startedAt = new Date();
    await parts[name].build();
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(stampOf(name), startedAt.toISOString());
    utimesSync(stampOf(name), startedAt, startedAt);
  }
}
