import { CommanderError, type Command } from 'commander';
import { CodedError } from '#shared/domain/failure';
import { EXIT, UsageError } from './exit';

/** Makes commander throw instead of ending the process; commands added afterwards inherit it. */
export function prepareProgram(program: Command): Command {
  return program.exitOverride().showHelpAfterError('(add --help to see how it is used)').showSuggestionAfterError();
}

/**
 * Runs a command line to its end and gives the exit code. Sentences for the user go to stderr; stdout belongs to the
 * command.
 *
 * @param onFailure told of an expected failure of the whole command, for output that machines read
 * @param tell says to the user why the whole command failed
 */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  onFailure: (error: CodedError) => void = () => undefined,
  tell: (error: CodedError) => void = ({ message }) => console.error(message),
): Promise<number> {
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    return exitCodeOf(error, onFailure, tell);
  }
}

function exitCodeOf(error: unknown, onFailure: (error: CodedError) => void, tell: (error: CodedError) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    console.error(`error: ${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof CodedError) {
    tell(error);
    if (error.code === 'cancelled') return EXIT.interrupted;
    onFailure(error);
    return EXIT.nothingDone;
  }
  console.error('Genregram has a bug; please report it with these lines:');
  console.error(error);
  return EXIT.bug;
}

/**
 * Ends the process once what was written has left it. A plain `process.exit` would cut off output to a pipe; waiting for
 * the event loop to run empty would hang on any handle that a native library keeps.
 */
export async function endProcess(exitCode: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr])
    if (stream.writable) await new Promise<void>((resolve) => stream.write('', () => resolve()));
  process.exit(exitCode);
}
