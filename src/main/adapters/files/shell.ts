import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

type Shell = ChildProcessByStdio<Writable, Readable, null>;

interface Waiting {
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
}

/** Longer than any program takes that is run here, also on a network drive. */
const LIMIT_MS = 20_000;

/**
 * Runs small programs, one after the other, by a shell that is started once and stays. To start a process, ours would be
 * copied each time and stand still meanwhile, which cost more than all the rest of writing a small file.
 */
export class ProgramRunner {
  private shell: Shell | null = null;
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | null = null;

  /**
   * Gives the program's exit status; 127 where it is missing. What it prints is dropped.
   *
   * @throws Error if there is no shell, or no answer for 20 seconds
   */
  run(program: string, args: readonly string[]): Promise<number> {
    const command = [program, ...args].map(quoted).join(' ');
    return new Promise((resolve, reject) => {
      try {
        this.shell ??= this.start();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      this.waiting.push({ resolve, reject });
      this.watch();
      this.shell.stdin.write(`${command} </dev/null >/dev/null 2>&1; echo $?\n`);
    });
  }

  private start(): Shell {
    const shell = spawn('/bin/sh', ['-s'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    });
    let text = '';
    shell.stdout.setEncoding('latin1');
    shell.stdout.on('data', (more: string) => {
      const lines = (text + more).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) this.waiting.shift()?.resolve(Number(line));
      this.watch();
    });
    shell.stdin.on('error', () => undefined);
    const gone = (): void => {
      if (this.shell === shell) this.end(new Error('the shell ended'));
    };
    shell.once('error', gone);
    shell.once('exit', gone);
    return shell;
  }

  /** The process stays alive for answers that are waited for, and for nothing else. */
  private watch(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.shell) return;
    const busy = this.waiting.length > 0;
    for (const handle of [this.shell, this.shell.stdin as Socket, this.shell.stdout as Socket])
      if (busy) handle.ref();
      else handle.unref();
    if (busy)
      this.timer = setTimeout(() => {
        this.end(new Error('no answer from the shell'));
      }, LIMIT_MS);
  }

  private end(error: Error): void {
    const shell = this.shell;
    this.shell = null;
    if (this.timer) clearTimeout(this.timer);
    shell?.kill('SIGKILL');
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}

/** Any text as one word of the shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
