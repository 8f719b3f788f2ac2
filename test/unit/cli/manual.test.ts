import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/main/hosts/shared/exit';
import { completionScript } from '../../../src/main/hosts/cli/manual/completions';
import { manualPage } from '../../../src/main/hosts/cli/manual/roff';
import { EXIT_CODES } from '../../../src/main/hosts/cli/manual/texts';
import { allCommands, commandTree } from '../../../src/main/hosts/cli/manual/tree';
import { createProgram } from '../../../src/main/hosts/cli/program';
import { repositoryRoot } from '../../builders/requirements';

const program = commandTree(
  createProgram({ programFolder: join(repositoryRoot, 'out/main'), signal: new AbortController().signal }),
);
const folder = mkdtempSync(join(tmpdir(), 'genregram-manual-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const has = (name: string, ...args: string[]): boolean => spawnSync(name, args, { stdio: 'ignore' }).status === 0;

describe.skipIf(!has('bash', '-c', 'mapfile < /dev/null'))('completions for bash', () => {
  const script = join(folder, 'genregram.bash');
  writeFileSync(script, completionScript(program, 'bash'));
  /** What Tab offers after these words. */
  const offered = (...words: string[]): string[] => {
    const list = ['genregram', ...words].map((word) => `'${word}'`).join(' ');
    const run = `set -u; source "$1"; COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _genregram; printf '%s\\n' "\${COMPREPLY[@]+"\${COMPREPLY[@]}"}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', run, 'bash', script], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout.split('\n').filter((line) => line !== '');
  };

  it.each([
    [['ta'], ['tag', 'tags']],
    [['tags', 'u'], ['undo']],
    [['tag', '/music', '--pre'], ['--precision']],
    [
      ['tag', '--mode', ''],
      ['replace', 'add', 'fill'],
    ],
    [['tags', 'apply', '--mode', 'f'], ['fill']],
    [
      ['analyze', '--mod'],
      ['--model', '--models'],
    ],
    [
      ['completions', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['tag', '--library', 'x'], []],
    [['scan', '--mode', ''], []],
  ])('%j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  it('knows every command and option that the program has', () => {
    for (const { path, options, commands } of allCommands(program)) {
      const above = path.slice(1);
      expect(offered(...above, '--').sort()).toEqual(options.flatMap(({ long }) => long ?? []).sort());
      if (commands.length > 0)
        expect(offered(...above, '').sort()).toEqual(commands.map((inner) => inner.path.at(-1)).sort());
    }
  });
});

it.each(['zsh', 'fish'] as const)('completions for %s speak of every command and option', (shell) => {
  const text = completionScript(program, shell);
  for (const { path, options } of allCommands(program).slice(1)) {
    expect(text).toContain(path.at(-1));
    for (const { long } of options) expect(text).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : `${long}[`);
  }
  if (has(shell, '--version')) expect(spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
});

describe('the manual page', () => {
  const page = manualPage(program, '1.2.3');

  it('has every command with its options, and every exit code', () => {
    for (const { path, options, commands } of allCommands(program)) {
      if (commands.length > 0) continue;
      const [, part] = page.split(`\n.SS "${path.slice(1).join(' ').replaceAll('-', '\\-')} `);
      expect(part, path.join(' ')).toBeDefined();
      for (const { flags, long } of options)
        if (long !== '--help') expect(part).toContain(`.B ${flags.replaceAll('-', '\\-').replaceAll('…', '...')}\n`);
    }
    expect(EXIT_CODES.map(([code]) => code).sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  it.skipIf(!has('groff', '--version'))('is printed by groff without a warning', () => {
    const { stdout, stderr, status } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-rHY=0'], {
      input: page,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const plain = stdout.replace(/.\u0008/g, '').replace(/\u001b\[\d*m/g, '');
    expect(plain).toContain('genregram tag [options] <dir...>');
    expect(plain).toMatch(/--precision <p>/);
  });
});
