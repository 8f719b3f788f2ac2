import { Command } from 'commander';
import { appVersion } from '../shared/paths';
import { prepareProgram } from '../shared/run-program';
import { addServe } from '../web/serve-command';
import { addAnalyze } from './commands/analyze';
import { addCompare } from './commands/compare';
import { addDescribe } from './commands/describe';
import { addDoctor } from './commands/doctor';
import { addEvaluate } from './commands/evaluate';
import { addExport } from './commands/export';
import { addGenres } from './commands/genres';
import { addManual } from './commands/manual';
import { addModels } from './commands/models';
import { addPlaylists } from './commands/playlists';
import { addReport } from './commands/report';
import { addScan } from './commands/scan';
import { addSettings } from './commands/settings';
import { addTag } from './commands/tag';
import { addTags } from './commands/tags';
import { addWatch } from './commands/watch';
import { exitCodesInShort } from './manual/texts';
import type { CliContext } from './session';

/** The whole command line: `genregram`, or `npm run --silent cli --` from the sources. */
export function createProgram(context: CliContext): Command {
  const program = prepareProgram(new Command('genregram'))
    .description('Listens to your music, shows its genres and moods, and writes what you confirm into the files.')
    .version(appVersion(context.programFolder))
    .addHelpText('after', exitCodesInShort());
  addScan(program, context);
  addAnalyze(program, context);
  addTag(program, context);
  addWatch(program, context);
  addReport(program, context);
  addExport(program, context);
  addTags(program, context);
  addSettings(program, context);
  addEvaluate(program, context);
  addDescribe(program, context);
  addCompare(program, context);
  addGenres(program, context);
  addPlaylists(program, context);
  addModels(program, context);
  addDoctor(program, context);
  addServe(program.command('serve'), context.programFolder);
  addManual(program, context);
  return program;
}
