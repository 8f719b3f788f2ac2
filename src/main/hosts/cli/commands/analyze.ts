import { InvalidArgumentError, type Command } from 'commander';
import { formatWindowPlan, parseWindowPlan } from '#shared/domain/analysis';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { analysePaths } from '../analyse-paths';
import { sayTrack } from '../human-track';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { count, paint, printable } from '../terminal';
import type { TrackLine } from '../track-line';
import { lookAtPaths } from '../typed-paths';

interface AnalyzeFlags extends CommonFlags {
  readonly windows: string;
  readonly force?: boolean;
  readonly quickFirst?: boolean;
}

export function addAnalyze(program: Command, context: CliContext): void {
  addProgressOptions(addAnalysisOptions(addBackendOptions(program.command('analyze'))))
    .description('listen to tracks and print their genre and mood histograms')
    .argument('[path...]', 'folders and files (default: everything in the library)')
    .option('--force', 'listen again to tracks that have a result already')
    .option('--quick-first', 'listen to all in a few windows first, then to each in full; prints both')
    .option('--json', 'print one JSON object a track, each on a line, as they are finished')
    .action(async (paths: string[], flags: AnalyzeFlags) => {
      checkQuickFirst(flags);
      process.exitCode = await withSession(context, flags, (session) => analyze(session, paths, flags));
    });
}

/** @throws UsageError where it is said twice which windows to hear */
function checkQuickFirst({ quickFirst, windows, force }: AnalyzeFlags): void {
  if (!quickFirst) return;
  if (windows !== 'all') throw new UsageError('--quick-first ends with all windows: leave out --windows.');
  if (force) throw new UsageError('--quick-first leaves alone what has a result: leave out --force, or --quick-first.');
}

const PLANS = 'which windows of a few seconds: all, N spread evenly, or random:N';

/** Options of every command that listens. */
export const addAnalysisOptions = (command: Command): Command =>
  addProvider(command.option('--windows <plan>', PLANS, parsePlan, 'all'));

/** The same for commands that do more than to listen, where windows alone would say little. */
export const addAnalysisPlan = (command: Command): Command =>
  addProvider(command.option('--plan <plan>', `what is listened to: ${PLANS}`, parsePlan, 'all'));

const addProvider = (command: Command): Command =>
  command.option('--provider <name>', 'auto, cpu, webgpu, …: what does the inference (default: as the settings say)');

function parsePlan(text: string): string {
  const plan = parseWindowPlan(text);
  if (plan) return formatWindowPlan(plan);
  throw new InvalidArgumentError('Say all, a number of windows such as 10, or random:100 (at most 10000).');
}

async function analyze(session: Session, typed: readonly string[], flags: AnalyzeFlags): Promise<number> {
  const { output } = session;
  const tell = (line: TrackLine): void => {
    output.value(line);
    sayTrack(output, line);
  };
  const { present, missing } = await lookAtPaths(typed);
  for (const { path, code, message } of missing) tell({ path, status: 'failed', code, message });
  if (typed.length > 0 && present.length === 0) return EXIT.nothingDone;

  const withoutGenre = new Set<string>();
  const tally = { ok: 0, quick: 0, cached: 0, failed: missing.length };
  const { windows: plan, force = false, quickFirst = false } = flags;
  const request = { paths: typed.length > 0 ? present : null, plan, force, quickFirst };
  const told = await analysePaths(session, request, (line) => {
    tally[kindOf(line, quickFirst)]++;
    if (line.status === 'ok' && !line.genre) withoutGenre.add(line.model);
    tell(line);
  });
  if (told === 0) output.note(noMusic(typed));
  else output.say('', paint('bold', describeTally(tally)));
  for (const model of withoutGenre)
    output.note(
      `${printable(model)} hears no genre. To hear genres, name another model with --model (genregram models).`,
    );
  return EXIT.done;
}

type Kind = 'ok' | 'quick' | 'cached' | 'failed';

function kindOf(line: TrackLine, quickFirst: boolean): Kind {
  if (line.status === 'failed') return 'failed';
  if (quickFirst && line.quick) return 'quick';
  return line.cached ? 'cached' : 'ok';
}

const noMusic = (typed: readonly string[]): string =>
  typed.length > 0
    ? 'No music was found there.'
    : 'The library is empty. Name a folder of music: genregram analyze <dir>';

function describeTally({ ok, quick, cached, failed }: Readonly<Record<Kind, number>>): string {
  const known = cached > 0 ? `, ${cached} known already` : '';
  const bad = failed > 0 ? `, ${failed} failed` : '';
  const first = quick > 0 ? `${count(quick, 'track')} heard quickly first; ` : '';
  return `${first}${count(ok, 'track')} listened to${known}${bad}.`;
}
