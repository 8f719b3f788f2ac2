import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const globalSetup = 'test/global-setup.mjs';
const tests = (...folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);

/**
 * The test files of a folder, or with GENREGRAM_TEST_PART=1/3 every third of them from the first on: those that drive programs and windows
 * take too long on two slow cores to be run all together each time. The part holds `alwaysDriven` in any case.
 */
function driven(folder: string, isWanted: (file: string) => boolean): string[] {
  const [part = 1, of = 1] = (process.env['GENREGRAM_TEST_PART'] ?? '1/1').split('/').map(Number);
  const files = readdirSync(`test/${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => /\.test\.tsx?$/.test(file) && isWanted(file))
    .sort();
  return files.filter((file, index) => index % of === part - 1 || file === alwaysDriven);
}

/** The one proof that what the lab trains is what the app hears, of every kind of input. */
const alwaysDriven = 'test/medium/models/systems.test.ts';

const isWindow = (file: string): boolean => file.startsWith('test/medium/renderer/');

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
      { extends: true, test: { name: 'window', include: driven('medium', isWindow), isolate: false, globalSetup } },
      {
        extends: true,
        test: {
          name: 'built',
          include: [...driven('medium', (file) => !isWindow(file)), ...driven('e2e', () => true)],
          globalSetup,
        },
      },
    ],
  },
});
