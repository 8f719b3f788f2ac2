import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EVALUATED_FROM } from '#shared/contract/audio';
import type { EvaluatedTrack, Evaluation } from '#shared/contract/evaluation';
import { displayLabel } from '#shared/domain/vocabulary';
import { UNLABELLED } from '../../builders/fake-evaluation';
import { missing } from '../../builders/requirements';
import { EvaluatePage } from '../../e2e/pages/evaluate';
import { PlayerPage } from '../../e2e/pages/player';
import { seriousViolations } from './axe';
import { benchOfFile, until, type Opened } from './harness';

describe.skipIf(missing('chromium'))('evaluate', () => {
  const bench = benchOfFile();

  const resultOf = async ({ host }: Opened): Promise<{ result: Evaluation; tracks: EvaluatedTrack[] }> => {
    const result = (await host.backend.handlers['evaluation.result']({}))!;
    return { result, tracks: await host.backend.handlers['evaluation.tracks']({ evaluation: result.id }) };
  };

  it('from a folder with labels to the mistakes in it, each of which is heard where it sounds most like what it is not', async () => {
    const opened = await bench.open({ tracks: 40, tickMs: 20 });
    const { page } = opened;
    const evaluate = new EvaluatePage(page);
    await page.keyboard.press('v');
    // A folder without labels says what to do, and nothing can be begun.
    await evaluate.folder.fill(UNLABELLED);
    await evaluate.look.getByText('folders named after its genre: blues').waitFor();
    await until(() => evaluate.start.isDisabled()).toBe(true);
    // A table is chosen from a list; rows whose files are not there are told of.
    await page.getByText('A table (CSV)').click();
    await page.getByRole('button', { name: 'Choose… (Table)' }).click();
    const chooser = page.getByRole('dialog', { name: 'Choose a table of labels (CSV)' });
    await chooser.getByRole('button', { name: 'Documents' }).click();
    await chooser.getByRole('button', { name: 'labels.csv' }).click();
    await until(() => page.getByRole('textbox', { name: 'Table', exact: true }).inputValue()).toBe(
      '/home/ada/Documents/labels.csv',
    );
    await evaluate.look.getByText('1 file is left out: /home/ada/Documents/gone.mp3').waitFor();
    await page.getByText('Names of folders', { exact: true }).click();
    await evaluate.folder.fill('/home/ada/Music/test set');
    await evaluate.look
      .getByText('120 files with a label that the model knows; 2 whose label it does not know are left out.')
      .waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Evaluate 120 files' }).click();

    await evaluate.matrix.waitFor();
    const { result, tracks } = await resultOf(opened);
    const [model] = result.models;
    await until(() => evaluate.figures.textContent()).toContain(`${(model!.accuracy * 100).toFixed(1)}%`);
    const wrong = tracks
      .filter(({ label, verdicts }) => label === 'jazz' && verdicts[0]!.heard === 'blues')
      .sort((a, b) => b.verdicts[0]!.confidence - a.verdicts[0]!.confidence);
    expect(wrong.length).toBeGreaterThan(1);
    const cell = await evaluate.cell('Jazz', 'Blues');
    await until(() => cell.textContent()).toBe(String(wrong.length));
    await cell.click();
    await evaluate.picked.getByRole('heading', { name: 'Is Jazz, heard Blues' }).waitFor();
    await until(() => evaluate.tracks.count()).toBe(wrong.length);
    expect(await seriousViolations(page)).toEqual([]);

    const player = new PlayerPage(page);
    const first = wrong[0]!;
    await evaluate.tracks
      .first()
      .getByRole('button', { name: /^Play / })
      .click();
    await until(async () => (await player.sound()).src).toContain(`/audio/${first.id}`);
    await evaluate.tracks
      .first()
      .getByRole('button', { name: /^Pause / })
      .click();
    await until(async () => (await player.sound()).paused).toBe(true);
    expect(first.id).toBeGreaterThanOrEqual(EVALUATED_FROM);
    // The third window is the one that sounds most like blues; see the fake.
    await evaluate.tracks
      .first()
      .getByRole('button', { name: /sounds most like Blues$/ })
      .click();
    await until(async () => (await player.sound()).position).toBeGreaterThanOrEqual(6);
    await until(() => player.words.textContent()).toBe('Blues 1 of 3');

    // A button's tip would take the first Escape.
    await page.mouse.move(2, 2);
    await page.keyboard.press('Escape');
    await evaluate.picked.waitFor({ state: 'detached' });
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('gridcell');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await evaluate.picked.waitFor();
  });

  it('compares two models track by track, and draws a map of what was heard', async () => {
    const opened = await bench.open({ tracks: 40, tickMs: 20 });
    const { page } = opened;
    const evaluate = new EvaluatePage(page);
    await evaluate.open();
    await evaluate.folder.fill('/home/ada/Music/test set');
    await page.getByLabel('Compare with').selectOption({ index: 1 });
    await evaluate.start.click();
    await evaluate.matrix.waitFor();
    const { result, tracks } = await resultOf(opened);
    await evaluate.show('Comparison');
    const { onlySecond, p } = result.paired!;
    await page.getByText(p < 0.001 ? `p = ${p.toExponential(1)}` : `p = ${p.toFixed(3)}`).waitFor();
    const { name } = result.models[1]!;
    await page.getByRole('button', { name: `Only ${name}` }).click();
    await evaluate.picked.getByText(`${onlySecond} tracks, the surest first`).waitFor();
    const only = tracks.filter(({ verdicts: [first, second] }) => !first!.isRight && second!.isRight);
    expect(only).toHaveLength(onlySecond);

    await evaluate.show('Map');
    const wrong = tracks.filter(({ verdicts }) => !verdicts[0]!.isRight).length;
    await page.getByText(`the ${wrong} with a ring are heard as something else. The two directions`).waitFor();
    await page.getByText('t-SNE', { exact: true }).click();
    await page.getByText('laid out by who is near whom (t-SNE)').waitFor();
    await page.getByRole('button', { name: 'Jazz 12' }).click();
    await evaluate.picked.getByRole('heading', { name: 'Is Jazz' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('shows labels one by one, how far it can be relied on, and what was not heard; is kept, saved and begun anew', async () => {
    const opened = await bench.open({ tracks: 40, tickMs: 20, scheme: 'dark' });
    const { page } = opened;
    const evaluate = new EvaluatePage(page);
    await evaluate.open();
    await evaluate.folder.fill('/home/ada/Music/test set');
    await evaluate.start.click();
    await evaluate.matrix.waitFor();
    const { result, tracks } = await resultOf(opened);
    const [model] = result.models;

    await evaluate.show('By label');
    const rock = model!.perClass.find(({ label }) => label === 'rock')!;
    const row = page.getByRole('row', { name: displayLabel('rock') });
    await until(() => row.textContent()).toContain(rock.f1.toFixed(3));
    await row.getByRole('button').click();
    await until(() => evaluate.tracks.count()).toBe(tracks.filter(({ label }) => label === 'rock').length);
    await evaluate.show('Sureness');
    await page.getByRole('img', { name: /Calibration error 0\.\d{3}\.$/ }).waitFor();
    await page.getByRole('img', { name: /^Of all verdicts \d+% are wrong; of the surer half \d+%\.$/ }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await evaluate.show('Sound');
    await page.getByRole('button', { name: 'Measure 120 tracks' }).click();
    await page.getByText('120 of 120 tracks measured.').waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^Tempo .*Blues: median/ }).waitFor();
    await page.getByLabel('A further statistic…').selectOption({ label: 'MFCC 1, mean' });
    await page.getByRole('img', { name: /^MFCC 1, mean.*Blues: median/ }).waitFor();
    await page.getByText('120 of 120 tracks measured.').waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^Tempo .*Blues: median/ }).waitFor();
    await evaluate.show('Not heard');
    await page.getByText('It is no music.').waitFor();

    const saved = await evaluate.save('Table of verdicts (CSV)');
    expect(saved.name).toBe('evaluation-genre.csv');
    expect(await readFile(saved.path, 'utf8')).toBe(`csv of ${result.id}`);

    // It is there again after a while elsewhere, at the same part.
    await page.keyboard.press('1');
    await page.keyboard.press('v');
    await page.getByText('It is no music.').waitFor();
    await evaluate.another.click();
    await until(() => evaluate.folder.inputValue()).toBe('/home/ada/Music/test set');
    await page.getByRole('button', { name: 'Back to the last result' }).click();
    await evaluate.show('Confusions');
    await evaluate.matrix.waitFor();
  });
});
