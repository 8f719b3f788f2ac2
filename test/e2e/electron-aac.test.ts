import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/main/store/driver';
import { analysed, watchedAnalysis } from '../builders/analysis';
import { tinyModel } from '../builders/audio';
import { wavFile } from '../builders/pcm-files';
import { missing } from '../builders/requirements';
import { musicLike } from '../builders/sounds';
import { electronDriver, type ElectronApp, useTinyModel as tinyModelIn } from './drivers';
import { pagesOf } from './pages';

const folder = mkdtempSync(join(tmpdir(), 'electron-aac-'));
const music = join(folder, 'music');
let app: ElectronApp | null = null;

afterEach(async () => {
  await app?.close();
  app = null;
});
afterAll(() => {
  delete process.env['GENREGRAM_DECODER'];
  rmSync(folder, { recursive: true, force: true });
});

/** Longer than two of the pieces that AAC is decoded in. */
const SECONDS = 31;
const FILES: readonly (readonly [name: string, rate: number, ...options: string[]])[] = [
  ['stereo.m4a', 44_100, '-ac', '2'],
  ['mono.m4a', 22_050, '-ac', '1'],
  ['moov-first.m4a', 48_000, '-ac', '2', '-movflags', '+faststart'],
  ['stream.aac', 44_100, '-ac', '2'],
  ['surround.m4a', 48_000, '-ac', '6'],
];

interface Row {
  readonly path: string;
  readonly decoder: string;
  readonly duration_sec: number;
  readonly warnings: string;
  readonly genre: string;
}

describe.skipIf(missing('electron', 'ffmpeg'))('AAC without ffmpeg, in Electron', () => {
  beforeAll(() => {
    mkdirSync(music);
    for (const [i, [name, rate, ...options]] of FILES.entries()) {
      const source = join(folder, 'source.wav');
      writeFileSync(source, wavFile(musicLike(i, SECONDS, 2, rate), 's16'));
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', source, '-c:a', 'aac', ...options, join(music, name)]);
    }
    process.env['GENREGRAM_DECODER'] = 'wasm';
  });

  const opened = async (name: string, songs: string): Promise<ElectronApp> => {
    const home = join(folder, `home-${name}`);
    tinyModelIn(home);
    app = await electronDriver.open(join(folder, `${name}.sqlite`), home);
    const { addButton } = pagesOf(app.page).folders;
    await app.chooseFolder(songs, () => addButton.click());
    return app;
  };

  const results = (name: string): Row[] => {
    const database = openDatabase(join(folder, `${name}.sqlite`));
    const sql = `SELECT path, decoder, results.duration_sec, warnings, genre FROM tracks JOIN results USING (content_hash)`;
    const rows = database.all<Row>(sql);
    database.close();
    return rows;
  };

  const failures = (name: string): { code: string; message: string }[] => {
    const database = openDatabase(join(folder, `${name}.sqlite`));
    const rows = database.all<{ code: string; message: string }>('SELECT code, message FROM failures');
    database.close();
    return rows;
  };

  /** The processes of pages: the window's, and the one that decodes while there is one. */
  const pageProcesses = ({ electron }: ElectronApp): Promise<number[]> =>
    electron.evaluate(({ app: main }) =>
      main
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map(({ pid }) => pid),
    );

  it('hears what ffmpeg hears', async () => {
    const { page } = await opened('hears', music);
    const { library, shell } = pagesOf(page);
    await library.untilTotal(FILES.length);
    await expect.poll(() => library.count('To review'), { timeout: 90_000 }).toBe(FILES.length);
    await shell.untilIdle();
    expect(await app?.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await app?.close();
    app = null;

    const rows = results('hears');
    expect(rows).toHaveLength(FILES.length);
    process.env['GENREGRAM_DECODER'] = 'ffmpeg';
    const { service } = watchedAnalysis();
    await service.start({ modelDir: tinyModel, provider: 'cpu' });
    for (const { path, decoder, duration_sec: seconds, warnings, genre } of rows) {
      const byFfmpeg = await analysed(service, path, { kind: 'all' });
      expect(byFfmpeg.decoder).toMatch(/^ffmpeg/);
      expect(`${basename(path)}: ${decoder}`).toBe(`${basename(path)}: Chromium (AAC)`);
      expect(warnings).toBe('[]');
      expect(Math.abs(seconds - byFfmpeg.durationSec)).toBeLessThan(0.025);
      const heard = JSON.parse(genre) as NonNullable<typeof byFfmpeg.genre>;
      expect(heard.top).toBe(byFfmpeg.genre!.top);
      heard.histogram.forEach(({ share }, k) => expect(share).toBeCloseTo(byFfmpeg.genre!.histogram[k]!.share, 2));
    }
    await service.close();
    process.env['GENREGRAM_DECODER'] = 'wasm';
  });

  it('a page that dies costs one track, and the others are heard', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let i = 0; i < 12; i++)
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-i', join(music, 'stream.aac'), '-af', `volume=${1 - i / 20}`],
        ...['-c:a', 'aac', join(many, `${i}.m4a`)],
      ]);
    const running = await opened('dies', many);
    const before = (await pageProcesses(running))[0];
    const decoder = await vi.waitUntil(
      async () => (await pageProcesses(running)).find((pid) => pid !== before) ?? null,
      { timeout: 60_000, interval: 5 },
    );
    process.kill(decoder, 'SIGKILL');
    const { library, shell } = pagesOf(running.page);
    await library.untilTotal(12);
    await expect
      .poll(async () => (await library.count('To review')) + (await library.count('Failed')), { timeout: 90_000 })
      .toBe(12);
    await shell.untilIdle();
    await app?.close();
    app = null;
    // None, if it died between two pieces.
    const failed = failures('dies');
    expect(failed.length).toBeLessThanOrEqual(1);
    for (const failure of failed)
      expect(failure).toMatchObject({
        code: 'decode-failed',
        message: expect.stringMatching(/crashed.*install ffmpeg/) as string,
      });
  });

  it('what Chromium can’t decode is said to need ffmpeg', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(odd);
    execFileSync('ffmpeg', ['-v', 'error', '-i', join(music, 'mono.m4a'), '-c:a', 'alac', join(odd, 'lossless.m4a')]);
    cpSync(join(music, 'mono.m4a'), join(odd, 'mono.m4a'));
    const { page } = await opened('odd', odd);
    const { library } = pagesOf(page);
    await library.untilTotal(2);
    await expect.poll(() => library.count('Failed'), { timeout: 60_000 }).toBe(1);
    await expect.poll(() => library.count('To review'), { timeout: 60_000 }).toBe(1);
    await app?.close();
    app = null;
    expect(failures('odd')).toMatchObject([
      { code: 'decoder-missing', message: expect.stringMatching(/Apple Lossless.*install ffmpeg/) as string },
    ]);
  });
});
