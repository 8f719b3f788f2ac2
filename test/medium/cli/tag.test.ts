import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  cpSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type Finished } from '../../builders/programs';
import { missing, repositoryRoot, sharedFolder } from '../../builders/requirements';
import { noise, tone, writeWav } from '../../builders/sounds';
import { askReferee } from '../../builders/tags-referee';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-tag-')));
const music = join(folder, 'music');
const tiny = ['--models', join(repositoryRoot, 'test/fixtures/analysis'), '--model', 'tiny-test'];

interface Told {
  standings: Record<string, number>;
  written: number;
  unchanged: number;
  refused: number;
  runId: number | null;
  files: { path: string; status: string; code?: string }[];
  sidecars?: { sidecar: string; status: string }[];
  rule: { genreFrom: number | null; moodFrom: number | null } | null;
}

/** One library for all, so that what the machine can do is tried once; each test has a folder of its own. */
const library = join(folder, 'library.sqlite');
const run = (...args: string[]): Promise<Finished> =>
  runCli([...args, '--library', library, ...tiny], {
    env: { XDG_DATA_HOME: join(folder, 'data') },
  });
const tell = async (...args: string[]): Promise<Told> => {
  const { stdout, stderr } = await run(...args, '--json');
  expect(stdout, stderr).toMatch(/^\{.*\}\n$/s);
  return JSON.parse(stdout) as Told;
};

/** The same music in a folder of its own. */
function folderOf(name: string): string {
  cpSync(music, join(folder, name), { recursive: true });
  return join(folder, name);
}

