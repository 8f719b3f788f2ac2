import { fork } from 'node:child_process';
import type { SpawnAnalysis } from '../ports';

/**
 * Starts the analysis program as a forked Node process. Its stdout and stderr are dropped (graphics drivers chatter there),
 * unless GENREGRAM_DEBUG is set.
 */
export function spawnByFork(entry: string): SpawnAnalysis {
  return () => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', process.env['GENREGRAM_DEBUG'] ? 'inherit' : 'ignore', 'ipc'],
      windowsHide: true,
    } as Parameters<typeof fork>[2]);
    return {
      post: (message) => {
        // A message to a process that is going is lost, its exit tells so; without a callback the error would be thrown.
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        child.once('exit', (code) => listener(code));
        child.once('error', () => listener(null));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
