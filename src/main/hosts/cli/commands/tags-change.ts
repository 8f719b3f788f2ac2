import { Option, type Command } from 'commander';
import type { TagChange, TagMode } from '#shared/domain/tags';
import type { WritingSettings } from '#shared/domain/writing';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions, collect } from '../../shared/options';
import { showPlan } from '../human-tags';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { lookAtPaths } from '../typed-paths';
import { writePlan, type PlannedFiles } from '../write-plan';
import { addWritingOptions, labelsOf, textsOf, writingOf, type WritingFlags } from '../writing-flags';

interface ChangeFlags extends CommonFlags, WritingFlags {
  readonly genre?: readonly string[];
  readonly mood?: readonly string[];
  readonly grouping?: readonly string[];
  readonly comment?: readonly string[];
  readonly field?: readonly string[];
  readonly mode: TagMode;
  readonly dryRun?: boolean;
}

export function addTagsPlan(tags: Command, context: CliContext): void {
  addChangeOptions(tags.command('plan'))
    .description('show what would change in which file; touches nothing')
    .action((files: string[], flags: ChangeFlags) => changeFiles(context, files, { ...flags, dryRun: true }));
}

export function addTagsApply(tags: Command, context: CliContext): void {
  addChangeOptions(tags.command('apply'))
    .description('write genres, moods or fields into files')
    .option('--dry-run', 'show what would change; touch nothing')
    .action((files: string[], flags: ChangeFlags) => changeFiles(context, files, flags));
}

/** How new values meet old ones; also for `accept`. */
export const modeOption = (): Option =>
  new Option('--mode <mode>', 'replace what is there, add to it, or fill only empty fields')
    .choices(['replace', 'add', 'fill'])
    .default('replace');

function addChangeOptions(command: Command): Command {
  return addWritingOptions(addProgressOptions(addBackendOptions(command)))
    .argument('<file...>', 'the files to change')
    .option('--genre <genre>', 'a genre; several times for several, --genre "" to remove all', collect)
    .option('--mood <mood>', 'a mood; several times for several, --mood "" to remove all', collect)
    .option('--grouping <text>', 'the content group; several times for several, --grouping "" to remove it', collect)
    .option('--comment <text>', 'the comment; several times for several, --comment "" to remove it', collect)
    .option('--field <name=value>', 'a field of your own; several times for several, NAME= to remove it', collect)
    .addOption(modeOption())
    .option('--json', 'print the result as one JSON value');
}

async function changeFiles(context: CliContext, files: readonly string[], flags: ChangeFlags): Promise<void> {
  const change = changeOf(flags);
  const writing = writingOf(flags);
  process.exitCode = await withSession(context, flags, async (session) => {
    const plan = await planFiles(session, files, change, writing);
    if (!flags.dryRun) return writePlan(session, plan);
    showPlan(session.output, plan.files);
    return plan.files.some(({ status }) => status !== 'refused') ? EXIT.done : EXIT.nothingDone;
  });
}

/** A plan of all files, those that are not there as refused ones. */
async function planFiles(
  session: Session,
  files: readonly string[],
  change: TagChange,
  writing: Partial<WritingSettings>,
): Promise<PlannedFiles> {
  const { present, missing } = await lookAtPaths(files);
  const refused = missing.map((failure) => ({ ...failure, status: 'refused' as const }));
  if (present.length === 0) return { planId: null, files: refused };
  const plan = await session.client.call('write.planFiles', { paths: [...present], change: { ...change }, writing });
  return { planId: plan.planId, files: [...plan.files, ...refused] };
}

/** @throws UsageError if nothing is to be changed or a field is malformed */
function changeOf(flags: ChangeFlags): TagChange {
  const change: TagChange = {
    mode: flags.mode,
    ...(flags.genre ? { genres: labelsOf(flags.genre, '--genre') } : {}),
    ...(flags.mood ? { moods: labelsOf(flags.mood, '--mood') } : {}),
    ...(flags.grouping ? { grouping: textsOf(flags.grouping, '--grouping') } : {}),
    ...(flags.comment ? { comment: textsOf(flags.comment, '--comment') } : {}),
    ...(flags.field ? { custom: fieldsOf(flags.field) } : {}),
  };
  if (Object.keys(change).length > 1) return change;
  throw new UsageError('Say what to write: --genre, --mood, --grouping, --comment or --field.');
}

function fieldsOf(given: readonly string[]): Record<string, readonly string[]> {
  const fields: Record<string, string[]> = {};
  for (const text of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--field takes NAME=VALUE, for example --field RATING=5; "${text}" is not that.`);
    fields[name.trim()] = [...(fields[name.trim()] ?? []), ...(value === '' ? [] : [value])];
  }
  return fields;
}
