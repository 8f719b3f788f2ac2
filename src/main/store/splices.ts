import type { Splice } from '../ports';

/**
 * Splices as one blob: per splice offset and removed length (float64, exact to 2^53), the inserted length (uint32), then
 * the inserted bytes; little-endian.
 */
export function packSplices(splices: readonly Splice[]): Uint8Array {
  const size = splices.reduce((sum, splice) => sum + HEAD + splice.insert.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { offset, remove, insert } of splices) {
    view.setFloat64(at, offset, true);
    view.setFloat64(at + 8, remove, true);
    view.setUint32(at + 16, insert.length, true);
    bytes.set(insert, at + HEAD);
    at += HEAD + insert.length;
  }
  return bytes;
}

export function unpackSplices(bytes: Uint8Array): Splice[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const splices: Splice[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = view.getUint32(at + 16, true);
    splices.push({
      offset: view.getFloat64(at, true),
      remove: view.getFloat64(at + 8, true),
      insert: bytes.slice(at + HEAD, at + HEAD + length),
    });
    at += HEAD + length;
  }
  return splices;
}

const HEAD = 20;
