/**
 * The values of the 256 codes of ITU-T G.711 (1988), -1..1: 13 bits (A-law) and 14 bits (µ-law) of a line's sound in eight, by a
 * sign, three bits of exponent and four of mantissa, kept inverted.
 */
export const ALAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const value = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return ((bits & 0x80) !== 0 ? value : -value) / 32_768;
});

export const MULAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const value = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return ((bits & 0x80) !== 0 ? -value : value) / 32_768;
});
