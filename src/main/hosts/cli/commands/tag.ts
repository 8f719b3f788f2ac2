import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { JobFailure } from '#shared/contract/schemas';
import type { TagMode } from '#shared/domain/tags';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { appVersion } from '../../shared/paths';
import { hear } from '../hands-free/hear';
import { assertMayWrite } from '../hands-free/may-write';
import { describeRefusal, describeRule } from '../hands-free/human-rule';
import { describeSidecars, describeStandings, describeTotal } from '../hands-free/human-tagged';
import { addRuleOptions, assertRule, findRule, type FoundRule, type RuleFlags } from '../hands-free/rule';
import { assertApart, writeSidecars, type WrittenSidecar } from '../hands-free/sidecar';
import { standingsOf, tagTracks, type Tagged } from '../hands-free/tag-tracks';
import { showPlan, showWritten } from '../human-tags';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { collectReport, type Report } from '../report/collect';
import { formOf, writeReport } from '../report/write';
import { paint, printable } from '../terminal';
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
  readonly sidecar?: string;
  readonly report?: string;
}

export function addTag(program: Command, context: CliContext): void {
  const command = addProgressOptions(addBackendOptions(program.command('tag')))
    .description('scan, listen and write what is sure into the files; the rest waits in the review')
    .argument('<dir...>', 'folders and files');
  addWritingOptions(addAnalysisPlan(addRuleOptions(command)))
    .addOption(modeOption())
    .option('--decided', 'also write what you decided yourself and did not write yet')
    .option(
      '--sidecar <dir>',
      'leave the files alone and write what was decided into a folder, a small JSON file a track',
    )
    .option('--report <file>', 'what was found, written and left, as a page (.html), JSON (.json) or a table (.csv)')
    .option('--dry-run', 'show what would change; decide and touch nothing')
    .option('--json', 'print the result as one JSON value')
    .action(async (dirs: string[], flags: TagFlags) => {
      assertRule(flags);
      assertSidecar(flags);
      if (flags.report !== undefined) formOf(flags.report);
      process.exitCode = await withSession(context, flags, (session) => tag(session, context, dirs, flags));
    });
}

/** @throws UsageError where a dry run is asked to write sidecars */
function assertSidecar({ sidecar, dryRun }: TagFlags): void {
  if (sidecar !== undefined && dryRun)
    throw new UsageError('A dry run writes no sidecars either: leave out --sidecar, or --dry-run.');
}

async function tag(session: Session, context: CliContext, dirs: readonly string[], flags: TagFlags): Promise<number> {
  const { output } = session;
  if (flags.sidecar === undefined) await assertMayWrite(session, 'Name a folder for sidecars with --sidecar');
  const found = await findRule(session, flags);
  if (found.rule === null) {
    output.value({ rule: null, precision: { genre: found.genre, mood: found.mood } });
    for (const line of describeRefusal(found, flags.precision ?? 0)) output.note(line);
    return EXIT.notSure;
  }
  const { present, missing } = await lookAtPaths(dirs);
  // The library keeps the true spelling of a path; a typed one may lead through links.
  const paths = await Promise.all(present.map((path) => realpath(path)));
  const { mostGenres } = await session.client.call('settings.writing', {});
  const { trackIds, failures } = await hear(session, paths, flags.plan);
  const tagged = await tagTracks(session, trackIds, {
    rule: found.rule,
    mode: flags.mode,
    writing: writingOf(flags),
    dryRun: flags.dryRun ?? false,
    decided: flags.decided ?? false,
    isSidecar: flags.sidecar !== undefined,
  });
  const sidecars = flags.sidecar === undefined ? null : await sidecarsOf(resolve(flags.sidecar), paths, tagged);
  show(session, found, { ...tagged, sidecars, mostGenres }, [...missing, ...failures], flags);
  if (flags.report !== undefined) {
    const path = await writeReport(
      await reportOf(session, context, found, trackIds, present),
      formOf(flags.report),
      flags.report,
    );
    output.say(`The report is ${printable(path)}.`);
  }
  return exitCode(present, tagged);
}

/** As things stand after the run. */
async function reportOf(
  session: Session,
  { programFolder }: CliContext,
  { rule }: FoundRule,
  trackIds: readonly number[],
  paths: readonly string[],
): Promise<Report> {
  const about = { madeAt: new Date(), madeBy: `Genregram ${appVersion(programFolder)}`, paths, rule };
  return collectReport(await standingsOf(session, trackIds, rule), about);
}

async function sidecarsOf(folder: string, dirs: readonly string[], { tracks }: Tagged): Promise<WrittenSidecar[]> {
  assertApart(dirs);
  return writeSidecars(folder, dirs, tracks);
}

function show(
  { output }: Session,
  found: FoundRule,
  tagged: Tagged & { readonly sidecars: readonly WrittenSidecar[] | null; readonly mostGenres: number },
  failures: readonly JobFailure[],
  { precision, dryRun }: TagFlags,
): void {
  const { standings, runId, planned, files, tracks, sidecars, mostGenres } = tagged;
  output.value({
    rule: found.rule,
    precision: precision === undefined ? null : { wanted: precision, genre: found.genre, mood: found.mood },
    tracks: tracks.length,
    standings,
    failures,
    ...(dryRun ? { files: planned } : { runId, ...countByStatus(files), files }),
    ...(sidecars && { sidecars }),
  });
  for (const failure of failures) output.failure(failure.path, failure);
  if (!output.isJson && dryRun) showPlan(output, planned);
  if (!output.isJson && !dryRun && !sidecars) showWritten(output, runId, files);
  if (sidecars) output.say(describeSidecars(sidecars));
  output.say(
    '',
    paint('bold', describeTotal(tracks.length)),
    ...describeStandings(standings),
    ...describeRule(found, precision, mostGenres),
  );
}

/** Nothing to be done is no failure: the second run of a night finds all as it should be. */
function exitCode(present: readonly string[], { files }: Tagged): number {
  const isRefused = files.length > 0 && files.every(({ status }) => status === 'refused');
  return present.length === 0 || isRefused ? EXIT.nothingDone : EXIT.done;
}
