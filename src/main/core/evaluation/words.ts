/** A difference of shares in points of per cent, with its sign. */
export const points = (share: number): string => `${share >= 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)}`;

export const shortP = (p: number): string => (p < 0.001 ? p.toExponential(1) : p.toFixed(3));
