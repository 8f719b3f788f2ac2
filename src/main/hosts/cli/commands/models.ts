import { InvalidArgumentError, type Command } from 'commander';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { describeDiff, describePack, describeShelf } from '../human-models';
import { withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { paint, printable } from '../terminal';

interface DiffFlags extends CommonFlags {
  readonly limit: number;
}

/** What a subcommand does; it gives the value that `--json` prints and the lines that people read. */
type Work<Argument> = (client: Session['client'], argument: Argument) => Promise<{ value: unknown; lines: string[] }>;

export function addModels(program: Command, context: CliContext): void {
  const models = program
    .command('models')
    .description('list the models that listen, add packs of others, and choose one');

  const add = <Argument>(
    name: string,
    description: string,
    work: Work<Argument>,
    configure: (command: Command) => void = () => undefined,
  ): void => {
    const command = addBackendOptions(models.command(name, { isDefault: name === 'list' })).description(description);
    configure(command);
    command.option('--json', 'print the result as one JSON value').action(async (...given: unknown[]) => {
      const hasArgument = command.registeredArguments.length > 0;
      const flags = command.opts<CommonFlags>();
      const argument = (hasArgument ? given[0] : flags) as Argument;
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const { value, lines } = await work(client, argument);
        output.value(value);
        output.say(...lines);
        return EXIT.done;
      });
    });
  };

  add('list', 'list the models found, which is chosen, and what is wrong with the others', async (client) => {
    const shelf = await client.call('models.list', {});
    return { value: shelf, lines: describeShelf(shelf) };
  });
  add<string>(
    'choose',
    'listen with this model from now on',
    async (client, id) => {
      const shelf = await client.call('models.choose', { id });
      return { value: shelf, lines: describeShelf(shelf) };
    },
    (command) => command.argument('<id>', 'as the list has it'),
  );
  add<string>(
    'check',
    'look at a pack without adding it: manifest, hash, and a trial run',
    async (client, path) => {
      const report = await client.call('models.check', { path });
      return { value: report, lines: describePack(report) };
    },
    (command) => command.argument('<dir>', 'the folder that model.json lies in'),
  );
  add<string>(
    'add',
    'check a pack and copy it into your model folder',
    async (client, path) => {
      const report = await client.call('models.add', { path });
      const { model, replaces } = report;
      const done = replaces === null ? `Added to ${report.dir}.` : `Took the place of ${replaces} in ${report.dir}.`;
      const next = `"genregram models choose ${model.id}" makes it the one that listens.`;
      return { value: report, lines: [...describePack(report), '', paint('bold', printable(done)), next] };
    },
    (command) => command.argument('<dir>', 'the folder that model.json lies in'),
  );
  add<string>(
    'remove',
    'delete a pack from your model folder',
    async (client, id) => {
      const removed = await client.call('models.remove', { id });
      return { value: removed, lines: [`${printable(removed.dir)} was deleted. Results of the model are kept.`] };
    },
    (command) => command.argument('<id>', 'as the list has it, or the name of its folder'),
  );
  add<DiffFlags>(
    'diff',
    'show which tracks the chosen model hears otherwise than the former one',
    async (client, { limit }) => {
      const diff = await client.call('models.diff', { limit });
      return { value: diff, lines: describeDiff(diff) };
    },
    (command) => command.option('--limit <n>', 'show at most so many tracks', parseLimit, 1000),
  );
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (/^\d{1,6}$/.test(text) && limit >= 1 && limit <= 100_000) return limit;
  throw new InvalidArgumentError('Give a number of tracks from 1 to 100000.');
}
