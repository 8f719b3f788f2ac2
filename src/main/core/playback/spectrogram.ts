/** Gathers log-mel frames into a picture of bounded size: the mean of the frames of each of equal parts of a track. */
export class SpectrogramMeter {
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;
  private at = 0;

  /**
   * @param frames of the whole track, as far as is known; what comes after them counts to the last column
   * @param bands of each frame
   * @param columns at most; a track of fewer frames has as many
   */
  constructor(
    private readonly frames: number,
    private readonly bands: number,
    columns: number,
  ) {
    const count = Math.max(1, Math.min(columns, frames));
    this.counts = new Uint32Array(count);
    this.sums = new Float64Array(count * bands);
  }

  /** @param chunk row-major [frames, bands], values from 0 on, that follow those before */
  push(chunk: Float32Array): void {
    const { bands, counts, sums, frames } = this;
    for (let from = 0; from < chunk.length; from += bands) {
      const column = Math.min(counts.length - 1, Math.floor((this.at++ * counts.length) / frames));
      counts[column]!++;
      const to = column * bands;
      for (let band = 0; band < bands; band++) sums[to + band]! += chunk[from + band]!;
    }
  }

  /**
   * 0 for silence, 255 for the strongest of the track. Columns that no frame came to are silent.
   *
   * @returns row-major [columns, bands], lowest band first
   */
  image(): Uint8Array {
    const { bands, counts, sums } = this;
    const means = sums.map((sum, i) => sum / Math.max(1, counts[Math.floor(i / bands)]!));
    const most = means.reduce((a, b) => Math.max(a, b), 0);
    return Uint8Array.from(means, (mean) => (most > 0 ? Math.round((255 * mean) / most) : 0));
  }
}
