import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { EvaluationAccount } from '../../src/main/core/evaluation/report/account';
import { wholeModel } from '../builders/audio';
import { runCli } from '../builders/programs';
import { missing } from '../builders/requirements';
import { noise, tone, writeWav, type Sound } from '../builders/sounds';
import { chromiumDriver, cleanEnvironment, type App } from './drivers';
import { EvaluatePage } from './pages/evaluate';
import { PlayerPage } from './pages/player';

const SECONDS = 7;

const chord: Sound = (time) => (tone(200)(time) + tone(300)(time)) / 2;

/** By folder and file: the tiny model is right about some of them, and hears the others as something else. */
const LABELLED: Readonly<Record<string, Sound>> = {
  'pop/chord.wav': chord,
  'pop/beating.wav': (time) => tone(200)(time) * Math.sin(12 * time),
  'pop/high.wav': tone(660),
  'hip-hop/low.wav': tone(110),
  'hip-hop/noise.wav': noise(2),
  'rock/whistle.wav': tone(1000),
  'disco/a.wav': tone(330),
  'disco/b.wav': tone(1500),
  'polka/stranger.wav': tone(880),
};

/** The window's evaluation with all that is behind it, which must say what the command line says. */
describe.skipIf(missing('chromium'))('somebody who wants to know how right a model is', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'evaluate-')));
  const music = join(folder, 'labelled');
  const home = join(folder, 'home');
  let app: App;
  let evaluate: EvaluatePage;
  let account: EvaluationAccount;

  beforeAll(async () => {
    for (const [file, sound] of Object.entries(LABELLED)) {
      mkdirSync(dirname(join(music, file)), { recursive: true });
      writeWav(join(music, file), sound, SECONDS);
    }
    wholeModel(join(home, 'data', 'Genregram', 'models', 'tiny-test'));
    const report = join(folder, 'report.json');
    const { code, stderr } = await runCli(
      ['evaluate', music, '--task', 'genre', '--model', 'tiny-test', '--report', report, '--provider', 'cpu'],
      { env: cleanEnvironment(home) },
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    account = JSON.parse(readFileSync(report, 'utf8')) as EvaluationAccount;
    app = await chromiumDriver.open(join(folder, 'library.sqlite'), home);
    evaluate = new EvaluatePage(app.page);
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const judged = () => account.judged[0]!;
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

  it('has the files heard, and reads the figures of the command line', async () => {
    // Neither all right nor all wrong, or equal figures would say little.
    const { n, accuracy, top2, macroF1, ece } = judged().report;
    expect(n).toBe(8);
    expect(accuracy).toBeGreaterThan(0);
    expect(accuracy).toBeLessThan(1);

    await evaluate.open();
    await evaluate.folder.fill(music);
    await app.page.getByLabel('Model', { exact: true }).selectOption({ label: 'Tiny test model' });
    await evaluate.look
      .getByText('8 files with a label that the model knows; 1 whose label it does not know is left out.')
      .waitFor();
    await evaluate.start.click();
    await evaluate.matrix.waitFor({ timeout: 90_000 });
    const figures = await evaluate.figures.textContent();
    for (const figure of [percent(accuracy), percent(top2), macroF1.toFixed(3), ece.toFixed(3)])
      expect(figures).toContain(figure);
    expect(figures).toContain('Left out: 1 file whose label the model does not know (polka).');
  });

  it('lists the tracks of a mistake, and hears one', async () => {
    const wrong = judged().tracks.filter(({ label, heard }) => label === 'pop' && heard === 'hip-hop');
    expect(wrong.map(({ path }) => path)).toEqual([join(music, 'pop/high.wav')]);
    await (await evaluate.cell('Pop', 'Hip-Hop')).click();
    await evaluate.picked.getByRole('heading', { name: 'Is Pop, heard Hip-Hop' }).waitFor();
    await expect.poll(() => evaluate.tracks.count()).toBe(wrong.length);

    const player = new PlayerPage(app.page);
    await evaluate.tracks.getByRole('button', { name: 'Play high.wav' }).click();
    await expect.poll(async () => (await player.sound()).position).toBeGreaterThan(0.2);
    const { src, duration } = await player.sound();
    expect(src).toMatch(/^http:.*\/audio\/\d+$/);
    expect(duration).toBeCloseTo(SECONDS, 1);
    await evaluate.tracks.getByRole('button', { name: 'Pause high.wav' }).click();
    await expect.poll(async () => (await player.sound()).paused).toBe(true);
  });

  it('sees them on a map, and how each label sounds', async () => {
    await evaluate.show('Map');
    const wrong = judged().tracks.filter(({ isRight }) => !isRight).length;
    await app.page.getByText(`8 tracks in the colours of what they are`).waitFor();
    await app.page.getByText(`the ${wrong} with a ring are heard as something else`).waitFor();
    await evaluate.show('Sound');
    await app.page.getByRole('button', { name: 'Measure 8 tracks' }).click();
    await app.page.getByText('8 of 8 tracks measured.').waitFor();
    await app.page.getByRole('img', { name: /^Tempo .*Pop: median/ }).waitFor();
  });

  it('saves a page and a table that say the same', async () => {
    const page = await evaluate.save('Page (HTML)');
    expect(page.name).toBe('evaluation-genre.html');
    expect(readFileSync(page.path, 'utf8')).toContain(
      `<strong>${percent(judged().report.accuracy).replace('%', ' %')}</strong> right`,
    );
    const table = await evaluate.save('Table of verdicts (CSV)');
    const rows = parse<Record<string, string>>(readFileSync(table.path, 'utf8'), { columns: true });
    const told = judged().tracks.map(({ path, label, heard, confidence, abstained, isRight }) => ({
      ...{ model: judged().model, task: 'genre', path, label, heard },
      // Sums in single precision depend on which windows are heard together.
      ...{ confidence: confidence.toFixed(4), abstained: String(abstained), right: String(isRight) },
    }));
    expect(rows.map((row) => ({ ...row, confidence: Number(row['confidence']).toFixed(4) }))).toEqual(told);
  });
});
