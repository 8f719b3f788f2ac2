import type { EvaluatedWindows, JudgedTask } from '#shared/contract/evaluation';
import type { JobFailure } from '#shared/contract/schemas';
import type { TrackAnalysis, WindowPlan } from '#shared/domain/analysis';
import type { HeardTrack } from '../../core/evaluation/tasks';
import type { AnalysisInfo } from '../../ports';
import { embeddingBytes, packEmbedding } from '../../store/embedding-blob';
import type { Context } from '../context';
import type { Job } from '../jobs/runner';
import { forEachBounded } from '../stages/bounded';

/** What is kept of a file that was heard. */
export interface HeardFile extends HeardTrack {
  readonly durationSec: number;
  readonly windows: EvaluatedWindows | null;
  /** Signed bytes; null where the model gives none. */
  readonly embedding: Uint8Array | null;
}

/** Hears files as they are: nothing of it gets into the library. */
export async function hearFiles(
  { session, machine }: Context,
  job: Job,
  info: AnalysisInfo,
  paths: readonly string[],
  { plan, task }: { readonly plan: WindowPlan; readonly task: JudgedTask },
): Promise<{ heard: Map<string, HeardFile>; failures: JobFailure[] }> {
  const heard = new Map<string, HeardFile>();
  const failures: JobFailure[] = [];
  const { model, provider, decoder } = info;
  job.phase(paths.length, [model.name, provider, decoder].filter(Boolean).join(' · '));
  await forEachBounded(paths, info.concurrency, job.signal, async (path) => {
    await machine.untilAllowed(job);
    const outcome = await session.service.analyze({ path, plan }, job.signal);
    if (job.signal.aborted) return;
    if (outcome.status === 'ok') heard.set(path, kept(outcome, task));
    else failures.push({ path, code: outcome.code, message: outcome.message });
    // Those that failed are listed with the result, and not among the library's failures.
    job.tick(path, false);
  });
  return { heard, failures };
}

function kept(outcome: TrackAnalysis, task: JudgedTask): HeardFile {
  const { genre, mood, content, durationSec, windowSec, startsSec, perWindow, embedding } = outcome;
  const windows = task === 'content' ? null : perWindow[task];
  return {
    ...{ genre, mood, content, durationSec },
    wide: null,
    affect: null,
    windows: windows && { windowSec, startsSec, labels: windows.labels, data: Array.from(windows.data) },
    embedding: embedding && embeddingBytes(packEmbedding(embedding)),
  };
}
