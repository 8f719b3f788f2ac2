import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli, type Finished } from '../../builders/programs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-playlists-')));
const run = (...args: string[]): Promise<Finished> =>
  runCli(['playlists', ...args, '--library', join(folder, 'library.db')]);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('playlists are saved, shared, exported and kept up to date', async () => {
  expect((await run('save', 'Old', 'year:..1970')).stdout).toBe('Old is kept. It finds 0 tracks now.\n');
  const form = (await run('show', 'old', '--form')).stdout;
  expect(JSON.parse(form)).toMatchObject({ version: 1, name: 'Old' });

  writeFileSync(join(folder, 'list.json'), form);
  expect(await run('import', join(folder, 'list.json'))).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('already') as string,
  });

  const out = join(folder, 'out');
  mkdirSync(out);
  const exported = await run('export', '--all', '--target', 'navidrome', '--to', out, '--sync', '--json');
  expect(JSON.parse(exported.stdout)).toMatchObject([{ name: 'Old', outcome: 'written', writes: 'rule' }]);
  expect(readFileSync(join(out, 'Old.nsp'), 'utf8')).toContain('"year"');

  rmSync(join(out, 'Old.nsp'));
  expect((await run('sync')).stdout).toBe(`+ ${join(out, 'Old.nsp')}  a rule\n`);
});
