import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Splice } from '../ports';

/** How a blob of splices is stored. */
export const PLAIN = 0;
export const DEFLATED = 1;

export interface PackedSplices {
  readonly packing: number;
  readonly bytes: Uint8Array;
}

/** Splices as one blob, deflated (RFC 1951) where that makes it smaller. */
export function packSplices(splices: readonly Splice[]): PackedSplices {
  const plain = encode(splices);
  const deflated = deflateRawSync(plain);
  return deflated.length < plain.length ? { packing: DEFLATED, bytes: deflated } : { packing: PLAIN, bytes: plain };
}

export function unpackSplices({ packing, bytes }: PackedSplices): Splice[] {
  if (packing === PLAIN) return decode(bytes);
  if (packing === DEFLATED) return decode(new Uint8Array(inflateRawSync(bytes)));
  throw new Error(`splices packed in way ${packing}, which this version does not know`);
}

/**
 * Per splice offset and removed length (float64, exact to 2^53), the inserted length (uint32), then the inserted bytes;
 * little-endian.
 */
function encode(splices: readonly Splice[]): Uint8Array {
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

function decode(bytes: Uint8Array): Splice[] {
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
