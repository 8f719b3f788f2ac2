import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing, repositoryRoot } from '../../builders/requirements';
import { traceNetwork } from '../../builders/strace';

const folder = mkdtempSync(join(tmpdir(), 'silence-'));
const music = join(folder, 'music');
const library = join(folder, 'library.sqlite');
const cli = (...args: string[]): [string, ...string[]] => [
  process.execPath,
  join(repositoryRoot, 'out/main/cli.cjs'),
  ...args,
  '--library',
  library,
  '--json',
];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(missing('strace'))('the watch over the network', () => {
  it('sees a program that goes there', async () => {
    const script = "require('node:net').connect(9, '127.0.0.1').on('error', () => process.exit(0))";
    const { internet } = await traceNetwork([process.execPath, '-e', script]);
    expect(internet.join('\n')).toMatch(/connect\(.*AF_INET.*127\.0\.0\.1/);
  });
});

describe.skipIf(missing('strace', 'ffmpeg', 'base-model'))('the command line makes no internet socket', () => {
  beforeAll(() => {
    mkdirSync(music);
    for (const [name, pitch] of [
      ['a.mp3', '220'],
      ['b.flac', '440'],
    ] as const)
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', `sine=frequency=${pitch}:duration=7`],
        join(music, name),
      ]);
  });

  const files = (): string[] => readdirSync(music).map((name) => join(music, name));

  it.each([
    ['scan', () => cli('scan', music)],
    ['analyze', () => cli('analyze', music)],
    ['tags apply', () => cli('tags', 'apply', ...files(), '--genre', 'Rock', '--mood', 'Calm')],
    ['tags undo', () => cli('tags', 'undo')],
    ['doctor', () => cli('doctor')],
  ])('in %s', async (_name, command) => {
    const { exitCode, internet } = await traceNetwork(command());
    expect(exitCode).toBe(0);
    expect(internet).toEqual([]);
  });
});
