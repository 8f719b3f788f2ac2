import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli, type Finished } from '../../builders/programs';

const folder = mkdtempSync(join(tmpdir(), 'genregram-genres-'));
const mine = join(folder, 'mine.txt');
/** A tag of ID3v2.3 with a title and one text of genres, then half a second of MPEG-1 Layer III silence. */
function songOf(genres: string): Buffer {
  const frames = Object.entries({ TIT2: 'Song', TCON: genres }).map(([id, text]) => {
    const frame = Buffer.alloc(11 + text.length);
    frame.write(`${id}\0\0\0${String.fromCharCode(1 + text.length)}\0\0\0${text}`, 'latin1');
    return frame;
  });
  const body = Buffer.concat(frames);
  const header = Buffer.from(`ID3\x03\0\0\0\0\0${String.fromCharCode(body.length)}`, 'latin1');
  const silence = Buffer.alloc(417);
  silence.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat([header, body, ...Array.from({ length: 20 }, () => silence)]);
}

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

  it('clean what files have, once, and list what is no genre', async () => {
    const music = join(folder, 'music');
    mkdirSync(music);
    const [odd, fine] = [join(music, 'odd.mp3'), join(music, 'fine.mp3')];
    writeFileSync(odd, songOf('hiphop/dnb; Zouglou'));
    writeFileSync(fine, songOf('Drum and Bass'));
    const before = [readFileSync(odd), readFileSync(fine)];
    const dry = await run('clean', music, '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({
      files: [{ path: odd, status: 'ready', diffs: [{ field: 'genre', after: ['Rap', 'Drum and Bass', 'Zouglou'] }] }],
    });
    expect([readFileSync(odd), readFileSync(fine)]).toEqual(before);
    expect((await run('clean', music)).stdout).toMatch(/1 file written.*\n1 file needs no cleaning/);
    expect(readFileSync(odd).includes('Rap; Drum and Bass; Zouglou')).toBe(true);
    expect(readFileSync(odd).includes('TIT2\0\0\0\x05\0\0\0Song')).toBe(true);
    expect(readFileSync(fine)).toEqual(before[1]);
    expect((await run('clean', music)).stdout).toMatch(/0 files written\.\n2 files need no cleaning/);
  });
});
