import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/main/hosts/cli/program';
import { runProgram } from '../../../src/main/hosts/shared/run-program';
import { repositoryRoot } from '../../builders/requirements';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs in this process, for what ends before a library is opened. */
async function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.stdout += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.stderr += String(text))));
  vi.spyOn(console, 'error').mockImplementation((text) => void (written.stderr += String(text)));
  const program = createProgram({
    programFolder: join(repositoryRoot, 'out/main'),
    signal: new AbortController().signal,
  });
  const code = await runProgram(program, ['node', 'genregram', ...args]);
  return { code, ...written };
}

describe('wrong usage', () => {
  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['scann'], 'Did you mean scan?'],
    [['scan'], "missing required argument 'dir'"],
    [['scan', '--colour', 'x'], "unknown option '--colour'"],
    [['analyze', '--windows', 'zero', 'x'], 'random:100'],
    [['analyze', '--windows', 'random:0', 'x'], 'random:100'],
    [['tags', 'apply', 'x.mp3'], '--genre, --mood, --grouping, --comment or --field'],
    [['tags', 'apply', 'x.mp3', '--genre', 'Rock', '--genre', ''], '--genre ""'],
    [['tags', 'apply', 'x.mp3', '--field', 'RATING'], 'NAME=VALUE'],
    [['tags', 'plan', 'x.mp3', '--genre', 'Rock', '--mode', 'mix'], 'replace, add, fill'],
    [['tags', 'plan', 'x.mp3', '--genre', 'Rock', '--links', 'follow'], 'skip, through, break'],
    [['tags', 'plan', 'x.mp3', '--genre', 'Rock', '--in-place-above', 'all'], '0: all files'],
    [['settings', 'set', 'links', 'follow'], 'links takes skip | through | break'],
    [['settings', 'set', 'volume', '11'], 'The settings are neverTouchFiles'],
    [['tags', 'accept', '--min-confidence', '7'], 'from 0 to 1'],
    [['tag', '/music'], '--min-confidence 0.9, or --precision 0.97'],
    [['tag', '/music', '--precision', '1'], 'can never be promised'],
    [['tag', '/music', '--precision', '0.9', '--min-confidence', '0.9'], 'cannot be used with'],
    [['tag', '/music', '--min-confidence', '0.9', '--report', 'x.pdf'], '.html, .json or .csv'],
    [['watch', '/music', '--precision', '0.9'], 'add --write'],
    [['watch', '/music', '--poll', '0'], 'seconds over 0'],
    [['report'], '--html, --json or --csv'],
    [['export', '-', '--format', 'xml'], 'csv, json, jsonl'],
    [['scan', '/music', '--progress', 'loud'], 'bar, json, none'],
    [['tags', 'undo', '--run', 'last'], 'whole number'],
    [['evaluate', '--labels', 'x.csv', '--column', 'genre'], '--task genre'],
    [['evaluate', '--labels', 'x.csv', '--column', 'genre', '--task', 'tempo'], 'genre, mood'],
    [['describe', 'x.mp3', '--columns', 'tempo,loudness'], 'There is no statistic loudness'],
    [['describe', 'x.mp3', '--csv', '--json'], 'cannot be used with'],
    [['evaluate', '--labels', 'x.csv', '--describe'], 'add --report'],
    [['evaluate', '--labels', 'x.csv', '--describe', 'pitch', '--report', 'x.html'], 'no statistic pitch'],
    [['compare', 'x.mp3', '--with', ','], 'Name 1 to 8 models'],
    [['serve', '--port', '70000'], '65535'],
    [['playlists', 'export', '--to', '/x'], '--all'],
    [['playlists', 'export', 'Rock', '--to', '/x', '--target', 'zune'], 'm3u8, m3u, xspf'],
    [['playlists', 'export', 'Rock', '--to', '/x', '--map', '/music'], 'D:\\Music'],
    [['playlists', 'save', 'Rock', 'year:soon'], "can't be read"],
    [['tags', 'frobnicate'], "unknown command 'frobnicate'"],
  ])('%j gives 2 and says what is meant', async (args, sentence) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain(sentence);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('shows the help where no command is named', async () => {
    const { code, stderr } = await run([]);
    expect(stderr).toContain('Usage: genregram');
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it.each([[['--help']], [['analyze', '--help']], [['tags', 'apply', '--help']], [['--version']]])(
    '%j gives 0 on stdout',
    async (args) => {
      const { code, stdout, stderr } = await run(args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/Usage: genregram|^\d+\.\d+\.\d+\n$/);
    },
  );

  it.each([
    'scan',
    'analyze',
    'tag',
    'watch',
    'report',
    'evaluate',
    'compare',
    'doctor',
    'serve',
    'tags plan',
    'tags apply',
    'tags accept',
    'tags undo',
    'tags history',
  ])('%s takes --library, --model, --models and --json', async (command) => {
    const { stdout } = await run([...command.split(' '), '--help']);
    for (const option of ['--library <file>', '--model <id>', '--models <dir>', '--json'])
      expect(stdout).toContain(option);
  });
});
