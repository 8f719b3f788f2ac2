export interface Compression {
  /** log10(1 + 10000 x), ln(x + 1e-5), or nothing. */
  readonly compression: 'log10-1-10000' | 'ln-1e-5' | 'none';
  /** What the model was trained on lies at (value + add) / divide; nothing is done where absent. */
  readonly normalisation?: { readonly add: number; readonly divide: number };
}

/** What becomes of a band's energy before it is a model's input: compressed, then shifted and scaled. */
export function compressor({ compression, normalisation }: Compression): (energy: number) => number {
  const compress = COMPRESSORS[compression];
  if (!normalisation || (normalisation.add === 0 && normalisation.divide === 1)) return compress;
  const { add, divide } = normalisation;
  return (energy) => (compress(energy) + add) / divide;
}

const COMPRESSORS: Readonly<Record<Compression['compression'], (energy: number) => number>> = {
  'log10-1-10000': (energy) => Math.log10(1 + 10_000 * energy),
  'ln-1e-5': (energy) => Math.log(energy + 1e-5),
  none: (energy) => energy,
};