/** Every file of a folder: its bytes and when it was changed. */
const state = (of: string): Map<string, string> =>
  new Map(
    readdirSync(of, { recursive: true, encoding: 'utf8' })
      .map((name) => join(of, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [path, `${statSync(path, { bigint: true }).mtimeNs} ${readFileSync(path).toString('base64')}`]),
  );

beforeAll(() => {
  mkdirSync(music);
  writeWav(join(music, 'one.wav'), tone(110), 7);
  writeWav(join(music, 'two.wav'), tone(330), 7);
  writeWav(join(music, 'hiss.wav'), noise(1), 7);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('tag', () => {
  it('writes a folder by one command, changes nothing the second time, and leaves alone what was undone', async () => {
    const music = folderOf('plain');
    const before = state(music);
    const dry = await tell('tag', music, '--min-confidence', '0', '--dry-run', '--progress', 'json');
    const sure = dry.standings['sure'] ?? 0;
    expect(sure).toBeGreaterThan(0);
    expect(dry.files.filter(({ status }) => status === 'ready')).toHaveLength(sure);
    expect(state(music)).toEqual(before);

    const first = await tell('tag', music, '--min-confidence', '0');
    expect(first).toMatchObject({ written: sure, refused: 0, standings: { sure } });
    const written = state(music);
    expect(written).not.toEqual(before);
    const second = await tell('tag', music, '--min-confidence', '0');
    expect(second).toMatchObject({ written: 0, runId: null, files: [], standings: { sure: 0, written: sure } });
    expect(state(music)).toEqual(written);

    await run('tags', 'undo', '--run', String(first.runId));
    const undone = state(music);
    expect(bytesOf(undone)).toEqual(bytesOf(before));
    const again = await run('tag', music, '--min-confidence', '0', '--quiet', '--progress', 'json');
    expect([again.code, again.stdout]).toEqual([0, '']);
    const lines = again.stderr
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(expect.objectContaining({ event: 'progress', job: 'scan', state: 'done' }));
    expect(lines.every(({ at }) => typeof at === 'number')).toBe(true);
    expect(state(music)).toEqual(undone);
  });

  it('leaves what is not sure enough for the review, and says what it can not promise', async () => {
    const music = folderOf('strict');
    const before = state(music);
    const none = await tell('tag', music, '--min-confidence', '1');
    expect(none).toMatchObject({ runId: null, files: [], standings: { sure: 0 } });
    const promise = await run('tag', music, '--precision', '0.97');
    expect(promise.code).toBe(4);
    expect(promise.stderr).toContain('nothing was written');
    expect(promise.stderr).toContain('Decide at least 215 more verdicts yourself');
    expect(state(music)).toEqual(before);
  });

  it('leaves hard links alone, and the rest is written', async () => {
    const linked = folderOf('linked');
    linkSync(join(linked, 'one.wav'), join(linked, 'same.wav'));
    const { files } = await tell('tag', linked, '--min-confidence', '0');
    const refused = files.filter(({ code }) => code === 'link-refused').map(({ path }) => path);
    expect(refused).toEqual([join(linked, 'one.wav'), join(linked, 'same.wav')]);
    expect(readFileSync(join(linked, 'one.wav'))).toEqual(readFileSync(join(music, 'one.wav')));
    expect(files.some(({ status }) => status === 'written')).toBe(true);
    // They wait in the review, as though nobody had decided.
    const again = await tell('tag', linked, '--min-confidence', '1');
    expect(again.standings).toMatchObject({ sure: 0, decided: 0 });
  });

  it('never touches a file where the library says so, and writes sidecars', async () => {
    const music = folderOf('untouched');
    const before = state(music);
    const cards = join(folder, 'cards');
    await run('settings', 'set', 'neverTouchFiles', 'on');
    const refused = await run('tag', music, '--min-confidence', '0');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('neverTouchFiles');
    const byHand = await tell('tags', 'apply', join(music, 'one.wav'), '--genre', 'Rock');
    expect(byHand).toMatchObject({ written: 0, refused: 1, files: [{ code: 'writing-off' }] });

    const told = await tell('tag', music, '--min-confidence', '0', '--sidecar', cards);
    expect(told.sidecars?.every(({ status }) => status === 'written')).toBe(true);
    const { sidecar } = told.sidecars![0]!;
    expect(sidecar).toMatch(/cards\/untouched\/(hiss|one|two)\.wav\.genregram\.json$/);
    const card = JSON.parse(readFileSync(sidecar, 'utf8')) as Record<string, unknown>;
    expect(card).toMatchObject({ genregram: 1, decidedBy: 'rule', genres: [expect.any(String)] });
    const written = state(cards);
    const second = await tell('tag', music, '--min-confidence', '0', '--sidecar', cards);
    expect(second.sidecars?.every(({ status }) => status === 'unchanged')).toBe(true);
    expect(state(cards)).toEqual(written);
    expect(state(music)).toEqual(before);
    await run('settings', 'set', 'neverTouchFiles', 'off');
  });
});

const bytesOf = (files: ReadonlyMap<string, string>): string[] =>
  [...files].map(([path, text]) => `${path} ${text.replace(/^\d+ /, '')}`);

/** Real recordings, the model that ships, and a referee of our own files that knows nothing of our code. */
describe.skipIf(missing('ffmpeg', 'base-model', 'shared-data', 'tag-referee'))('tag, of real songs', () => {
  it('writes what is sure into three formats, and nothing else of the files changes', async () => {
    const [songs, copies] = [join(folder, 'songs'), join(folder, 'copies')];
    mkdirSync(songs);
    const clips = join(sharedFolder, 'data/gtzan/audio');
    const names = readdirSync(clips).sort();
    ['mp3', 'flac', 'ogg'].forEach((kind, at) => {
      const target = join(songs, `${at}.${kind}`);
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-i', join(clips, names[at]!), '-ar', '44100'],
        ...['-metadata', `title=Clip ${at}`, '-metadata', 'genre=Other', '-metadata', 'comment=keep me', target],
      ]);
    });
    cpSync(songs, copies, { recursive: true, preserveTimestamps: true });
    const report = join(folder, 'report.csv');
    const { stdout, stderr, code } = await runCli([
      ...['tag', songs, '--min-confidence', '0.5', '--json', '--report', report],
      ...['--library', library, '--model', 'base'],
    ]);
    expect(code, stderr).toBe(0);
    const told = JSON.parse(stdout) as Told;
    expect(told.written).toBeGreaterThan(0);
    expect(readFileSync(report, 'utf8').match(/,written,written,classical,/g)).toHaveLength(told.written);
    const jobs = readdirSync(songs).map((name) => ({
      ...{ before: join(copies, name), after: join(songs, name), fields: [] },
    }));
    expect(askReferee(jobs).map(({ differences, error }) => [...differences, ...(error ? [error] : [])])).toEqual(
      jobs.map(() => []),
    );
  });
});
