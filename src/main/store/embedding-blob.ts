/**
 * An embedding as a blob: a float32 scale (little-endian), then each value as a signed byte; value = byte * scale. A quarter of
 * float32's size, and the largest error of a value is half a 127th of the largest value.
 */

const SCALE_BYTES = 4;
const LARGEST = 127;

export function packEmbedding(values: Float32Array): Uint8Array {
  const scale = Math.fround(values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / LARGEST);
  const blob = new Uint8Array(SCALE_BYTES + values.length);
  const view = new DataView(blob.buffer);
  view.setFloat32(0, scale, true);
  if (scale > 0) values.forEach((value, i) => view.setInt8(SCALE_BYTES + i, Math.round(value / scale)));
  return blob;
}

export function unpackEmbedding(blob: Uint8Array): Float32Array {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const scale = view.getFloat32(0, true);
  return Float32Array.from({ length: blob.length - SCALE_BYTES }, (_, i) => view.getInt8(SCALE_BYTES + i) * scale);
}

/** The values as signed bytes, without their scale: the direction that the embedding points in. */
export const embeddingBytes = (blob: Uint8Array): Uint8Array => blob.subarray(SCALE_BYTES);
