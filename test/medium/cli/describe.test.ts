import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { windowFeatures } from '../../../src/main/core/features';
import { featureSignals } from '../../builders/feature-signals';
import { wavFile } from '../../builders/pcm-files';
import { runCli } from '../../builders/programs';

const RATE = 22_050;
const folder = mkdtempSync(join(tmpdir(), 'genregram-describe-'));
const samples = featureSignals['clicks']!(10 * RATE, RATE);

beforeAll(() => {
  writeFileSync(join(folder, 'b.wav'), wavFile({ samples, channels: 1, sampleRate: RATE }, 'f32'));
  writeFileSync(join(folder, 'a.wav'), 'This was a song once.\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('prints a table of the files of a folder; a bad one is told on stderr, and how far it is', async () => {
  const { code, stdout, stderr } = await runCli([
    ...['describe', folder, '--csv', '--columns', 'tempo,rms_mean', '--progress', 'json'],
  ]);
  const [tempo, level] = windowFeatures(samples, RATE, ['tempo', 'rms_mean']);
  const row = [join(folder, 'b.wav'), 10, Number(tempo!.toPrecision(7)), Number(level!.toPrecision(7))];
  expect(stdout).toBe(`path,durationSec,tempo,rms_mean\r\n${row.join(',')}\r\n`);
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'failure', path: join(folder, 'a.wav'), code: 'unsupported-format' }),
  );
  const told = lines.filter(({ event }) => event === 'progress');
  expect(told[0]).toMatchObject({ job: 'describe', state: 'running', done: 0, total: 2 });
  expect(told.at(-1)).toMatchObject({ job: 'describe', state: 'done', done: 2, total: 2, failed: 1 });
  expect(code).toBe(0);
});
