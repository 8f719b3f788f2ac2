import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type { TagMode } from '#shared/domain/tags';
import { CodedError } from '#shared/domain/failure';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { hear } from '../hands-free/hear';
import { assertMayWrite } from '../hands-free/may-write';
import { describeRefusal } from '../hands-free/human-rule';
import { addRuleOptions, assertRule, findRule, type RuleFlags } from '../hands-free/rule';
import { tagTracks, type Tagged } from '../hands-free/tag-tracks';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { count, printable } from '../terminal';
import { lookAtPaths } from '../typed-paths';
import { createWatcher } from '../watch/watcher';
import { countByStatus } from '../write-plan';
import { addWritingOptions, writingOf, type WritingFlags } from '../writing-flags';
import { addAnalysisPlan } from './analyze';
import { modeOption } from './tags-change';

interface WatchFlags extends CommonFlags, RuleFlags, WritingFlags {
  readonly write?: boolean;
  readonly mode: TagMode;
  readonly plan: string;
  readonly poll?: number;
  readonly settle: number;
}

export function addWatch(program: Command, context: CliContext): void {
  const command = addProgressOptions(addBackendOptions(program.command('watch')))
    .description('listen to new and changed files as they come, until it is ended (Ctrl+C, SIGTERM)')
    .argument('<dir...>', 'folders')
    .option('--write', 'also write what is sure, as "tag" does; says from when with --min-confidence or --precision')
    .option('--poll <seconds>', 'look for changes every so often, for drives that tell of none', parseSeconds)
    .option('--settle <seconds>', 'how long a file has to stay as it is before it is read', parseSeconds, 5);
  addWritingOptions(addAnalysisPlan(addRuleOptions(command)))
    .addOption(modeOption())
    .option('--json', 'print one JSON object for each time it had something to do, each on a line')
    .addHelpText(
      'after',
      '\nNetwork drives are polled every minute unless --poll says otherwise. The library is held only while there is something to do, so that the window can be opened in between.',
    )
    .action(async (dirs: string[], flags: WatchFlags) => {
      assertFlags(flags);
      process.exitCode = await watch(context, dirs, flags);
    });
}

/** @throws UsageError where it is not said what to write, or said in vain */
function assertFlags(flags: WatchFlags): void {
  if (flags.write) assertRule(flags);
  else if (flags.minConfidence !== undefined || flags.precision !== undefined)
    throw new UsageError('--min-confidence and --precision say what to write: add --write, or leave them out.');
}

function parseSeconds(text: string): number {
  const value = Number(text);
  if (/^\d{1,6}(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError('Give a number of seconds over 0, such as 30.');
}

async function watch(context: CliContext, typed: readonly string[], flags: WatchFlags): Promise<number> {
  const { present, missing } = await lookAtPaths(typed);
  for (const { path, message } of missing) console.error(`${printable(path)}: ${message}`);
  const roots = await Promise.all(present.map((path) => realpath(path)));
  for (const root of roots)
    if (!(await stat(root)).isDirectory()) throw new UsageError(`${root} is no folder. "watch" watches folders.`);
  if (roots.length === 0) return EXIT.nothingDone;
  const note = (message: string): void => {
    if (!flags.quiet) console.error(printable(message));
  };
  await createWatcher({
    roots,
    ...{ pollSeconds: flags.poll ?? null, settleSeconds: flags.settle },
    signal: context.signal,
    note: flags.progress === 'json' ? (message) => noteLine(message) : note,
    work: (paths) => workOn(context, paths, flags),
  });
  return EXIT.done;
}

const noteLine = (message: string): void => {
  process.stderr.write(`${JSON.stringify({ event: 'note', message, at: Date.now() })}\n`);
};

/** @returns the files that it wrote; null where the library is in use and the same has to be tried again */
async function workOn(
  context: CliContext,
  paths: readonly string[],
  flags: WatchFlags,
): Promise<readonly string[] | null> {
  try {
    return await withSession(context, flags, async (session) => {
      if (flags.write) await assertMayWrite(session, 'Leave out --write');
      const there = paths.filter((path) => existsSync(path));
      const { trackIds, failures } = await hear(session, there, flags.plan);
      const tagged = flags.write ? await tag(session, trackIds, flags) : null;
      tell(session, { places: there.length, tracks: trackIds.length, failed: failures.length, tagged });
      for (const failure of failures) session.output.failure(failure.path, failure);
      return (tagged?.files ?? []).flatMap(({ path, status }) => (status === 'written' ? [path] : []));
    });
  } catch (error) {
    if (error instanceof CodedError && error.code === 'library-locked') return null;
    throw error;
  }
}

/** Null where the precision can't be promised: then nothing is written, and it says why. */
async function tag(session: Session, trackIds: readonly number[], flags: WatchFlags): Promise<Tagged | null> {
  const found = await findRule(session, flags);
  if (found.rule === null) {
    for (const line of describeRefusal(found, flags.precision ?? 0)) session.output.note(line);
    return null;
  }
  return tagTracks(session, trackIds, {
    rule: found.rule,
    mode: flags.mode,
    writing: writingOf(flags),
    ...{ dryRun: false, decided: false, isSidecar: false },
  });
}

interface Done {
  readonly places: number;
  readonly tracks: number;
  readonly failed: number;
  readonly tagged: Tagged | null;
}

function tell({ output }: Session, { places, tracks, failed, tagged }: Done): void {
  const counts = tagged && countByStatus(tagged.files);
  output.value({
    at: new Date().toISOString(),
    ...{ places, tracks, failed, runId: tagged?.runId ?? null },
    ...(tagged && { standings: tagged.standings, ...counts }),
  });
  const written = counts ? `, ${counts.written} written${counts.refused > 0 ? `, ${counts.refused} refused` : ''}` : '';
  const bad = failed > 0 ? `, ${failed} failed` : '';
  output.say(`${new Date().toISOString().slice(0, 19)}Z  ${count(tracks, 'track')} looked at${written}${bad}.`);
}
