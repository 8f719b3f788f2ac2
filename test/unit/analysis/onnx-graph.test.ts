import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime } from '../../../src/main/adapters/onnx/runtime';
import { tinyModel } from '../../builders/audio';
import { repositoryRoot } from '../../builders/requirements';

interface Graph {
  readonly nodes: readonly {
    readonly op: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
  }[];
  readonly weights: ReadonlyMap<string, readonly number[]>;
}
interface Work {
  readonly macs: number;
  readonly activationBytes: number;
  readonly weightBytes: number;
  readonly uncounted: readonly string[];
}
interface Counting {
  readGraph(onnx: Uint8Array): Graph;
  withAllOutputs(onnx: Uint8Array, graph: Graph): { readonly names: readonly string[]; readonly onnx: Uint8Array };
  workOf(graph: Graph, shapes: ReadonlyMap<string, readonly number[]>): Work;
  ceiling(work: Work, batch: number, peaks: { tflops: number; gbs: number }): { windowsPerSecond: number; by: string };
}

describe('what a model asks for, as the bench of providers counts it', () => {
  let counting: Counting;
  beforeAll(async () => {
    counting = (await import(pathToFileURL(join(repositoryRoot, 'scripts/lib/onnx-graph.mjs')).href)) as Counting;
  });

  test('multiply-adds and bytes of convolutions and products, by hand', () => {
    const graph: Graph = {
      nodes: [
        // 3x3, 2 to 4 channels in 2 groups: 4 * 5 * 6 values of 1 * 9 products.
        { op: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { op: 'Relu', inputs: ['c'], outputs: ['r'] },
        { op: 'Gemm', inputs: ['f', 'v', 'b'], outputs: ['g'] },
        { op: 'LSTM', inputs: ['g'], outputs: ['l'] },
      ],
      weights: new Map([
        ['w', [4, 1, 3, 3]],
        ['v', [10, 120]],
        ['b', [10]],
      ]),
    };
    const shapes = new Map([
      ['x', [1, 2, 5, 6]],
      ['c', [1, 4, 5, 6]],
      ['f', [1, 120]],
      ['g', [1, 10]],
    ]);
    const work = counting.workOf(graph, shapes);
    expect(work).toEqual({
      macs: 120 * 9 + 10 * 120,
      activationBytes: 4 * (60 + 120 + 120 + 10),
      weightBytes: 4 * (36 + 1200 + 10),
      uncounted: ['LSTM'],
    });
    const computing = counting.ceiling(work, 8, { tflops: 1e-6, gbs: 1e3 });
    expect(computing).toEqual({
      windowsPerSecond: expect.closeTo(1e6 / (2 * work.macs), 6) as number,
      by: 'computing',
    });
    const moving = counting.ceiling(work, 8, { tflops: 1e3, gbs: 1e-6 });
    expect(moving.by).toBe('memory');
    expect(moving.windowsPerSecond).toBeCloseTo(1e3 / (work.activationBytes + work.weightBytes / 8), 6);
  });

  test('the graph is read out of the file, and gives all values between its nodes', async () => {
    const onnx = readFileSync(join(tinyModel, 'model.onnx'));
    const graph = counting.readGraph(onnx);
    const { InferenceSession } = await loadRuntime('cpu');
    const plain = await InferenceSession.create(onnx);
    const open = counting.withAllOutputs(onnx, graph);
    const session = await InferenceSession.create(open.onnx, { graphOptimizationLevel: 'disabled' });
    expect(session.outputNames).toEqual(expect.arrayContaining([...plain.outputNames, ...open.names]));
    const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
    for (const { inputs } of graph.nodes)
      for (const name of inputs)
        expect(made.has(name) || graph.weights.has(name) || plain.inputNames.includes(name)).toBe(true);
  });
});
