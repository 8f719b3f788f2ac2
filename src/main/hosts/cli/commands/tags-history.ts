import type { Command } from 'commander';
import type { WriteRun } from '#shared/contract/schemas';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { showWritten } from '../human-tags';
import { showPutBack } from '../human-undo';
import { withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { paint, printable, table } from '../terminal';
import { parseRun } from './tags-undo';

interface HistoryFlags extends CommonFlags {
  readonly run?: number;
}

export function addTagsHistory(tags: Command, context: CliContext): void {
  addBackendOptions(tags.command('history'))
    .description('list the runs of writes and undos, newest first')
    .option('--run <id>', 'list the files of one run instead', parseRun)
    .option('--json', 'print the runs, or the files of one, as one JSON value')
    .action(async (flags: HistoryFlags) => {
      process.exitCode = await withSession(context, flags, (session) =>
        flags.run === undefined ? listRuns(session) : listFiles(session, flags.run),
      );
    });
}

async function listRuns({ client, output }: Session): Promise<number> {
  const runs = await client.call('write.history', {});
  output.value(runs);
  output.say(...describeRuns(runs));
  return EXIT.done;
}

async function listFiles({ client, output }: Session, runId: number): Promise<number> {
  const files = await client.call('write.results', { runId });
  output.value(files);
  const run = (await client.call('write.history', {})).find(({ id }) => id === runId);
  if (run?.kind === 'undo') showPutBack(output, runId, files);
  else showWritten(output, runId, files);
  return EXIT.done;
}

function describeRuns(runs: readonly WriteRun[]): string[] {
  if (runs.length === 0) return ['Nothing has been written yet.'];
  const rows = runs.map((run) => [
    run.id,
    new Date(run.startedAt).toLocaleString('sv-SE'),
    whatOf(run),
    run.state,
    run.files,
    run.written,
    run.refused,
    run.undone,
  ]);
  const titles = ['run', 'started', 'what', 'state', 'files', 'written', 'refused', 'undone'];
  const [header, ...lines] = table([titles, ...rows]);
  const notes = runs.flatMap(({ id, note }) =>
    note === null ? [] : [`Run ${id} was interrupted: ${printable(note)}`],
  );
  return [paint('bold', header ?? ''), ...lines, ...(notes.length > 0 ? ['', ...notes] : [])];
}

const whatOf = ({ kind, undoes }: WriteRun): string =>
  kind === 'write' ? 'write' : undoes === null ? 'undo' : `undo of ${undoes}`;
