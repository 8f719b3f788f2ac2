/** Work of this long ago no longer counts towards the rate. */
const SPAN_MS = 8000;
const SAMPLE_MS = 250;
/** Shorter spans give figures that jump. */
const SHORTEST_MS = 1000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** Measures units per second over the last seconds of work. */
export function createRateMeter() {
  let samples: Sample[] = [];
  return {
    /** @param at milliseconds, rising @param done units finished so far */
    add(at: number, done: number): void {
      const last = samples.at(-1);
      if (last && at - last.at < SAMPLE_MS) return;
      samples = samples.filter((sample) => at - sample.at <= SPAN_MS);
      samples.push({ at, done });
    },
    /** Units per second, null while too little is known. */
    perSecond(at: number, done: number): number | null {
      const first = samples[0];
      if (!first || at - first.at < SHORTEST_MS) return null;
      return ((done - first.done) * 1000) / (at - first.at);
    },
    reset(): void {
      samples = [];
    },
  };
}
