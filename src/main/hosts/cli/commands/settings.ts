import type { Command } from 'commander';
import type { WritingSettings } from '#shared/domain/writing';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { withSession, type CliContext, type CommonFlags } from '../session';
import { SETTING_NAMES, SETTINGS, shownSetting, typedSetting } from '../setting-values';
import { paint, printable, table } from '../terminal';

export function addSettings(program: Command, context: CliContext): void {
  const settings = program.command('settings').description('show and change how tags are written');
  addBackendOptions(settings.command('list', { isDefault: true }))
    .description('show every setting with its value and what may stand there')
    .option('--json', 'print the settings as one JSON value')
    .action(async (flags: CommonFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const now = await client.call('settings.writing', {});
        output.value(now);
        output.say(...describeSettings(now));
        return EXIT.done;
      });
    });
  addBackendOptions(settings.command('set'))
    .description('change one setting; it holds for every plan made from then on')
    .argument('<name>', 'as the list has it')
    .argument('<value...>', 'one of those that the list has beside it')
    .option('--json', 'print all settings as one JSON value')
    .action(async (name: string, words: string[], flags: CommonFlags) => {
      const change = typedSetting(name, words);
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const now = await client.call('settings.setWriting', change);
        output.value(now);
        output.say(...describeSettings(now));
        return EXIT.done;
      });
    });
}

function describeSettings(settings: WritingSettings): string[] {
  const rows = table(SETTING_NAMES.map((name) => [name, printable(shownSetting(settings, name))]));
  return SETTING_NAMES.flatMap((name, index) => [
    rows[index] ?? name,
    paint('dim', `      ${SETTINGS[name].about}; ${SETTINGS[name].values}`),
  ]);
}
