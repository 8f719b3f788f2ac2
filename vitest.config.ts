import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: 'test/global-setup.mjs',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // One more than the cores of a small machine: some tests wait for what hangs.
    maxWorkers: 3,
    // A window on a busy machine: how long one looks is no part of what a test says.
    expect: { poll: { timeout: 20_000 } },
  },
});
