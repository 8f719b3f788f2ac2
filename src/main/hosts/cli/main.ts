#!/usr/bin/env node
import type { CodedError } from '#shared/domain/failure';
import { EXIT } from '../shared/exit';
import { endProcess, runProgram } from '../shared/run-program';
import { createProgram } from './program';
import { writeLine } from './progress-lines';

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
// `report --json FILE` names a file.
const wantsJson = process.argv.includes('--json') && process.argv[2] !== 'report';
const wantsLines = /--progress[ =]json/.test(process.argv.join(' '));
const onFailure = ({ code, message }: CodedError): void => {
  // A failure of the whole command is its one JSON value.
  if (wantsJson) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
};
const tell = ({ code, message }: CodedError): void => {
  if (wantsLines) writeLine({ event: 'error', code, message });
  else console.error(message);
};
void runProgram(program, process.argv, onFailure, tell).then(endProcess);
