import type { Failure } from '#shared/domain/failure';
import { writeLine } from './progress-lines';
import { paint, printable } from './terminal';

/**
 * Where a command's words go. With `--json` stdout carries JSON and nothing else; what people read besides goes to stderr.
 */
export interface Output {
  readonly isJson: boolean;
  /** One JSON value on a line of its own; nothing without `--json`. */
  value(value: unknown): void;
  /** A line of the table that a command prints in place of words for people. */
  row(line: string): void;
  /** Lines for people on stdout; nothing with `--json` or `--quiet`. */
  say(...lines: readonly string[]): void;
  /** A line for people on stderr, in both cases. */
  note(line: string): void;
  /** A failed file, for people; with `--quiet` on stderr. */
  failure(path: string, failure: Failure): void;
}

export interface OutputOptions {
  readonly isJson: boolean;
  /** Says nothing in words but what went wrong. */
  readonly isQuiet: boolean;
  /** What goes to stderr are lines of JSON. */
  readonly isProgressJson: boolean;
}

/** @param beforeWriting clears what stands on the terminal's last line, such as a progress bar */
export function createOutput({ isJson, isQuiet, isProgressJson }: OutputOptions, beforeWriting: () => void): Output {
  const say = (...lines: readonly string[]): void => {
    if (isJson || isQuiet) return;
    beforeWriting();
    for (const line of lines) process.stdout.write(`${line}\n`);
  };
  return {
    isJson,
    value(value) {
      if (!isJson) return;
      beforeWriting();
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    row(line) {
      beforeWriting();
      process.stdout.write(line);
    },
    say,
    note(line) {
      if (isProgressJson) {
        writeLine({ event: 'note', message: line });
        return;
      }
      beforeWriting();
      process.stderr.write(`${line}\n`);
    },
    failure(path, failure) {
      if (isQuiet && isProgressJson) {
        writeLine({ event: 'failure', path, code: failure.code, message: failure.message });
        return;
      }
      if (isQuiet) {
        beforeWriting();
        process.stderr.write(`${printable(path)}: ${printable(failure.message)} (${failure.code})\n`);
      }
      say(`${paint('red', '✗')} ${printable(path)}`, `    ${printable(failure.message)} (${failure.code})`);
    },
  };
}
