import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a program of test/ as the build does those of src/main, and gives the path of the result. */
export async function bundleProgram(entry: string): Promise<string> {
  const outfile = join(root, 'out/test', entry.replaceAll('/', '-').replace(/\.ts$/, '.cjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [join('test', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['libsql', 'onnxruntime-node', 'onnxruntime-web', 'mpg123-decoder'],
    define: { 'import.meta.url': 'undefined' },
    logLevel: 'warning',
  });
  return outfile;
}

export interface Child {
  readonly process: ChildProcess;
  /** The next line of its standard output; rejects when it ends without one. */
  line(): Promise<string>;
  /** Ends it as `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>;
}

export function startChild(program: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    line: async () => {
      const next = await lines.next();
      if (next.done) throw new Error('the child ended');
      return next.value;
    },
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}
