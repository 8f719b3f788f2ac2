/** Exit codes of every program: what scripts may rely on. */
export const EXIT = {
  /** Done; single files that failed are reported and do not change this. */
  done: 0,
  /** A bug of ours. */
  bug: 1,
  /** Wrong usage. */
  usage: 2,
  /** Nothing could be done. */
  nothingDone: 3,
  /** What was asked for can't be promised, so nothing was written. */
  notSure: 4,
  /** Ended by Ctrl+C, as shells have it: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** What was typed can't be meant: the sentence is shown with exit code 2. */
export class UsageError extends Error {}
