/** Writes small ONNX graphs (onnx.proto, IR version 8, opset 13), so that packs of any input can be made on the spot. */

export interface LinearGraph {
  /** Name of the input, and its axes without the batch. */
  readonly input: string;
  readonly axes: readonly number[];
  readonly output: string;
  /** Row-major [product of the axes, size]. */
  readonly weights: Float32Array;
  readonly size: number;
}

/** A graph that flattens each window and multiplies it with the weights: every value of the input counts, by its place. */
export function linearGraph({ input, axes, output, weights, size }: LinearGraph): Uint8Array {
  const dims = [weights.length / size, size].map((dim) => number(1, dim));
  const values = bytes(9, new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
  const axisOne = bytes(5, text(1, 'axis'), number(3, 1), number(20, 2));
  const graph = bytes(
    7,
    bytes(1, text(1, input), text(2, 'flat'), text(4, 'Flatten'), axisOne),
    bytes(1, text(1, 'flat'), text(1, 'weights'), text(2, output), text(4, 'MatMul')),
    text(2, 'linear'),
    bytes(5, ...dims, number(2, FLOAT), text(8, 'weights'), values),
    bytes(11, valueInfo(input, axes)),
    bytes(12, valueInfo(output, [size])),
  );
  return Buffer.concat([number(1, 8), graph, bytes(8, text(1, ''), number(2, 13))]);
}

const FLOAT = 1;

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

/** A field of the wire format: a whole number, or bytes with their length before them. */
const number = (field: number, value: number): Uint8Array => Uint8Array.from([...varint(field * 8), ...varint(value)]);

function bytes(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}

const text = (field: number, value: string): Uint8Array => bytes(field, new TextEncoder().encode(value));

/** A float32 tensor with a batch of any size. */
function valueInfo(name: string, axes: readonly number[]): Uint8Array {
  const dims = [bytes(1, text(2, 'N')), ...axes.map((axis) => bytes(1, number(1, axis)))];
  const tensor = bytes(1, number(1, FLOAT), bytes(2, ...dims));
  return Buffer.concat([text(1, name), bytes(2, tensor)]);
}
