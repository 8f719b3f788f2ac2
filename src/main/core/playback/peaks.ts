/** How loud a track is along its length, for drawing: the largest sample of each of equal parts. */
export class PeakMeter {
  private readonly largest: Float32Array;
  private at = 0;

  /**
   * @param samples of the whole track, as far as is known; what comes after them counts to the last part
   * @param parts at least 1
   */
  constructor(
    private readonly samples: number,
    parts: number,
  ) {
    this.largest = new Float32Array(Math.max(1, Math.min(parts, samples)));
  }

  /** @param chunk samples -1..1 that follow those before */
  push(chunk: Float32Array): void {
    const { largest, samples } = this;
    const parts = largest.length;
    for (let i = 0; i < chunk.length;) {
      const part = Math.min(parts - 1, Math.floor(((this.at + i) * parts) / samples));
      const end = part === parts - 1 ? Infinity : Math.ceil(((part + 1) * samples) / parts);
      const until = Math.min(chunk.length, end - this.at);
      let most = largest[part]!;
      for (; i < until; i++) {
        const value = Math.abs(chunk[i]!);
        if (value > most) most = value;
      }
      largest[part] = most;
    }
    this.at += chunk.length;
  }

  /** 0..255 a part, for 0..1. */
  peaks(): number[] {
    return Array.from(this.largest, (value) => Math.min(255, Math.round(value * 255)));
  }
}
