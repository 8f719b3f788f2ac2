import { defineConfig } from 'vitest/config';

const tests = (...folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // One more than the cores of a small machine: some tests wait for what hangs.
    maxWorkers: 3,
    // A window on a busy machine: how long one looks is no part of what a test says.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // Starting anew for each file would take these longer than the tests themselves.
      {
        extends: true,
        test: { name: 'sources', include: tests('unit', 'property', 'golden', 'contract'), isolate: false },
      },
      // These drive the programs and the window as they are built.
      { extends: true, test: { name: 'built', include: tests('medium', 'e2e'), globalSetup: 'test/global-setup.mjs' } },
    ],
  },
});
