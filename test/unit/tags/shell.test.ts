import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyAttributes } from '../../../src/main/adapters/files/attributes';
import { ProgramRunner } from '../../../src/main/adapters/files/shell';
import { bundleProgram } from '../../builders/child-program';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "genregram 'shell' "));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('programs run by a shell that stays', () => {
  it('get their arguments as they are, and give their status', async () => {
    const programs = new ProgramRunner();
    const odd = join(folder, `a'b"c $(touch x) \`d\` \\ ;&|<>*?!\nnew line \u{1f3b5} -`);
    expect(await programs.run('touch', ['--', odd])).toBe(0);
    expect(statSync(odd).size).toBe(0);
    expect(await programs.run('test', ['a', '=', 'b'])).toBe(1);
    expect(await programs.run('no-such-program-here', [])).toBe(127);
    const statuses = ['3', '0', '7'].map((status) => programs.run('sh', ['-c', `exit ${status}`]));
    expect(await Promise.all(statuses)).toEqual([3, 0, 7]);
  });

  it('can not read or write what is the shell’s', async () => {
    const programs = new ProgramRunner();
    expect(await programs.run('cat', [])).toBe(0);
    expect(await programs.run('echo', ['5'])).toBe(0);
    expect(await programs.run('true', [])).toBe(0);
  });

  it('are run by a new shell where one died', async () => {
    const programs = new ProgramRunner();
    await expect(programs.run('sh', ['-c', 'kill -9 $PPID; sleep 5'])).rejects.toThrow('the shell ended');
    expect(await programs.run('true', [])).toBe(0);
  });

  it('copy modes and times to the nanosecond', async () => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    for (const path of [from, to]) writeFileSync(path, path);
    spawnSync('touch', ['-d', '@1234567890.123456789', from]);
    spawnSync('chmod', ['640', from]);
    await copyAttributes(from, to);
    const stat = statSync(to, { bigint: true });
    expect(stat.mode & 0o777n).toBe(0o640n);
    if (process.platform === 'linux') expect(stat.mtimeNs).toBe(1234567890123456789n);
    expect(readFileSync(to, 'utf8')).toBe(to);
  });

  it('neither keep a process alive nor are cut off by its end', async () => {
    const program = await bundleProgram('builders/shell-child.ts');
    const { status, stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 30_000 });
    expect([status, stdout]).toEqual([0, '0\n']);
  });
});
