import { realpath } from 'node:fs/promises';
import type { Command } from 'commander';
import type { JobFailure, ScanCounts } from '#shared/contract/schemas';
import { NOTHING_SCANNED } from '#shared/contract/schemas';
import { scanPaths, scanTwice, type HeardTwice } from '../scan-paths';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { bar, count, paint, table } from '../terminal';
import { isUnder, lookAtPaths } from '../typed-paths';
import { addBackendOptions } from '../../shared/options';
import { EXIT } from '../../shared/exit';

interface ScanFlags extends CommonFlags {
  readonly quickFirst?: boolean;
}

export function addScan(program: Command, context: CliContext): void {
  addProgressOptions(addBackendOptions(program.command('scan')))
    .description('walk folders and read the tags of the music in them into the library')
    .argument('<dir...>', 'folders (or single files)')
    .option('--quick-first', 'then listen: to all tracks in a few windows first, and to each in full after that')
    .option('--json', 'print the counts as one JSON value')
    .action(async (dirs: string[], flags: ScanFlags) => {
      process.exitCode = await withSession(context, flags, (session) => scan(session, dirs, flags));
    });
}

async function scan(session: Session, dirs: readonly string[], { quickFirst }: ScanFlags): Promise<number> {
  const { present, missing } = await lookAtPaths(dirs);
  const { counts, heard } = await look(session, present, quickFirst ?? false);
  const failed = Math.max(counts.failed, heard?.failed ?? 0);
  const failures = [...missing, ...(await newFailures(session, present, failed))];
  session.output.value({ ...counts, failed: counts.failed + missing.length, ...(heard && { heard }), failures });
  session.output.say(...describeCounts(counts), ...(heard ? [describeHeard(heard)] : []));
  for (const failure of failures) session.output.failure(failure.path, failure);
  return present.length > 0 ? EXIT.done : EXIT.nothingDone;
}

async function look(
  session: Session,
  paths: readonly string[],
  quickFirst: boolean,
): Promise<{ counts: ScanCounts; heard: HeardTwice | null }> {
  if (paths.length === 0) return { counts: NOTHING_SCANNED, heard: null };
  return quickFirst ? scanTwice(session, paths) : { counts: await scanPaths(session, paths), heard: null };
}

function describeHeard({ quickly, inFull, failed }: HeardTwice): string {
  const bad = failed > 0 ? `, ${failed} failed` : '';
  return paint('bold', `${count(quickly, 'track')} heard quickly, ${inFull} in full${bad}.`);
}

/** What went wrong in the scan just done: the newest failures at or under the paths. */
async function newFailures({ client }: Session, paths: readonly string[], failed: number): Promise<JobFailure[]> {
  if (failed === 0) return [];
  // The library keeps the true spelling of a path; a typed one may lead through links.
  const folders = await Promise.all(paths.map((path) => realpath(path)));
  const failures = await client.call('failures.list', { limit: 5000 });
  return failures.filter((failure) => isUnder(failure.path, folders)).slice(0, failed);
}

function describeCounts(counts: ScanCounts): string[] {
  const part = (n: number): string => (counts.found > 0 ? bar(n / counts.found, 20) : '');
  const rows: (readonly [string, number])[] = [
    ['new', counts.new],
    ['changed', counts.changed],
    ['moved', counts.moved],
    ['unchanged', counts.unchanged],
    ['removed', counts.removed],
    ['failed', counts.failed],
  ];
  return [
    paint('bold', `Found ${count(counts.found, 'track')}.`),
    ...table(rows.filter(([, n]) => n > 0).map(([name, n]) => [name, n, part(n)])),
  ];
}
