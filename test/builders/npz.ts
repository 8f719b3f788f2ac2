import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const END_OF_DIRECTORY = 0x0605_4b50;

/** The float32 arrays of a .npz archive by name (NumPy's format 1, in a ZIP of stored or deflated entries); others are left out. */
export function readNpz(path: string): ReadonlyMap<string, NumpyArray> {
  const zip = readFileSync(path);
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  const arrays = new Map<string, NumpyArray>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const array = parseNpy(zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed);
    if (array) arrays.set(name.replace(/\.npy$/, ''), array);
    at += 46 + nameLength + extra + comment;
  }
  return arrays;
}

function parseNpy(bytes: Buffer): NumpyArray | null {
  const headerEnd = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, headerEnd);
  if (!header.includes("'descr': '<f4'") || header.includes("'fortran_order': True")) return null;
  const shape = [.../\(([^)]*)\)/.exec(header)![1]!.matchAll(/\d+/g)].map(Number);
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
    bytes.readFloatLE(headerEnd + 4 * i),
  );
  return { shape, data };
}
