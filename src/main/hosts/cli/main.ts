#!/usr/bin/env node
import { EXIT } from '../shared/exit';
import { endProcess, runProgram } from '../shared/run-program';
import { createProgram } from './program';

/** The first Ctrl+C asks the running job to stop, the second ends the process. `serve` listens by itself. */
function signalOfInterrupts(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (controller.signal.aborted && process.argv[2] !== 'serve') process.exit(EXIT.interrupted);
      controller.abort();
    });
  return controller.signal;
}

// A reader that has seen enough (`| head`) closes the pipe: that is an end, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

const program = createProgram({ programFolder: __dirname, signal: signalOfInterrupts() });
const wantsJson = process.argv.includes('--json');
void runProgram(program, process.argv, ({ code, message }) => {
  // A failure of the whole command is its one JSON value.
  if (wantsJson) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
}).then(endProcess);
