import { InvalidArgumentError, type Command } from 'commander';
import type { BackendOptions } from './open-backend';

/** Adds what every command takes. The parsed values fit `BackendOptions`. */
export function addBackendOptions(command: Command): Command {
  return command
    .option('--library <file>', "the library file (default: your own, in your user's data folder)")
    .option('--model <id>', 'the model to listen with, for this run (default: the chosen one)')
    .option('--models <dir>', 'a further folder that holds models; may be given several times', collect);
}

/** For options that may be given several times. */
export const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
}

/** A probability or share, 0..1; `60%` is understood too. */
export function parseShare(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a number from 0 to 1, such as 0.6.');
}

/** As `parseShare`, but neither 0 nor 1: nothing can be promised for certain. */
export function parsePrecision(text: string): number {
  const value = parseShare(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError(
    'Give a number between 0 and 1, such as 0.97. That all are right can never be promised.',
  );
}

/** The part of a command's parsed options that tells how to open the backend. */
export function backendOptionsOf(options: BackendOptions): BackendOptions {
  const { library, model, models, provider } = options;
  return {
    ...(library === undefined ? {} : { library }),
    ...(model === undefined ? {} : { model }),
    ...(models === undefined ? {} : { models }),
    ...(provider === undefined ? {} : { provider }),
  };
}
