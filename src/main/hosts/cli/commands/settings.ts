import type { Command } from 'commander';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { withSession, type CliContext, type CommonFlags } from '../session';
import {
  allSettings,
  isListening,
  SETTING_NAMES,
  SETTINGS,
  shownSetting,
  typedSetting,
  type Settings,
} from '../setting-values';
import { paint, printable, table } from '../terminal';

export function addSettings(program: Command, context: CliContext): void {
  const settings = program
    .command('settings')
    .description('show and change how tags are written and how listening uses the machine');
  addBackendOptions(settings.command('list', { isDefault: true }))
    .description('show every setting with its value and what may stand there')
    .option('--json', 'print the settings as one JSON value')
    .action(async (flags: CommonFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const now = await allSettings(client);
        output.value(now);
        output.say(...describeSettings(now));
        return EXIT.done;
      });
    });
  addBackendOptions(settings.command('set'))
    .description('change one setting; it holds for every plan and every listening from then on')
    .argument('<name>', 'as the list has it')
    .argument('<value...>', 'one of those that the list has beside it')
    .option('--json', 'print all settings as one JSON value')
    .action(async (name: string, words: string[], flags: CommonFlags) => {
      const change = typedSetting(name, words);
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const listening = Object.keys(change).some((known) => isListening(known as keyof Settings));
        await client.call(listening ? 'settings.setListening' : 'settings.setWriting', change);
        const now = await allSettings(client);
        output.value(now);
        output.say(...describeSettings(now));
        return EXIT.done;
      });
    });
}

function describeSettings(settings: Settings): string[] {
  const rows = table(SETTING_NAMES.map((name) => [name, printable(shownSetting(settings, name))]));
  const lines = SETTING_NAMES.map((name, index) => [
    rows[index] ?? name,
    paint('dim', `      ${SETTINGS[name].about}; ${SETTINGS[name].values}`),
  ]);
  const first = SETTING_NAMES.findIndex(isListening);
  const part = (title: string, some: string[][]): string[] => [paint('bold', title), ...some.flat()];
  return [...part('Writing', lines.slice(0, first)), '', ...part('Listening', lines.slice(first))];
}
