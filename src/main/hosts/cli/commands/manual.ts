import { Argument, type Command } from 'commander';
import { appVersion } from '../../shared/paths';
import { completionScript, SHELLS, type Shell } from '../manual/completions';
import { manualPage } from '../manual/roff';
import { commandTree } from '../manual/tree';
import type { CliContext } from '../session';

/** What describes the command line to shells and to man; made of the program itself, so added last. */
export function addManual(program: Command, { programFolder }: CliContext): void {
  program
    .command('completions')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', '\nFor bash, for example: source <(genregram completions bash)')
    .action((shell: Shell) => {
      process.stdout.write(completionScript(commandTree(program), shell));
    });
  program
    .command('manual')
    .description('print the manual page, for man')
    .addHelpText('after', '\nTo read it: genregram manual | man -l -')
    .action(() => {
      process.stdout.write(manualPage(commandTree(program), appVersion(programFolder)));
    });
}
