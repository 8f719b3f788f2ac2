import { defineConfig } from 'vitest/config';

const tests = (...folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);

const globalSetup = 'test/global-setup.mjs';

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // More than the cores of a small machine: many tests wait for a window, or for what hangs.
    maxWorkers: 4,
    // A window on a busy machine: how long one looks is no part of what a test says.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // Starting anew for each file would take these longer than the tests themselves.
      {
        extends: true,
        test: { name: 'sources', include: tests('unit', 'property', 'golden', 'contract'), isolate: false },
      },
      // These drive the programs and the window as they are built.
      { extends: true, test: { name: 'window', include: tests('medium/renderer'), isolate: false, globalSetup } },
      { extends: true, test: { name: 'built', include: tests('medium/!(renderer)', 'e2e'), globalSetup } },
    ],
  },
});
