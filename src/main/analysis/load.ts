import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, constants, getPriority, setPriority } from 'node:os';
import { DEFAULT_LISTENING, type Share } from '#shared/domain/listening';

const { PRIORITY_LOW, PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

/** Each costs some 40 MB; more than this decode faster than one session infers. */
const MAX_WORKERS = 8;

/** How much of the machine listening takes. */
export interface Load {
  /** Files decoded side by side. */
  readonly workers: number;
  /** Threads of the inference session; holds for a session's whole life. */
  readonly threads: number;
  /** As `os.setPriority` takes it. */
  readonly priority: number;
}

export interface LoadWanted {
  /** Without it, as by default. */
  readonly share?: Share;
  /** A window that is to stay quick is in front. */
  readonly inFront?: boolean;
}

/** Decoding takes the larger part of the machine. */
export const inferenceThreads = (cores = availableParallelism()): number => Math.max(1, Math.floor(cores / 2));

/**
 * What a share of the machine comes to. While the window is in front everything is done at the next lower priority; where that could
 * not be raised again afterwards, a quarter of the workers rests instead.
 */
export function loadOf(
  { share = DEFAULT_LISTENING.share, inFront = false }: LoadWanted,
  cores = availableParallelism(),
  canRaise = canRaisePriority(),
): Load {
  const load = SHARES[share](cores);
  if (!inFront || share === 'low') return load;
  if (!canRaise) return { ...load, workers: Math.ceil(load.workers * 0.75) };
  return { ...load, priority: load.priority === PRIORITY_NORMAL ? PRIORITY_BELOW_NORMAL : PRIORITY_LOW };
}

const capped = (workers: number): number => Math.min(MAX_WORKERS, workers);

const SHARES: Readonly<Record<Share, (cores: number) => Load>> = {
  low: () => ({ workers: 1, threads: 1, priority: PRIORITY_LOW }),
  half: (cores) => ({
    workers: capped(Math.max(1, Math.floor(cores / 2))),
    threads: Math.max(1, Math.floor(cores / 4)),
    priority: PRIORITY_BELOW_NORMAL,
  }),
  most: (cores) => ({
    workers: capped(Math.max(2, cores)),
    threads: inferenceThreads(cores),
    priority: PRIORITY_BELOW_NORMAL,
  }),
  all: (cores) => ({
    workers: capped(Math.max(2, cores)),
    threads: inferenceThreads(cores),
    priority: PRIORITY_NORMAL,
  }),
};

/** On POSIX a process may give up priority but not take it back, unless it is root's or has the right to (RLIMIT_NICE). */
export function canRaisePriority(): boolean {
  if (process.platform === 'win32' || process.getuid?.() === 0) return true;
  if (process.platform !== 'linux') return false;
  try {
    const limit = /^Max nice priority\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    // The limit counts from 20 downwards: 20 is the right to go back to 0.
    return Number(limit?.[1] ?? 0) >= 20 - PRIORITY_NORMAL;
  } catch {
    return false;
  }
}

/**
 * Sets the priority of this process with all of its threads; processes that these start inherit it. Where it may not be raised it
 * stays as it is: a courtesy only.
 */
export function takePriority(priority: number): void {
  // Linux keeps it for each thread, and takes a thread's id for a process's.
  for (const id of process.platform === 'linux' ? threadIds() : [0]) {
    try {
      if (getPriority(id) !== priority) setPriority(id, priority);
    } catch {
      // The thread has ended, or it may not be raised.
    }
  }
}

function threadIds(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}
