/** Deaths further apart than this (milliseconds) have nothing to do with each other. */
const WINDOW_MS = 60_000;
const DELAYS_MS = [250, 1_000, 3_000, 8_000] as const;

/**
 * How long to wait before a process that died is started again.
 *
 * @param deaths times of its deaths in milliseconds, the present one included
 * @param now the present time in milliseconds
 * @returns milliseconds, or null if it died so often within a minute that trying on makes no sense
 */
export function restartDelay(deaths: readonly number[], now: number): number | null {
  const recent = deaths.filter((death) => now - death < WINDOW_MS).length;
  return DELAYS_MS[Math.max(0, recent - 1)] ?? null;
}
