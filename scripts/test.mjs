/**
 * `npm test [-- path…]`: runs vitest (which builds what the tests drive, see test/global-setup.mjs), and ends with what was left out and why and a line
 * `N passed, N failed[, N skipped]`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './build.mjs';
import { runToEnd } from './lib/run-to-end.mjs';

const folder = mkdtempSync(join(tmpdir(), 'genregram-test-'));
const reportFile = join(folder, 'report.json');
const leftOutFile = join(folder, 'left-out.jsonl');

try {
  const exitCode = await runVitest(process.argv.slice(2));
  process.exitCode = summarise(exitCode);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runVitest(filters) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  return runToEnd(
    spawn(process.execPath, [vitest, 'run', ...reporters, ...filters], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, GENREGRAM_TEST_LEFT_OUT: leftOutFile },
    }),
  );
}

/** Prints the closing lines; gives the exit code. */
function summarise(exitCode) {
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : null;
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  let failed = (report?.numFailedTests ?? 0) + brokenFiles(report);
  console.log('');
  printFailures(report);
  printLeftOut();
  if (failed === 0 && exitCode !== 0) {
    // An error outside any test (an unhandled rejection, no test found) must not look like success.
    console.log(`vitest ended with exit code ${exitCode} although no test failed: see above.`);
    failed = 1;
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}

/** Each failure once more in few lines: a log that is kept only from its end still says what failed first. */
function printFailures(report) {
  for (const file of report?.testResults ?? []) {
    if (file.status !== 'failed') continue;
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    console.log(`Failed in ${relative(root, file.name)}${failed.length === 0 ? `: ${shortly(file.message)}` : ''}`);
    for (const test of failed) console.log(`  ${test.fullName}: ${shortly(test.failureMessages[0])}`);
  }
}

function shortly(message = '') {
  return stripVTControlCharacters(message).split('\n').slice(0, 6).join('\n    ');
}

/** Test files that failed as a whole, before or beside their tests; vitest does not count them as failed tests. */
function brokenFiles(report) {
  const files = report?.testResults ?? [];
  return files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
}

function printLeftOut() {
  if (!existsSync(leftOutFile)) return;
  const lines = new Set(readFileSync(leftOutFile, 'utf8').trim().split('\n'));
  for (const line of lines) {
    const { file, reason } = JSON.parse(line);
    console.log(`Left out: tests of ${file} because ${reason}`);
  }
}
