/** `npm run --silent cli -- …`: the command line from the sources. Only the program itself writes to stdout. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './build.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';
import { runToEnd } from './lib/run-to-end.mjs';

await buildIfStale(['main', ...(process.argv[2] === 'serve' ? ['renderer'] : [])], (line) => console.error(line));
// npm starts scripts in the package's folder; paths that were typed are meant from where the user stands.
const cwd = process.env.INIT_CWD ?? process.cwd();
const program = join(root, 'out/main/cli.cjs');
process.exitCode = await runToEnd(
  spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], { cwd, stdio: 'inherit' }),
);
