import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { MethodInput } from '#shared/contract/methods';
import type { RunFile } from '#shared/contract/schemas';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { showUndone } from '../human-undo';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';

interface UndoFlags extends CommonFlags {
  readonly run?: number;
  readonly all?: boolean;
}

export function addTagsUndo(tags: Command, context: CliContext): void {
  addProgressOptions(addBackendOptions(tags.command('undo')))
    .description('put files back as they were: byte for byte, or field by field where something has changed them since')
    .argument(
      '[file...]',
      'only these files, or files in these folders (without --run: what was written into them last)',
    )
    .option('--run <id>', 'the run, as "tags history" lists it (default: the last write not undone)', parseRun)
    .option('--all', 'back to day 0: everything that was ever written')
    .option('--json', 'print the result as one JSON value')
    .action(async (files: string[], flags: UndoFlags) => {
      if (flags.all && flags.run !== undefined)
        throw new UsageError('--all takes back every run, --run only one: leave out one of the two.');
      process.exitCode = await withSession(context, flags, (session) => undo(session, inputOf(files, flags)));
    });
}

const inputOf = (files: readonly string[], { run, all }: UndoFlags): MethodInput<'write.undo'> => ({
  ...(run !== undefined && { runId: run }),
  ...(files.length > 0 && { paths: files.map((file) => resolve(file)) }),
  ...(all && { all }),
});

async function undo({ client, output, runJob }: Session, input: MethodInput<'write.undo'>): Promise<number> {
  let runId = 0;
  await runJob(async () => {
    const started = await client.call('write.undo', input);
    runId = started.runId;
    return started;
  });
  const files = await client.call('write.results', { runId });
  const undone = (await client.call('write.history', {})).find(({ id }) => id === runId)?.undoes ?? null;
  showUndone(output, { undone, runId, files });
  return files.every(isRefused) ? EXIT.nothingDone : EXIT.done;
}

const isRefused = ({ status }: RunFile): boolean => status === 'refused';

export function parseRun(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A run is a whole number, as "tags history" lists it.');
}
