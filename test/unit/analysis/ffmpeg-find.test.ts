import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDecoders, findDecoders } from '../../../src/main/adapters/decoders';
import { findFfmpeg, usualPlaces } from '../../../src/main/adapters/decoders/ffmpeg-find';
import { temporaryFolder } from '../../builders/analysis';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A command that says it is ffmpeg; `version` null: one that fails. */
function command(name: string, version: string | null): string {
  const path = join(folder.path, name, 'ffmpeg');
  mkdirSync(join(folder.path, name), { recursive: true });
  writeFileSync(path, version === null ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho "ffmpeg version ${version} (c)"\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('which ffmpeg is taken', () => {
  let onPath = '';
  let chosen = '';
  let broken = '';
  let environment: Record<string, string> = {};
  beforeAll(() => {
    onPath = command('path', '6.1');
    chosen = command('chosen', '7.0');
    broken = command('broken', null);
    environment = { PATH: `relative:${join(folder.path, 'broken')}:${join(folder.path, 'path')}` };
  });

  test('the first on PATH that works', async () => {
    expect(await findFfmpeg(environment)).toEqual({ found: { path: onPath, version: '6.1' }, problem: null });
  });

  test('the one of the settings goes before PATH', async () => {
    expect(await findFfmpeg(environment, chosen)).toEqual({ found: { path: chosen, version: '7.0' }, problem: null });
  });

  test('one of the settings that does not work is named, with what is used instead and what to do', async () => {
    const { found, problem } = await findFfmpeg(environment, broken);
    expect(found?.path).toBe(onPath);
    expect(problem).toContain(broken);
    expect(problem).toMatch(/settings.*no ffmpeg that works: choose another.*path\/ffmpeg is used instead/);
    const [ffmpeg] = describeDecoders(await findDecoders(environment, broken));
    expect(ffmpeg).toMatchObject({ available: true, detail: expect.stringContaining(problem ?? '?') as string });
    expect(ffmpeg?.detail).toContain(`${onPath}, version 6.1`);
  });

  test('GENREGRAM_FFMPEG goes before all, and nothing stands in for it', async () => {
    const one = await findFfmpeg({ ...environment, GENREGRAM_FFMPEG: chosen }, onPath);
    expect(one.found?.path).toBe(chosen);
    const other = await findFfmpeg({ ...environment, GENREGRAM_FFMPEG: broken }, onPath);
    expect(other.found).toBeNull();
    expect(other.problem).toMatch(/GENREGRAM_FFMPEG.*unset it/);
  });
});

describe('where installers put it', () => {
  test('Windows: winget, scoop, chocolatey', () => {
    const places = usualPlaces('win32', {
      LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local',
      USERPROFILE: 'C:\\Users\\me',
      ProgramData: 'C:\\ProgramData',
    });
    expect(places).toContain('C:\\Users\\me\\AppData\\Local\\Microsoft\\WinGet\\Links');
    expect(places).toContain('C:\\Users\\me\\scoop\\shims');
    expect(places).toContain('C:\\ProgramData\\chocolatey\\bin');
  });

  test('macOS: Homebrew of both kinds, MacPorts', () => {
    const places = usualPlaces('darwin', { HOME: '/Users/me' });
    expect(places).toEqual(expect.arrayContaining(['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin']));
  });

  test('Linux: the system, snap, flatpak, Homebrew', () => {
    const places = usualPlaces('linux', { HOME: '/home/me' });
    const some = ['/usr/bin', '/snap/bin', '/var/lib/flatpak/exports/bin', '/home/linuxbrew/.linuxbrew/bin'];
    expect(places).toEqual(expect.arrayContaining([...some, '/home/me/.local/bin']));
  });

  test('what the environment does not tell is left out', () => {
    expect(usualPlaces('win32', {})).toEqual(['C:\\ffmpeg\\bin']);
  });
});
