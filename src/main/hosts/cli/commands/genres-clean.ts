import type { Command } from 'commander';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { showPlan } from '../human-tags';
import { addProgressOptions, withSession, type CliContext, type CommonFlags } from '../session';
import { count, printable, table } from '../terminal';
import { lookAtPaths } from '../typed-paths';
import { writePlan } from '../write-plan';
import { addWritingOptions, writingOf, type WritingFlags } from '../writing-flags';

interface CleanFlags extends CommonFlags, WritingFlags {
  readonly split?: boolean;
  readonly dryRun?: boolean;
}

export function addGenresClean(genres: Command, context: CliContext): void {
  addWritingOptions(addProgressOptions(addBackendOptions(genres.command('clean'))))
    .description(
      'write the genres that files have as you call them: spellings, several in one text, ignored and repeated ones',
    )
    .argument('[path...]', 'files and folders (default: the tracks of the library)')
    .option('--split', 'split texts at ; | / , also where the parts are no genres here')
    .option('--dry-run', 'show what would change; touch nothing')
    .option('--json', 'print the result as one JSON value')
    .action(async (typed: string[], flags: CleanFlags) => {
      const writing = writingOf(flags);
      process.exitCode = await withSession(context, flags, async (session) => {
        const { present, missing } = await lookAtPaths(typed);
        const refused = missing.map((failure) => ({ ...failure, status: 'refused' as const }));
        const plan =
          typed.length > 0 && present.length === 0
            ? { planId: null, files: [], clean: 0 }
            : await session.client.call('write.planCleaning', {
                ...(typed.length > 0 && { paths: [...present] }),
                ...{ splitAll: flags.split ?? false, writing },
              });
        const files = [...plan.files, ...refused];
        const code = flags.dryRun ? EXIT.done : await writePlan(session, { planId: plan.planId, files });
        if (flags.dryRun) showPlan(session.output, files);
        session.output.say(`${count(plan.clean, 'file')} ${plan.clean === 1 ? 'needs' : 'need'} no cleaning.`);
        return refused.length > 0 && refused.length === typed.length ? EXIT.nothingDone : code;
      });
    });
}

export function addGenresUnmapped(genres: Command, context: CliContext): void {
  addBackendOptions(genres.command('unmapped'))
    .description('list what the chosen model and your files name that is no genre here, to give it a line of its own')
    .option('--json', 'print both lists as one JSON value')
    .action(async (flags: CommonFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const unknown = await client.call('genres.unknown', {});
        output.value(unknown);
        const { ofModel, ofTags } = unknown;
        output.say(
          ofModel.length === 0 ? 'The model names nothing that is no genre here.' : 'The model names:',
          ...table(ofModel.map(({ output: name, label }) => ['', printable(label), `(${printable(name)})`])),
          ofTags.length === 0 ? 'Your files name nothing that is no genre here.' : 'Your files name:',
          ...table(ofTags.map(({ label, tracks }) => ['', printable(label), count(tracks, 'track')])),
        );
        return EXIT.done;
      });
    });
}
