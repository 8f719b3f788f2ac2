import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { repositoryRoot } from './requirements';

/** How a program ended and what it wrote. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export type RunningProgram = ChildProcessByStdio<null, Readable, Readable> & { readonly finished: Promise<Finished> };

/** Starts `node args…` and collects what it writes. */
export function startNode(args: readonly string[], options: RunOptions = {}): RunningProgram {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? repositoryRoot,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text: string) => (written[name] += text));
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...written });
    });
  });
  return Object.assign(child, { finished });
}

export const programPath = (name: 'cli' | 'web'): string => join(repositoryRoot, 'out', 'main', `${name}.cjs`);

/** Runs the built command line to its end. */
export const runCli = (args: readonly string[], options?: RunOptions): Promise<Finished> =>
  startNode([programPath('cli'), ...args], options).finished;

/** Resolves with the first match in what the program writes to stdout; rejects if it ends before. */
export function waitForOutput(program: RunningProgram, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    program.stdout.on('data', (more: string) => {
      text += more;
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    void program.finished.then(({ stdout, stderr }) => {
      reject(new Error(`the program ended without ${String(pattern)}:\n${stdout}\n${stderr}`));
    });
  });
}
