import { InvalidArgumentError, type Command } from 'commander';
import type { WriteRun } from '#shared/contract/schemas';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { showUndone } from '../human-tags';
import { withSession, type CliContext, type CommonFlags } from '../session';
import { paint, table } from '../terminal';

interface UndoFlags extends CommonFlags {
  readonly run?: number;
}

export function addTagsUndo(tags: Command, context: CliContext): void {
  addBackendOptions(tags.command('undo'))
    .description('put every byte of a run of writes back as it was')
    .option('--run <id>', 'the run, as "tags history" lists it (default: the last one not undone)', parseRun)
    .option('--json', 'print the result as one JSON value')
    .action(async (flags: UndoFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const undone = await client.call('write.undo', flags.run === undefined ? {} : { runId: flags.run });
        showUndone(output, undone);
        const isAllRefused = undone.results.length > 0 && undone.results.every(({ status }) => status === 'refused');
        return isAllRefused ? EXIT.nothingDone : EXIT.done;
      });
    });
}

export function addTagsHistory(tags: Command, context: CliContext): void {
  addBackendOptions(tags.command('history'))
    .description('list the runs of writes, newest first')
    .option('--json', 'print the runs as one JSON value')
    .action(async (flags: CommonFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const runs = await client.call('write.history', {});
        output.value(runs);
        output.say(...describeRuns(runs));
        return EXIT.done;
      });
    });
}

function describeRuns(runs: readonly WriteRun[]): string[] {
  if (runs.length === 0) return ['Nothing has been written yet.'];
  const rows = runs.map(({ id, startedAt, state, files, written, refused, undone }) => [
    id,
    new Date(startedAt).toLocaleString('sv-SE'),
    state,
    files,
    written,
    refused,
    undone,
  ]);
  const [header, ...lines] = table([['run', 'started', 'state', 'files', 'written', 'refused', 'undone'], ...rows]);
  return [paint('bold', header ?? ''), ...lines];
}

function parseRun(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A run is a whole number, as "tags history" lists it.');
}
