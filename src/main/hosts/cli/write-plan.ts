import type { MethodOutput } from '#shared/contract/methods';
import { EXIT } from '../shared/exit';
import { showWritten } from './human-tags';
import type { Session } from './session';

/** A plan as the backend made it, or files that are refused without asking it. */
export interface PlannedFiles {
  /** Null if the backend has no part in it. */
  readonly planId: string | null;
  readonly files: MethodOutput<'write.planFiles'>['files'];
}

export type WrittenFiles = MethodOutput<'write.results'>;

/** Carries out a plan and shows a result per file. Gives the exit code: 3 if every file was refused. */
export async function writePlan(session: Session, plan: PlannedFiles): Promise<number> {
  const { client, output, runJob } = session;
  const refused = plan.files.filter((file) => file.status === 'refused');
  let runId: number | null = null;
  let results: WrittenFiles = refused;
  const { planId } = plan;
  if (planId !== null && refused.length < plan.files.length) {
    await runJob(async () => {
      const started = await client.call('write.apply', { planId });
      runId = started.runId;
      return started;
    });
    results = runId === null ? [] : withRefused(await client.call('write.results', { runId }), refused);
  }
  const counted = countByStatus(results);
  output.value({ runId, ...counted, files: results });
  showWritten(output, runId, results);
  return counted.refused > 0 && counted.refused === results.length ? EXIT.nothingDone : EXIT.done;
}

/** A run may or may not speak of the files that its plan refused already; each file is named once. */
function withRefused(results: WrittenFiles, refused: WrittenFiles): WrittenFiles {
  const named = new Set(results.map(({ path }) => path));
  return [...results, ...refused.filter(({ path }) => !named.has(path))];
}

/** How many files ended how. */
export function countByStatus(results: WrittenFiles): Record<'written' | 'unchanged' | 'refused', number> {
  const counts = { written: 0, unchanged: 0, refused: 0 };
  for (const { status } of results) counts[status]++;
  return counts;
}
