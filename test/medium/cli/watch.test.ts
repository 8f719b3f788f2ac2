import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { programPath, startNode } from '../../builders/programs';
import { repositoryRoot } from '../../builders/requirements';
import { tone, writeWav } from '../../builders/sounds';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-watch-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Line {
  tracks: number;
  written: number;
  failed: number;
}

it('watch takes files in when they have stopped growing, writes them once, and ends when it is told to', async () => {
  const music = join(folder, 'music');
  mkdirSync(music, { recursive: true });
  writeWav(join(folder, 'whole.wav'), tone(110), 7);
  const bytes = readFileSync(join(folder, 'whole.wav'));
  const library = join(folder, 'library.sqlite');
  const models = join(repositoryRoot, 'test/fixtures/analysis');
  const program = startNode(
    [
      ...[programPath('cli'), 'watch', music, '--write', '--min-confidence', '0', '--settle', '1', '--json'],
      ...['--library', library, '--models', models, '--model', 'tiny-test'],
    ],
    { env: { XDG_DATA_HOME: join(folder, 'data') } },
  );
  let text = '';
  program.stdout.on('data', (more: string) => (text += more));
  const lines = (): Line[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  const written = (): number => lines().reduce((sum, line) => sum + line.written, 0);
  // All there was: nothing.
  await expect.poll(lines, { timeout: 60_000 }).toEqual([expect.objectContaining({ tracks: 0, written: 0 })]);

  // A file that grows over more than a second.
  const growing = join(music, 'growing.wav');
  writeFileSync(growing, bytes.subarray(0, 60_000));
  for (let at = 60_000; at < bytes.length; at += 60_000) {
    await pause(250);
    appendFileSync(growing, bytes.subarray(at, at + 60_000));
  }
  await expect.poll(written, { timeout: 60_000 }).toBe(1);
  expect(lines().every(({ failed }) => failed === 0)).toBe(true);
  expect(readFileSync(growing).length).toBeGreaterThan(bytes.length);

  // Its own write is nothing to be worked on, and a renamed folder's files are known again.
  const after = lines().length;
  await pause(3000);
  expect(lines().length).toBe(after);
  mkdirSync(join(music, 'one'));
  renameSync(growing, join(music, 'one', 'growing.wav'));
  await pause(200);
  renameSync(join(music, 'one'), join(music, 'two'));
  await expect.poll(() => lines().length, { timeout: 60_000 }).toBeGreaterThan(after);
  await pause(3000);
  expect(written()).toBe(1);

  program.kill('SIGTERM');
  const { code, stderr } = await program.finished;
  expect([code, stderr.includes('bug')]).toEqual([0, false]);
});
