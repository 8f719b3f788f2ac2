import type { Failure } from '#shared/domain/failure';
import { paint, printable } from './terminal';

/**
 * Where a command's words go. With `--json` stdout carries JSON and nothing else; what people read besides goes to stderr.
 */
export interface Output {
  readonly isJson: boolean;
  /** One JSON value on a line of its own; nothing without `--json`. */
  value(value: unknown): void;
  /** Lines for people on stdout; nothing with `--json`. */
  say(...lines: readonly string[]): void;
  /** A line for people on stderr, in both cases. */
  note(line: string): void;
  /** A failed file, for people. */
  failure(path: string, failure: Failure): void;
}

/** @param beforeWriting clears what stands on the terminal's last line, such as a progress bar */
export function createOutput(isJson: boolean, beforeWriting: () => void): Output {
  const say = (...lines: readonly string[]): void => {
    if (isJson) return;
    beforeWriting();
    for (const line of lines) process.stdout.write(`${line}\n`);
  };
  return {
    isJson,
    value(value) {
      if (isJson) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    say,
    note(line) {
      beforeWriting();
      process.stderr.write(`${line}\n`);
    },
    failure(path, failure) {
      say(`${paint('red', '✗')} ${printable(path)}`, `    ${printable(failure.message)} (${failure.code})`);
    },
  };
}
