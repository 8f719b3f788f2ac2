/**
 * What a model has to compute and to move, counted from its graph: multiply-adds and bytes for one window. Only what is needed of the
 * ONNX format (a protobuf) is read here; the shapes of what flows between the nodes come from a run in which all of it is an output.
 */

/** Fields of a protobuf message: number -> its values, as numbers (varint) or bytes. Fixed 32 and 64 bit values are left out. */
function fieldsOf(bytes) {
  const fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const type = tag & 7;
    let value = null;
    if (type === 0) value = varint();
    else if (type === 2) {
      const length = varint();
      value = bytes.subarray(at, (at += length));
    } else if (type === 5) at += 4;
    else if (type === 1) at += 8;
    else throw new Error(`not an ONNX file: wire type ${type}`);
    if (value === null) continue;
    const number = tag >> 3;
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

const text = (bytes) => Buffer.from(bytes ?? []).toString('utf8');
const texts = (values = []) => values.map(text);

/** Numbers of a repeated field, packed or not. */
function numbers(values = []) {
  return values.flatMap((value) => {
    if (typeof value === 'number') return [value];
    const found = [];
    let number = 0n;
    let shift = 0n;
    for (const byte of value) {
      number |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) {
        found.push(Number(number));
        number = 0n;
        shift = 0n;
      }
    }
    return found;
  });
}

/** @param onnx the file's bytes. @returns its nodes, and the dimensions of its initializers by name. */
export function readGraph(onnx) {
  const [graph] = fieldsOf(onnx).get(7) ?? [];
  if (!graph) throw new Error('not an ONNX file: it has no graph');
  const fields = fieldsOf(graph);
  const nodes = (fields.get(1) ?? []).map((bytes) => {
    const node = fieldsOf(bytes);
    return { op: text(node.get(4)?.[0]), inputs: texts(node.get(1)), outputs: texts(node.get(2)) };
  });
  const weights = new Map(
    (fields.get(5) ?? []).map((bytes) => {
      const tensor = fieldsOf(bytes);
      return [text(tensor.get(8)?.[0]), numbers(tensor.get(1))];
    }),
  );
  return { nodes, weights };
}

const length = (value) => {
  const bytes = [];
  for (let left = value; ; left >>>= 7) {
    bytes.push(left > 0x7f ? (left & 0x7f) | 0x80 : left);
    if (left <= 0x7f) return bytes;
  }
};
const field = (number, content) =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...length(content.length)]), content]);

/** The same model with all that flows between its nodes as further outputs: messages that follow each other are merged. */
export function withAllOutputs(onnx, { nodes }) {
  const names = [...new Set(nodes.flatMap(({ outputs }) => outputs))].filter((name) => name !== '');
  const outputs = names.map((name) => field(12, field(1, Buffer.from(name))));
  return { names, onnx: Buffer.concat([onnx, field(7, Buffer.concat(outputs))]) };
}

const product = (sizes) => sizes.reduce((a, b) => a * b, 1);

/**
 * Multiply-adds and bytes of one window. Everything that is no convolution and no matrix product is taken as done on the way
 * without being written: so the bytes are the least that a device that keeps nothing between two such nodes can move.
 * @param shapes name -> dimensions of all values for one window.
 */
export function workOf({ nodes, weights }, shapes) {
  const shape = (name) => weights.get(name) ?? shapes.get(name);
  let macs = 0;
  let activationBytes = 0;
  const uncounted = new Set();
  for (const { op, inputs, outputs } of nodes) {
    const [a, b] = inputs.map(shape);
    const out = shape(outputs[0]);
    if (op === 'Conv') macs += product(out) * product(b.slice(1));
    else if (op === 'ConvTranspose') macs += product(a) * product(b.slice(1));
    else if (op === 'MatMul') macs += product(out) * a.at(-1);
    else if (op === 'Gemm') macs += product(out) * (product(a) / out[0]);
    else {
      if (['LSTM', 'GRU', 'RNN', 'Einsum', 'Attention', 'ConvInteger', 'MatMulInteger', 'QLinearConv'].includes(op))
        uncounted.add(op);
      continue;
    }
    const moved = [...inputs.filter((name) => !weights.has(name) && name !== ''), outputs[0]];
    activationBytes += 4 * moved.reduce((sum, name) => sum + product(shape(name)), 0);
  }
  const weightBytes = 4 * [...weights.values()].reduce((sum, dims) => sum + product(dims), 0);
  return { macs, activationBytes, weightBytes, uncounted: [...uncounted] };
}

/** Windows a second that a device's figures allow, and which of the two holds it back. */
export function ceiling({ macs, activationBytes, weightBytes }, batch, { tflops, gbs }) {
  const computing = (2 * macs) / (tflops * 1e12);
  const moving = (activationBytes + weightBytes / batch) / (gbs * 1e9);
  return { windowsPerSecond: 1 / Math.max(computing, moving), by: computing > moving ? 'computing' : 'memory' };
}
