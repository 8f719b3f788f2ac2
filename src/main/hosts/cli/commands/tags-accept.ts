import type { Command } from 'commander';
import type { TrackRow } from '#shared/contract/schemas';
import type { TagMode } from '#shared/domain/tags';
import { EXIT } from '../../shared/exit';
import { addBackendOptions, parseShare } from '../../shared/options';
import { showPlan } from '../human-tags';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { count } from '../terminal';
import { lookAtPaths } from '../typed-paths';
import { writePlan, type PlannedFiles } from '../write-plan';
import { addWritingOptions, writingOf, type WritingFlags } from '../writing-flags';
import { modeOption } from './tags-change';

interface AcceptFlags extends CommonFlags, WritingFlags {
  readonly minConfidence: number;
  readonly mode: TagMode;
  /** False with --no-mood; commander has it true otherwise, whatever the settings say. */
  readonly mood: boolean;
  readonly dryRun?: boolean;
  readonly includeQuick?: boolean;
}

const PAGE = 1000;

export function addTagsAccept(tags: Command, context: CliContext): void {
  addProgressOptions(addWritingOptions(addBackendOptions(tags.command('accept'))))
    .description("write the model's verdicts into analysed files")
    .argument('[path...]', 'files and folders (default: every analysed track that awaits a decision or a write)')
    .option('--min-confidence <p>', 'only verdicts of at least this confidence, 0 to 1', parseShare, 0)
    .option('--include-quick', 'also verdicts of a quick look, which the full analysis has yet to confirm')
    .addOption(modeOption())
    .option('--no-mood', 'write genres only')
    .option('--dry-run', 'show what would change; touch nothing')
    .option('--json', 'print the result as one JSON value')
    .action(async (paths: string[], flags: AcceptFlags) => {
      process.exitCode = await withSession(context, flags, (session) => accept(session, paths, flags));
    });
}

async function accept(session: Session, typed: readonly string[], flags: AcceptFlags): Promise<number> {
  const { present, missing } = await lookAtPaths(typed);
  const found = typed.length > 0 ? await rowsOfPaths(session, present) : await waitingRows(session);
  const undecided = found.filter((row) => !decidedOtherwise(row));
  noteOwnDecisions(session, found.length - undecided.length);
  const settled = undecided.filter((row) => !row.lookAgain || present.includes(row.path));
  noteLookAgain(session, undecided.length - settled.length);
  const rows = settled.filter((row) => flags.includeQuick || !awaitsFull(row));
  noteQuick(session, settled.length - rows.length);
  const sure = rows.filter(
    ({ genre }) => genre !== null && !genre.abstained && genre.confidence >= flags.minConfidence,
  );
  if (found.length === 0) session.output.note('No analysed track was found there. Run "genregram analyze" first.');
  noteLeftOut(session, rows, sure.length);
  const refused = missing.map((failure) => ({ ...failure, status: 'refused' as const }));
  const plan = await planVerdicts(session, sure, flags);
  const whole = { ...plan, files: [...plan.files, ...refused] };
  if (!flags.dryRun) return sure.length > 0 ? await writePlan(session, whole) : nothingSure(session, whole);
  showPlan(session.output, whole.files);
  return sure.length > 0 ? EXIT.done : EXIT.nothingDone;
}

async function rowsOfPaths({ client }: Session, paths: readonly string[]): Promise<TrackRow[]> {
  const ids = await client.call('tracks.byPath', { paths: [...paths] });
  const rows: TrackRow[] = [];
  for (const id of ids) rows.push(await client.call('tracks.detail', { id }));
  return rows;
}

/** Tracks without a decision, and those that were decided but whose write was refused or has not happened yet. */
async function waitingRows(session: Session): Promise<TrackRow[]> {
  return [...(await rowsOf(session, 'unreviewed')), ...(await rowsOf(session, 'decided'))];
}

async function rowsOf({ client }: Session, quick: 'unreviewed' | 'decided'): Promise<TrackRow[]> {
  const all: TrackRow[] = [];
  for (;;) {
    const { rows, total } = await client.call('tracks.query', { quick, offset: all.length, limit: PAGE });
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
  }
}

/** What the collector chose or skipped by hand is theirs; a batch never overrules it. */
const decidedOtherwise = ({ decision }: TrackRow): boolean => decision !== null && decision.action !== 'accept';

/** Heard quickly only, and not accepted by the collector's own hand either. */
const awaitsFull = ({ quick, decision }: TrackRow): boolean => quick && decision === null;

function noteQuick({ output }: Session, quick: number): void {
  if (quick > 0)
    output.note(
      `Left out: ${count(quick, 'track')} heard only quickly so far. "genregram analyze" hears them in full; --include-quick takes the quick verdict.`,
    );
}

function noteLookAgain({ output }: Session, again: number): void {
  if (again > 0)
    output.note(
      `Left out: ${count(again, 'track')} that you accepted after a quick look and whose full analysis says otherwise. Look at them again in the window, or name the files themselves to take the full verdict.`,
    );
}

function noteOwnDecisions({ output }: Session, own: number): void {
  if (own > 0) output.note(`Left out: ${count(own, 'track')} that you changed or skipped yourself.`);
}

function noteLeftOut({ output }: Session, rows: readonly TrackRow[], sure: number): void {
  const silent = rows.filter(({ genre }) => genre === null).length;
  const unsure = rows.length - sure - silent;
  if (silent > 0) output.note(`Left out: ${count(silent, 'track')} without a verdict; "genregram analyze" gives one.`);
  if (unsure > 0)
    output.note(`Left out: ${count(unsure, 'track')} of which the model is not sure enough, or which are no music.`);
}

function nothingSure(session: Session, { files }: PlannedFiles): number {
  session.output.value({ runId: null, written: 0, unchanged: 0, refused: files.length, files });
  for (const file of files) if (file.status === 'refused') session.output.failure(file.path, file);
  return EXIT.nothingDone;
}

/** What nobody looked at is decided by a rule: it says nothing of how good the verdicts are. */
async function acceptAll(
  client: Session['client'],
  rows: readonly TrackRow[],
  { minConfidence }: AcceptFlags,
): Promise<void> {
  const byHand = rows.filter(({ decision }) => decision !== null && decision.byRule === undefined);
  const others = rows.filter((row) => !byHand.includes(row));
  const rule = { genreFrom: minConfidence, moodFrom: 0 };
  if (byHand.length > 0) await client.call('decisions.set', { trackIds: byHand.map(({ id }) => id), action: 'accept' });
  if (others.length > 0)
    await client.call('decisions.set', { trackIds: others.map(({ id }) => id), action: 'accept', rule });
}

/** A dry run leaves no decisions behind. */
async function planVerdicts({ client }: Session, rows: readonly TrackRow[], flags: AcceptFlags): Promise<PlannedFiles> {
  if (rows.length === 0) return { planId: null, files: [] };
  const trackIds = rows.map(({ id }) => id);
  const writing = { ...writingOf(flags), ...(!flags.mood && { writeMood: false }) };
  if (!flags.dryRun) await acceptAll(client, rows, flags);
  return client.call('write.plan', { trackIds, mode: flags.mode, writing, ifAccepted: flags.dryRun ?? false });
}
