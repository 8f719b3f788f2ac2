import { expect, test } from 'vitest';
import { loadRuntime } from '../../../src/main/adapters/onnx/runtime';

test('after WebAssembly the native build is refused: its CPU would be WebAssembly unnoticed', async () => {
  expect((await loadRuntime('wasm')).providers).toEqual(['wasm']);
  await expect(loadRuntime('cpu')).rejects.toMatchObject({ code: 'provider-unavailable' });
});
