/** One decision of this session: when, about how many tracks, and in words. */
export interface LogEntry {
  readonly at: number;
  readonly trackIds: readonly number[];
  readonly words: string;
}

/** Who leaves the desk for longer than this makes a pause, which counts for nothing. */
const PAUSE_MS = 120_000;
/** A rate of less would jump about. */
const LEAST_DECISIONS = 3;

/**
 * Tracks a minute of this session, from when its first track was shown to the last decision; null until there were a few.
 *
 * @param startedAt milliseconds since the epoch, as are the entries' times
 */
export function tracksPerMinute(startedAt: number, log: readonly LogEntry[]): number | null {
  if (log.length < LEAST_DECISIONS) return null;
  let spent = 0;
  let before = startedAt;
  for (const { at } of log) {
    if (at - before <= PAUSE_MS) spent += at - before;
    before = at;
  }
  const tracks = log.reduce((sum, { trackIds }) => sum + trackIds.length, 0);
  return spent > 0 ? (tracks * 60_000) / spent : null;
}
