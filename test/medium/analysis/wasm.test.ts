import { expect, test } from 'vitest';
import { loadModel } from '../../../src/main/adapters/models';
import { goldenWindows, largestDifference, TOLERANCE } from '../../../src/main/adapters/onnx/golden';
import { frontEndOf } from '../../../src/main/core/inputs';
import { createSession } from '../../../src/main/adapters/onnx/session';
import { tinyModel } from '../../builders/audio';

test('WebAssembly gives what the CPU gives, all but the last digits', async () => {
  const model = await loadModel(tinyModel);
  if (!model.ok) throw new Error(model.failure.message);
  const cpu = await createSession(model.value, 'cpu', 1);
  const wasm = await createSession(model.value, 'wasm', 1);
  const windows = goldenWindows(frontEndOf(model.value.manifest.input), 8);
  const names = model.value.manifest.outputs.map(({ name }) => name);
  const [expected, actual] = [await cpu.run(windows, names), await wasm.run(windows, names)];
  const differences = names.map((name) => largestDifference(expected[name]!, actual[name]!));
  expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
  // No difference at all would mean that one of the two has done both.
  expect(Math.max(...differences)).toBeGreaterThan(0);
});
