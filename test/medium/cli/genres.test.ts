import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli, type Finished } from '../../builders/programs';

const folder = mkdtempSync(join(tmpdir(), 'genregram-genres-'));
const mine = join(folder, 'mine.txt');
const run = (...args: string[]): Promise<Finished> =>
  runCli(['genres', ...args, '--library', join(folder, 'library.db')]);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('genres', () => {
  it('shows one with what stands above and below, and all as a tree', async () => {
    const { code, stdout } = await run('show', 'd&b');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Drum and Bass\n  a kind of +Electronic\n  kinds of it .*Jungle.*\n  also spelt .*dnb/),
    ]);
    expect((await run()).stdout).toMatch(/\nBlues\n  Acoustic Blues\n    Country Blues\n/);
    expect(JSON.parse((await run('show', 'Delta Blues', '--json')).stdout)).toMatchObject({
      name: 'Delta Blues',
      ancestors: ['Acoustic Blues', 'Blues'],
    });
    expect(await run('show', 'nothing like it')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no genre here') as string,
    });
  });

  it('are exported, edited, checked and taken over', async () => {
    expect((await run('export', mine)).code).toBe(0);
    expect(readFileSync(mine, 'utf8')).toContain('Rap = hip-hop');
    expect((await run('import', mine, '--check')).stdout).toContain('Nothing is wrong');
    expect((await run('export', mine)).code).toBe(3);

    writeFileSync(mine, 'Rap = hip-hop\nRock < Hard Rock\n');
    const refused = await run('import', mine);
    expect(refused).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/mine\.txt:2 .*\nNothing was changed/) as string,
    });

    writeFileSync(mine, 'Rap = hip-hop\n');
    expect((await run('import', mine)).code).toBe(0);
    expect((await run('show', 'hip hop')).stdout).toMatch(/^Rap\n/);
    const again = join(folder, 'again.txt');
    await run('export', again);
    expect(readFileSync(again, 'utf8')).toBe('Rap = hip-hop\n');
    expect(existsSync(join(folder, 'no.txt'))).toBe(false);
    expect(await run('import', join(folder, 'no.txt'))).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("can't be read") as string,
    });
  });
});
