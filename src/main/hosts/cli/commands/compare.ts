import { InvalidArgumentError, type Command } from 'commander';
import { MOST_COMPARED, type ComparedColumn } from '#shared/contract/model-comparison';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { describeCompared } from '../human-compared';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { withTemporaryLibrary } from '../temporary-library';
import { lookAtPaths } from '../typed-paths';
import { addAnalysisOptions } from './analyze';

interface CompareFlags extends CommonFlags {
  readonly windows: string;
  readonly with?: readonly string[];
}

/** What `--json` prints of each file. */
export interface ComparedLine {
  readonly path: string;
  readonly columns: readonly ComparedColumn[];
}

/** Files at a time: each model is loaded once for them, and what was heard is kept until it is printed. */
const AT_A_TIME = 100;

export function addCompare(program: Command, context: CliContext): void {
  addProgressOptions(addAnalysisOptions(addBackendOptions(program.command('compare'))))
    .description('print what several models hear in the same files, side by side')
    .argument('<file...>', 'files to hear; nothing is stored of it')
    .option('--with <ids>', 'the models, with commas between them (default: all that can be used)', parseModels)
    .option('--json', 'print one JSON object a file, each on a line')
    .action(async (files: string[], flags: CompareFlags) => {
      process.exitCode = await withTemporaryLibrary(flags, (library) =>
        withSession(context, { ...flags, library }, (session) => compare(session, files, flags)),
      );
    });
}

export function parseModels(text: string): readonly string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== '');
  if (ids.length > 0 && ids.length <= MOST_COMPARED) return ids;
  throw new InvalidArgumentError(`Name 1 to ${MOST_COMPARED} models, such as base,my-model.`);
}

async function compare(session: Session, typed: readonly string[], flags: CompareFlags): Promise<number> {
  const { client, output } = session;
  const { present, missing } = await lookAtPaths(typed);
  for (const failure of missing) output.failure(failure.path, failure);
  const models = [...(flags.with ?? (await usable(session)))];
  if (present.length === 0 || models.length === 0) return EXIT.nothingDone;
  const { windows: plan } = flags;
  let heard = 0;
  for (let from = 0; from < present.length; from += AT_A_TIME) {
    const paths = present.slice(from, from + AT_A_TIME);
    await session.runJob(() =>
      client.call('comparison.hear', { tracks: paths.map((path) => ({ path })), models, plan }),
    );
    for (const path of paths) {
      const { columns } = await client.call('comparison.look', { track: { path }, models, plan });
      heard += columns.filter((column) => column.heard !== null).length;
      output.value({ path, columns } satisfies ComparedLine);
      output.say(...describeCompared(path, columns), '');
    }
  }
  return heard > 0 ? EXIT.done : EXIT.nothingDone;
}

/** All of them, as far as they can be told apart side by side; the chosen one is the first. */
async function usable({ client, output }: Session): Promise<string[]> {
  const { models } = await client.call('models.list', {});
  if (models.length === 0) output.note('There is no model to compare. Add one: genregram models add <dir>');
  if (models.length > MOST_COMPARED)
    output.note(
      `The first ${MOST_COMPARED} of ${models.length} models are compared. Name others: --with base,my-model`,
    );
  const chosenFirst = [...models].sort((a, b) => Number(b.chosen) - Number(a.chosen));
  return chosenFirst.slice(0, MOST_COMPARED).map(({ id }) => id);
}
