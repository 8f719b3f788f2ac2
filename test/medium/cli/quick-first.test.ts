import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/main/store';
import { runCli, type Finished } from '../../builders/programs';
import { repositoryRoot } from '../../builders/requirements';
import { noise, tone, writeWav } from '../../builders/sounds';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-quick-')));
const music = join(folder, 'music');
const models = join(repositoryRoot, 'test/fixtures/analysis');
/** Longer than twelve windows of three seconds, and shorter. */
const [long, hiss, short] = ['long.wav', 'hiss.wav', 'short.wav'].map((name) => join(music, name)) as [
  string,
  string,
  string,
];

interface Line {
  path: string;
  status: string;
  quick: boolean;
  cached: boolean;
  windows: number;
  genre: { top: string };
}

const run = (library: string, ...args: string[]): Promise<Finished> =>
  runCli([...args, '--library', join(folder, `${library}.sqlite`), '--models', models, '--model', 'tiny-test'], {
    env: { XDG_DATA_HOME: join(folder, 'data') },
  });
const analyze = async (library: string, ...args: string[]): Promise<Line[]> => {
  const { code, stdout } = await run(library, 'analyze', ...args, '--json');
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
};
/** The result of a command that prints one JSON value. */
const value = async (library: string, ...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run(library, ...args, '--json')).stdout) as Record<string, unknown>;

beforeAll(() => {
  mkdirSync(music);
  writeWav(long, tone(110), 50);
  writeWav(hiss, noise(1), 47);
  writeWav(short, tone(220), 10);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a quick look first', () => {
  it('prints each track twice: heard in twelve windows, marked so, then in all', async () => {
    const lines = await analyze('twice', music, '--quick-first');
    expect(lines.map(({ status }) => status)).toEqual(Array(5).fill('ok'));
    const [first, second] = [lines.slice(0, 3), lines.slice(3)];
    const told = (all: Line[]) => all.map(({ path, quick, windows }) => [path, quick, windows]).sort();
    expect(told(first)).toEqual([
      [hiss, true, 12],
      [long, true, 12],
      [short, false, 3],
    ]);
    expect(told(second)).toEqual([
      [hiss, false, 16],
      [long, false, 17],
    ]);
    expect(lines.every(({ cached }) => !cached)).toBe(true);

    const again = await analyze('twice', music, '--quick-first');
    expect(again.map(({ path, quick, cached }) => [path, quick, cached])).toEqual(
      [hiss, long, short].map((path) => [path, false, true]),
    );
  });

  it('tells people which verdicts are quick, and how many there were', async () => {
    const { stdout } = await run('people', 'analyze', long, '--quick-first');
    expect(stdout).toMatch(/long\.wav {2}0:50, 12 windows, quick · /);
    expect(stdout).toMatch(/long\.wav {2}0:50, 17 windows · /);
    expect(stdout).toMatch(/\n1 track heard quickly first; 1 track listened to\.\n$/);
  });

  it('follows a scan where that is asked for', async () => {
    expect(await value('scan', 'scan', music, '--quick-first')).toMatchObject({
      found: 3,
      new: 3,
      heard: { quickly: 3, inFull: 2, failed: 0 },
      failures: [],
    });
    const { stdout } = await run('scan', 'scan', music, '--quick-first');
    expect(stdout).toMatch(/\n0 tracks heard quickly, 0 in full\.\n$/);
    expect((await value('plain', 'scan', music))['heard']).toBeUndefined();
  });

  it('is not to be had together with a plan of its own', async () => {
    const windows = await run('plan', 'analyze', long, '--quick-first', '--windows', '5');
    expect(windows).toMatchObject({ code: 2, stdout: '' });
    expect(windows.stderr).toContain('leave out --windows');
    expect((await run('plan', 'analyze', long, '--quick-first', '--force')).stderr).toContain('leave out --force');
  });
});

describe('tags accept', () => {
  it('leaves out what was heard quickly only, unless it is to be included', async () => {
    const [line] = await analyze('accept', long, '--windows', '12');
    expect(line).toMatchObject({ quick: true, windows: 12 });
    const before = readFileSync(long);
    const left = await run('accept', 'tags', 'accept', long);
    expect(left.code).toBe(3);
    expect(left.stderr).toContain('Left out: 1 track heard only quickly so far.');
    expect(readFileSync(long)).toEqual(before);

    const dry = await value('accept', 'tags', 'accept', long, '--include-quick', '--dry-run');
    expect(dry).toMatchObject({ files: [{ path: long, status: 'ready' }] });
    expect(await value('accept', 'tags', 'accept', long, '--include-quick')).toMatchObject({ written: 1 });
  });

  it('leaves out what was accepted quickly and is not borne out, unless the file itself is named', async () => {
    const path = join(folder, 'again.sqlite');
    const [line] = await analyze('again', hiss, '--windows', '12');
    const heard = line!.genre.top;
    const store = openStore(path);
    store.activate({ model: 'tiny-test@1.0.0', frontEnd: store.results.lastFrontEnd('tiny-test@1.0.0') });
    const { id, analysis, genre, mood } = store.detail(store.tracks.byPath(hiss)!.id)!;
    const accepted = { action: 'accept' as const, genres: [heard], moods: [], decidedAt: Date.now() };
    store.decisions.set([{ trackId: id, decision: accepted }]);
    const other = heard === 'jazz' ? 'rock' : 'jazz';
    const full = {
      ...analysis!,
      status: 'ok' as const,
      contentHash: store.tracks.byId(id)!.contentHash!,
      durationSec: 47,
      genre: { ...genre!, top: other, abstained: false, abstainReason: null },
      mood,
      content: null,
      wide: null,
      affect: null,
      embedding: null,
      perWindow: {
        genre: { labels: [other], data: new Uint8Array(analysis!.windows) },
        mood: null,
      },
    };
    store.results.store(id, full, 'all', Date.now());
    expect(store.detail(id)).toMatchObject({ quick: false, lookAgain: true });
    store.close();

    const batch = await run('again', 'tags', 'accept', music, '--dry-run');
    expect(batch.code).toBe(3);
    expect(batch.stderr).toContain('Left out: 1 track that you accepted after a quick look');
    const named = await value('again', 'tags', 'accept', hiss, '--dry-run');
    expect(JSON.stringify(named)).toContain(other === 'jazz' ? 'Jazz' : 'Rock');
  });
});
