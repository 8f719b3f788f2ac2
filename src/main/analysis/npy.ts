/**
 * A NumPy .npy file, format 1.0 (numpy.lib.format): magic, header length, a Python dict padded to 64 bytes, then the numbers.
 * @param data float32, row-major, of the given shape.
 */
export function encodeNpy(data: readonly Float32Array[], shape: readonly number[]): Uint8Array[] {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${dict.padEnd(Math.ceil((dict.length + 11) / 64) * 64 - 11)}\n`;
  const header = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.alloc(2), Buffer.from(padded)]);
  header.writeUInt16LE(padded.length, 8);
  return [header, ...data.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))];
}
