import { setImmediate as turn } from 'node:timers/promises';
import type { Tally } from '../store';

/** Tracks whose results are read, and whose rows are, between two turns of the event loop: about as long as a page of the table takes. */
export const RESULTS_AT_ONCE = 1000;
export const ROWS_AT_ONCE = 5000;

/** Takes all tracks in, so many at a time; others have their turn in between. */
export async function inTurns<T>(tally: Tally<T>, atOnce: number): Promise<T> {
  while (tally.step(atOnce)) await turn();
  return tally.result();
}
