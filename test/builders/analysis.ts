import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalysisOutcome, TrackAnalysis, WindowPlan } from '#shared/domain/analysis';
import { createAnalysisService } from '../../src/main/analysis/service';
import { spawnByFork } from '../../src/main/analysis/spawn-fork';
import type { AnalysisService, ProcessChannel, SpawnAnalysis } from '../../src/main/ports';
import { repositoryRoot } from './requirements';

export const analysisProgram = join(repositoryRoot, 'out/main/analysis.cjs');

/** A real analysis service whose processes the test can see, and kill. Set environment variables before the first call. */
export interface WatchedAnalysis {
  readonly service: AnalysisService;
  readonly notices: string[];
  /** All processes that were started, the running one last. */
  readonly processes: readonly ProcessChannel[];
}

/** @param onPost is told of each message to a process, before it is sent. */
export function watchedAnalysis(onPost?: OnPost): WatchedAnalysis {
  const { spawn, processes } = watchedSpawn(onPost);
  const notices: string[] = [];
  const service = createAnalysisService(spawn);
  service.onNotice((_, message) => notices.push(message));
  return { service, notices, processes };
}

type OnPost = (message: { type: string; request?: { path: string } }, process: ProcessChannel) => void;

/** Starts the real analysis process. @param onPost is told of each message to a process, before it is sent. */
export function watchedSpawn(onPost: OnPost = () => undefined): {
  spawn: SpawnAnalysis;
  processes: readonly ProcessChannel[];
} {
  const processes: ProcessChannel[] = [];
  const fork = spawnByFork(analysisProgram);
  const spawn: SpawnAnalysis = () => {
    const channel = fork();
    processes.push(channel);
    return {
      ...channel,
      post: (message) => {
        onPost(message as { type: string }, channel);
        channel.post(message);
      },
    };
  };
  return { spawn, processes };
}

export const never = new AbortController().signal;

/** Analyses one file and expects it to work. */
export async function analysed(
  service: AnalysisService,
  path: string,
  plan: WindowPlan = { kind: 'all' },
): Promise<TrackAnalysis> {
  const outcome = await service.analyze({ path, plan }, never);
  if (outcome.status === 'failed') throw new Error(`${path}: ${outcome.code}: ${outcome.message}`);
  return outcome;
}

export const codeOf = (outcome: AnalysisOutcome): string => (outcome.status === 'failed' ? outcome.code : 'ok');

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'genregram-analysis-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Waits until `condition` holds; the test's own time limit is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
