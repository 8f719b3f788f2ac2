import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Traced {
  readonly exitCode: number | null;
  /** System calls that made or used an internet socket, as strace shows them. Unix and netlink sockets are not among them. */
  readonly internet: readonly string[];
}

/**
 * Runs a program with all its children under strace (Linux) and gives the system calls with which it went, or could have gone,
 * to the network. Resolves when all of them have ended.
 */
export async function traceNetwork(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Traced> {
  const folder = mkdtempSync(join(tmpdir(), 'strace-'));
  const log = join(folder, 'log');
  const strace = ['-f', '--seccomp-bpf', '-e', 'trace=socket,connect,bind,sendto,sendmsg,sendmmsg', '-o', log];
  try {
    const child = spawn('strace', [...strace, ...command], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    return { exitCode, internet: internetCalls(readFileSync(log, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const internetCalls = (log: string): string[] => log.split('\n').filter((line) => /\bAF_INET6?\b/.test(line));
