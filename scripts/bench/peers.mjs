/** Other programs on the same files: each is a script in test/bench/peers that prints what it measured, or why it was left out. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../build.mjs';

const folder = join(root, 'test', 'bench', 'peers');
const LIMIT_MS = 30 * 60 * 1000;

/** Those of $GENREGRAM_PEERS_PYTHON (several as on PATH) have the packages that the scripts import; any other has them or not. */
const pythons = [...(process.env['GENREGRAM_PEERS_PYTHON'] ?? '').split(delimiter), 'python3', 'python']
  .filter(Boolean)
  .filter((program) => spawnSync(program, ['-V']).status === 0);

/**
 * Runs each peer once over the files, one after the other.
 *
 * @param {readonly string[]} files
 * @param {number} ours seconds that our analysis took for them
 * @returns {Promise<string[][]>} rows of name, seconds (without the start of the program), and how many times ours; a peer that is not
 *   installed says so
 */
export async function peers(files, ours) {
  if (pythons.length === 0) return [['none: there is no Python here', '', '']];
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.py') && name !== 'common.py');
  return scripts.sort().map((script) => rowOf(script, runPeer(script, files), files.length, ours));
}

/** With the first Python that has what the script needs; else why the first one has not. */
function runPeer(script, files) {
  let without = null;
  for (const python of pythons) {
    const result = runWith(python, script, files);
    if (!('skipped' in result)) return result;
    without ??= result;
  }
  return without;
}

function runWith(python, script, files) {
  const run = spawnSync(python, [join(folder, script), ...files], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
    timeout: LIMIT_MS,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const line = run.stdout?.trim().split('\n').at(-1) ?? '';
  if (line.startsWith('{')) return JSON.parse(line);
  const why = run.error?.message ?? run.stderr?.trim().split('\n').at(-1) ?? `exit status ${run.status}`;
  return { name: script, skipped: why };
}

function rowOf(script, result, asked, ours) {
  if ('skipped' in result) return [`${result.name}: left out (${result.skipped})`, '', ''];
  const { name, files, seconds, failed } = result;
  for (const failure of failed) process.stderr.write(`${script}: ${failure}\n`);
  const part = files === asked ? '' : `, ${files} of ${asked} files`;
  return [`${name}${part}`, seconds.toFixed(1), files === asked ? (seconds / ours).toFixed(2) : ''];
}
