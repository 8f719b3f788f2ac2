export interface Compression {
  /** log10(1 + 10000 x), ln(x + 1e-5), or nothing. */
  readonly compression: 'log10-1-10000' | 'ln-1e-5' | 'none';
  /** What the model was trained on lies at (value + add) / divide; nothing is done where absent. */
  readonly normalisation?: { readonly add: number; readonly divide: number };
}

/** scale * ln(factor * x + add) + shift, or scale * x + shift where `log` is null. */
export interface CompressionCurve {
  readonly log: { readonly factor: number; readonly add: number } | null;
  readonly scale: number;
  readonly shift: number;
}

/** What becomes of a band's energy x before it is a model's input: compressed, then shifted and scaled. */
export function compressionCurve({ compression, normalisation }: Compression): CompressionCurve {
  const { log, scale } = CURVES[compression];
  const { add, divide } = normalisation ?? { add: 0, divide: 1 };
  return { log, scale: scale / divide, shift: add / divide };
}

const CURVES: Readonly<Record<Compression['compression'], Omit<CompressionCurve, 'shift'>>> = {
  'log10-1-10000': { log: { factor: 10_000, add: 1 }, scale: 1 / Math.LN10 },
  'ln-1e-5': { log: { factor: 1, add: 1e-5 }, scale: 1 },
  none: { log: null, scale: 1 },
};
