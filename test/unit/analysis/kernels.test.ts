import { expect, test } from 'vitest';
import { startNode } from '../../builders/programs';

test('the WebAssembly in kernels.ts is what kernels.as compiles to', async () => {
  const { code, stderr } = await startNode(['scripts/kernels.mjs', '--check']).finished;
  expect(stderr).toBe('');
  expect(code).toBe(0);
});
