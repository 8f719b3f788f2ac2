import { MusicTally } from './tally';

/** Gathers the windows' embeddings into the track's: the mean of their directions, of length 1 (L2). */
export class EmbeddingAggregator {
  private readonly tally: MusicTally;

  constructor(size: number) {
    this.tally = new MusicTally(size);
  }

  /** @param values [size]; a window of length 0 has no direction and adds none. */
  add(values: Float64Array, isMusic: boolean): void {
    this.tally.add(toUnitLength(values) ?? new Float64Array(values.length), isMusic);
  }

  /** Null where no window has a direction, or all of them cancel out. Needs at least one window. */
  finish(): Float32Array | null {
    const mean = toUnitLength(this.tally.counting.mean());
    return mean && Float32Array.from(mean);
  }
}

/** Scaled to length 1 (L2); null for a vector too short to have a direction. */
export function toUnitLength(values: Float64Array): Float64Array | null {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return length > 1e-9 ? values.map((value) => value / length) : null;
}
