/**
 * Where a track stands in the shuffled order of a seed, 0..2^32-1: sorting by it shuffles. It depends on the id and the seed alone, so that a
 * track which comes or goes leaves the others in their order. Different ids never share a place: `mix` is a bijection of 32 bits.
 *
 * @param seed 0..2^32-1
 */
export const shuffledPlace = (id: number, seed: number): number => mix(id ^ mix(seed + 0x9e3779b9));

/** The finaliser of MurmurHash3 (Appleby, public domain). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
