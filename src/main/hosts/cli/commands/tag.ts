import type { Command } from 'commander';
import type { JobFailure } from '#shared/contract/schemas';
import type { TagMode } from '#shared/domain/tags';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { analysePaths } from '../analyse-paths';
import { describeRefusal, describeRule } from '../hands-free/human-rule';
import { describeStandings, describeTotal } from '../hands-free/human-tagged';
import { addRuleOptions, assertRule, findRule, type FoundRule, type RuleFlags } from '../hands-free/rule';
import { tagTracks, type Tagged } from '../hands-free/tag-tracks';
import { showPlan, showWritten } from '../human-tags';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { paint } from '../terminal';
import { lookAtPaths } from '../typed-paths';
import { countByStatus } from '../write-plan';
import { addWritingOptions, writingOf, type WritingFlags } from '../writing-flags';
import { addAnalysisPlan } from './analyze';
import { modeOption } from './tags-change';

interface TagFlags extends CommonFlags, RuleFlags, WritingFlags {
  readonly mode: TagMode;
  readonly plan: string;
  readonly dryRun?: boolean;
  readonly decided?: boolean;
}

export function addTag(program: Command, context: CliContext): void {
  const command = addProgressOptions(addBackendOptions(program.command('tag')))
    .description('scan, listen and write what is sure into the files; the rest waits in the review')
    .argument('<dir...>', 'folders and files');
  addWritingOptions(addAnalysisPlan(addRuleOptions(command)))
    .addOption(modeOption())
    .option('--decided', 'also write what you decided yourself and did not write yet')
    .option('--dry-run', 'show what would change; decide and touch nothing')
    .option('--json', 'print the result as one JSON value')
    .action(async (dirs: string[], flags: TagFlags) => {
      assertRule(flags);
      process.exitCode = await withSession(context, flags, (session) => tag(session, dirs, flags));
    });
}

async function tag(session: Session, dirs: readonly string[], flags: TagFlags): Promise<number> {
  const { output } = session;
  const found = await findRule(session, flags);
  if (found.rule === null) {
    output.value({ rule: null, precision: { genre: found.genre, mood: null } });
    for (const line of describeRefusal(found.genre, flags.precision ?? 0)) output.note(line);
    return EXIT.notSure;
  }
  const { present, missing } = await lookAtPaths(dirs);
  const { trackIds, failures } = await hear(session, present, flags.plan);
  const tagged = await tagTracks(session, trackIds, {
    rule: found.rule,
    mode: flags.mode,
    writing: writingOf(flags),
    dryRun: flags.dryRun ?? false,
    decided: flags.decided ?? false,
  });
  show(session, found, tagged, [...missing, ...failures], flags);
  return exitCode(present, tagged);
}

/** Listens to what was not heard yet. What fails is told of at the end. */
async function hear(
  session: Session,
  paths: readonly string[],
  plan: string,
): Promise<{ trackIds: readonly number[]; failures: readonly JobFailure[] }> {
  const failures: JobFailure[] = [];
  if (paths.length === 0) return { trackIds: [], failures };
  await analysePaths(session, { paths, plan, force: false }, (line) => {
    if (line.status === 'failed') failures.push({ path: line.path, code: line.code, message: line.message });
  });
  return { trackIds: await session.client.call('tracks.byPath', { paths: [...paths] }), failures };
}

function show(
  { output }: Session,
  found: FoundRule,
  tagged: Tagged,
  failures: readonly JobFailure[],
  { precision, dryRun }: TagFlags,
): void {
  const { standings, runId, planned, files, tracks } = tagged;
  output.value({
    rule: found.rule,
    precision: precision === undefined ? null : { wanted: precision, genre: found.genre, mood: found.mood },
    tracks: tracks.length,
    standings,
    failures,
    ...(dryRun ? { files: planned } : { runId, ...countByStatus(files), files }),
  });
  for (const failure of failures) output.failure(failure.path, failure);
  if (!output.isJson && dryRun) showPlan(output, planned);
  if (!output.isJson && !dryRun) showWritten(output, runId, files);
  output.say(
    '',
    paint('bold', describeTotal(tracks.length)),
    ...describeStandings(standings),
    ...describeRule(found, precision),
  );
}

/** Nothing to be done is no failure: the second run of a night finds all as it should be. */
function exitCode(present: readonly string[], { files }: Tagged): number {
  const isRefused = files.length > 0 && files.every(({ status }) => status === 'refused');
  return present.length === 0 || isRefused ? EXIT.nothingDone : EXIT.done;
}
