import { valuesOf, type FrontEnd } from '../../core/inputs';

/** Batches of 4 to 16 windows of the base model are best on CPUs (see test/bench/RESULTS.md). */
const BATCH = 16;
/** Values of 16 of its windows, 187 frames of 96 bands: larger windows go in smaller batches, so that memory stays bounded. */
const BATCH_VALUES = BATCH * 187 * 96;

/** How many windows to run at a time, 1 to 16. */
export function batchFor(frontEnd: Pick<FrontEnd, 'axes'>): number {
  return Math.max(1, Math.min(BATCH, Math.round(BATCH_VALUES / valuesOf(frontEnd))));
}
