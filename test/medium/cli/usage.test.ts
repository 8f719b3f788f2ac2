import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../builders/programs';

const folder = mkdtempSync(join(tmpdir(), 'genregram-usage-'));
const library = join(folder, 'library.sqlite');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('wrong usage', () => {
  it('gives 2 and leaves stdout alone', async () => {
    const { code, stdout, stderr } = await runCli(['analyze', '--windows', 'zero', folder, '--json']);
    expect(stderr).toContain('random:100');
    expect([code, stdout]).toEqual([2, '']);
  });

  it('names the columns that a table of labels has', async () => {
    const labels = join(folder, 'labels.csv');
    writeFileSync(labels, 'file,quadrant\na.mp3,Q1\n');
    const { code, stdout, stderr } = await runCli([
      'evaluate',
      '--labels',
      labels,
      '--column',
      'genre',
      '--task',
      'genre',
    ]);
    expect(stderr).toContain('Its columns are: file, quadrant.');
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('help', () => {
  it('gives 0 on stdout', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: genregram/);
  });
});

describe('nothing could be done', () => {
  it('reports folders that are not there', async () => {
    const nowhere = join(folder, 'nowhere');
    const scan = await runCli(['scan', nowhere, '--library', library, '--json']);
    expect(scan.code).toBe(3);
    expect(JSON.parse(scan.stdout)).toMatchObject({
      found: 0,
      failed: 1,
      failures: [{ path: nowhere, code: 'not-found' }],
    });
    const analyze = await runCli(['analyze', nowhere, '--library', library, '--json']);
    expect(analyze.code).toBe(3);
    expect(JSON.parse(analyze.stdout)).toMatchObject({ path: nowhere, status: 'failed', code: 'not-found' });
  });

  it('says that there is nothing to undo, as its one JSON value too', async () => {
    const { code, stdout, stderr } = await runCli(['tags', 'undo', '--library', library, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'undo-unavailable' } });
    expect(stderr).toContain('undone');
  });

  it('refuses a library that is none, and leaves it as it is', async () => {
    const note = join(folder, 'note.txt');
    writeFileSync(note, 'shopping list\n'.repeat(500));
    const { code, stderr } = await runCli(['tags', 'history', '--library', note]);
    expect(code).toBe(3);
    expect(stderr).toContain('note.txt');
  });
});
