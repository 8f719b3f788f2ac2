/** Writes what describes the command line to man and to shells into out/manual, by asking the built program itself. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = {
  'genregram.1': ['manual'],
  'genregram.bash': ['completions', 'bash'],
  _genregram: ['completions', 'zsh'],
  'genregram.fish': ['completions', 'fish'],
};

/** @param folder where to; the program must have been built */
export function writeManual(folder = join(root, 'out/manual')) {
  mkdirSync(folder, { recursive: true });
  for (const [name, args] of Object.entries(files))
    writeFileSync(join(folder, name), execFileSync(process.execPath, [join(root, 'out/main/cli.cjs'), ...args]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeManual();
