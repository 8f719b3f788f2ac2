import { NOTHING_SCANNED, type ScanCounts } from '#shared/contract/schemas';
import type { WindowPlan } from '#shared/domain/analysis';
import type { Context } from '../context';
import { forEachBounded } from '../stages/bounded';
import type { ScanScope } from '../scan-targets';
import { findFiles, type FreshFile } from '../stages/find-files';
import { readFreshFile } from '../stages/read-file';
import { runAnalysis, runQuickPass } from './analyze';
import type { Job } from './runner';

/** Reading tags waits for the disk more than it computes. */
const READ_WIDTH = 4;
/** So many files are stored in one transaction: some milliseconds, so that the window is answered meanwhile. As many are read again after a kill. */
const KEPT_TOGETHER = 16;

/**
 * Walks the targets, reads the tags of what is new or changed, then (where asked) analyses what has no result yet, or hears it
 * quickly.
 */
export async function runScan(
  context: Context,
  job: Job,
  request: ScanScope & { analyze: boolean; plan: WindowPlan; quickFirst: boolean },
): Promise<void> {
  const { targets, failures } = request;
  const counts: ScanCounts = { ...NOTHING_SCANNED, failed: failures.length };
  const report = (current: string): void => {
    job.update({ current, scan: { ...counts }, failed: counts.failed });
  };

  job.phase(null, 'Looking through folders');
  report('');
  const fresh = await findFiles(context, targets, counts, job.signal, report);
  for (const failure of failures) context.store.failures.set(failure.path, 'scan', null, failure, Date.now());
  context.events.changedSoon();

  await readAll(context, job, fresh, counts, report);
  report('');

  if (!request.analyze) return;
  const under = targets.map((target) => target.path);
  const candidates = [{ ids: under.flatMap(context.store.tracks.idsUnder), named: false }];
  if (request.quickFirst) await runQuickPass(context, job, { candidates, under });
  else await runAnalysis(context, job, { candidates, plan: request.plan, force: false });
}

/** Reads several files at a time and stores them in groups: a commit each would cost more than the reading. */
async function readAll(
  context: Context,
  job: Job,
  fresh: readonly FreshFile[],
  counts: ScanCounts,
  report: (current: string) => void,
): Promise<void> {
  job.phase(fresh.length, 'Reading tags');
  let group: { path: string; keep: () => boolean }[] = [];
  const keepGroup = (): void => {
    const now = group;
    group = [];
    context.store.transaction(() => {
      for (const { keep } of now) keep();
    });
    for (const { path } of now) job.tick(path, false);
    report(now.at(-1)?.path ?? '');
    context.events.changedSoon();
  };
  await forEachBounded(fresh, READ_WIDTH, job.signal, async (one) => {
    const keep = await readFreshFile(context, one, counts, job.signal);
    group.push({ path: one.file.path, keep });
    if (group.length >= KEPT_TOGETHER) keepGroup();
  });
  keepGroup();
}
