/** The made-up signals of test/golden/features/make.py, sample for sample. */
export const featureSignals: Readonly<Record<string, (samples: number, rate: number) => Float32Array>> = {
  /** A chord of three tones, 20 cents sharp, struck 100 times a minute, over a little noise. */
  chord: (samples, rate) => {
    const tones = [220, 277.1826, 329.6276].map((hertz) => 2 * Math.PI * hertz * 2 ** (20 / 1200));
    return withNoise(samples, 0.001, (i) => {
      const t = i / rate;
      const beat = t - Math.floor(t / 0.6) * 0.6;
      return 0.2 * Math.exp(-4 * beat) * tones.reduce((sum, tone) => sum + Math.sin(tone * t), 0);
    });
  },
  noise: (samples) => withNoise(samples, 0.3, () => 0),
  /** A tone that rises from 100 Hz to half the rate, over a little noise. */
  sweep: (samples, rate) => {
    const rise = (rate / 2 - 100) / ((2 * samples) / rate);
    return withNoise(samples, 0.01, (i) => {
      const t = i / rate;
      return 0.5 * Math.cos(2 * Math.PI * (100 * t + rise * t * t));
    });
  },
  silence: (samples) => new Float32Array(samples),
  /** Short tones 140 times a minute with digital silence between them. */
  clicks: (samples, rate) =>
    Float32Array.from({ length: samples }, (_, i) => {
      const t = i / rate;
      const beat = t - (Math.floor((t * 140) / 60) * 60) / 140;
      return beat < 0.1 ? 0.8 * Math.exp(-200 * beat) * Math.cos(2 * Math.PI * 1000 * beat) : 0;
    }),
};

/** A signal and noise of a linear congruential generator, -1..1 times `level`. */
function withNoise(samples: number, level: number, signal: (i: number) => number): Float32Array {
  let state = 12_345;
  return Float32Array.from({ length: samples }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return signal(i) + level * (state / 2 ** 31 - 1);
  });
}
