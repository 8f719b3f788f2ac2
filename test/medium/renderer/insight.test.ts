import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { TrackRow } from '#shared/contract/schemas';
import { principalComponents, project } from '#shared/domain/principal-components';
import { CLASSIC_GENRES, displayLabel, foldLabel } from '#shared/domain/vocabulary';
import { inside, viewOfAll, zoomed } from '../../../src/renderer/features/insight/map-view';
import { formatCount } from '../../../src/renderer/ui/format';
import { InsightPage } from '../../e2e/pages/insight';
import { isCounted, plainDistributions, plainMatrix, plainMatrixTracks } from '../../builders/plain-insight';
import { missing } from '../../builders/requirements';
import { benchOfFile, until, type Opened } from './harness';

describe.skipIf(missing('chromium'))('insight', () => {
  const bench = benchOfFile();

  const open = async (tracks = 1500): Promise<Opened & { insight: InsightPage }> => {
    const opened = await bench.open({ tracks });
    await opened.page.keyboard.press('i');
    const insight = new InsightPage(opened.page);
    await insight.matrix.waitFor();
    return { ...opened, insight };
  };

  /** The cell off the diagonal with most tracks. */
  function largestDisagreement(rows: readonly TrackRow[]) {
    const matrix = plainMatrix(rows, CLASSIC_GENRES);
    let best = { row: matrix.rows[0]!, column: matrix.columns[0]!, count: -1 };
    matrix.rows.forEach((row, i) =>
      matrix.columns.forEach((column, j) => {
        const count = matrix.counts[i]![j]!;
        if (row.kind === 'known' && column.kind === 'genre' && row.key !== column.key && count > best.count)
          best = { row, column, count };
      }),
    );
    const ids = plainMatrixTracks(rows, { row: best.row.key, column: best.column.key }, CLASSIC_GENRES);
    return { own: best.row.name, heard: best.column.name, ids };
  }

  it('sets own genres against what was heard, and decides about all tracks of a cell at once', async () => {
    const { insight, page, host, shell } = await open();
    const { library } = host.backend;
    const { own, heard, ids } = largestDisagreement(library.rows);
    expect(ids.length).toBeGreaterThan(1);
    const cell = await insight.cell(own, heard);
    await until(() => cell.textContent()).toBe(String(ids.length));
    const disagree = library.rows.filter((row) => isCounted(row) && row.disagrees).length;
    await until(() => insight.says('Own genre and heard').textContent()).toContain(`${disagree} something else`);

    await cell.click();
    await insight.picked.getByRole('heading', { name: `Own ${own}, heard ${heard}` }).waitFor();
    await until(() => insight.picked.getByRole('listitem').count()).toBe(Math.min(ids.length, 20));
    await insight.accept.click();
    const chosen = () => library.rows.filter(({ id }) => ids.includes(id));
    await until(() => chosen().every(({ state }) => state === 'decided')).toBe(true);
    expect(chosen().every(({ decision }) => decision?.genres[0] === heard)).toBe(true);
    await until(() => insight.picked.textContent()).toContain('0 waiting');

    await shell.messages.getByRole('button', { name: 'Undo' }).click();
    await until(() => chosen().every(({ state }) => state === 'analysed')).toBe(true);

    await insight.skip.click();
    await until(() => chosen().every(({ state }) => state === 'skipped')).toBe(true);
    await page.keyboard.press('u');
    await until(() => chosen().every(({ state }) => state === 'analysed')).toBe(true);
  });

  it('leaves alone what was decided already', async () => {
    const { insight, host } = await open();
    const { library } = host.backend;
    const { own, heard, ids } = largestDisagreement(library.rows);
    const row = library.rows.find(({ id }) => id === ids[0])!;
    const decision = { action: 'change' as const, genres: ['Polka'], moods: [], decidedAt: 0 };
    library.replace({ ...row, state: 'decided', decision });
    library.changed();
    await (await insight.cell(own, heard)).click();
    await insight.picked.getByText(`${ids.length - 1} waiting for your decision`).waitFor();
    await insight.accept.click();
    const other = library.rows.find(({ id }) => id === ids[1])!.id;
    await until(() => library.rows.find(({ id }) => id === other)?.state).toBe('decided');
    expect(library.rows.find(({ id }) => id === row.id)?.decision?.genres).toEqual(['Polka']);
  });

  it('is driven by the keyboard, and shows the tracks of a cell in the library, until that is dismissed', async () => {
    const { insight, page, host, library } = await open();
    const rows = host.backend.library.rows;
    await insight.matrix.locator('[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const [, second] = CLASSIC_GENRES;
    const key = `genre:${foldLabel(second)}`;
    const ids = plainMatrixTracks(rows, { row: key, column: key }, CLASSIC_GENRES);
    const name = displayLabel(second);
    await insight.picked.getByRole('heading', { name: `Own ${name}, heard ${name}` }).waitFor();
    await page.keyboard.press('Escape');
    await insight.picked.waitFor({ state: 'detached' });
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('gridcell');
    await page.keyboard.press('Enter');
    await insight.inLibrary.click();
    await library.untilTotal(ids.length);
    await page.getByText(`${ids.length} tracks: Own ${name}, heard ${name}`).waitFor();
    await page.getByRole('button', { name: 'Show all tracks again' }).click();
    await library.untilTotal(rows.length);
  });

  it('shows what was heard, by share and by track', async () => {
    const { insight, page, host } = await open();
    const told = plainDistributions(host.backend.library.rows);
    await insight.show('What was heard');
    const lines = insight.bars('Genre').getByRole('row');
    const [most] = told.genre.bars;
    const first = lines.nth(1);
    await until(() => first.textContent()).toContain(displayLabel(most!.label));
    await until(() => first.textContent()).toContain(`${Math.round(most!.share * 100)}%`);
    await page.getByText('By track', { exact: true }).click();
    await until(() => lines.last().textContent()).toContain('None named');
    await until(() => lines.last().textContent()).toContain(String(told.genre.unsure));
    const bins = insight.bars('How sure the genre is').getByRole('row');
    const fourth = told.confidence[3]!;
    await until(() => bins.nth(4).textContent()).toContain(String(fourth.named + fourth.unsure));
  });

  it('says how often one kept what was heard, once there is enough to say it of', async () => {
    const { insight, page, host } = await open();
    const { library } = host.backend;
    await insight.show('Your decisions');
    const title = 'How often you kept what was heard';
    await until(() => insight.says(title).textContent()).toMatch(/not yet/);
    await until(() => page.getByRole('img', { name: /^Of/ }).count()).toBe(0);

    const named = library.rows.filter((row) => isCounted(row) && !row.genre.abstained).slice(0, 50);
    named.forEach((row, i) => {
      const decision = {
        action: 'change' as const,
        genres: [i < 40 ? row.genre!.top : 'Polka'],
        moods: [],
        decidedAt: 0,
      };
      library.replace({ ...row, state: 'decided', decision });
    });
    library.changed();
    await until(() => insight.says(title).textContent()).toContain(
      'Of 50 genres that you decided on, you kept 40 (80%)',
    );
    await page.getByRole('img', { name: /^Of 50 genres/ }).waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    const table = page.getByRole('table', { name: title });
    const decided = await table.locator('tbody tr td:nth-child(3)').allTextContents();
    expect(decided.reduce((sum, text) => sum + Number(text), 0)).toBe(50);
  });

  it('shows what a change of model changed, and the tracks that it changed', async () => {
    const { insight, page, host } = await open();
    const rows = host.backend.library.rows.filter((row) => isCounted(row)).slice(0, 30);
    host.backend.handlers['models.diff'] = () => ({
      model: 'base@2.0.0',
      compared: 400,
      changed: rows.length,
      tracks: rows.map(({ id, path, genre }, i) => ({
        trackId: id,
        path,
        former: 'base@1.0.0',
        genre: { from: { top: i < 12 ? 'polka' : 'waltz', confidence: 0.5 }, to: { top: genre.top, confidence: 0.5 } },
        mood: null,
      })),
    });
    await insight.show('Change of model');
    const title = 'What the change of model changed';
    await until(() => insight.says(title).textContent()).toContain('30 of 400 tracks');
    await page
      .getByRole('grid', { name: title })
      .getByRole('row', { name: 'Polka' })
      .getByRole('gridcell')
      .last()
      .click();
    await insight.picked.getByText('12 tracks').waitFor();
    await insight.picked.getByText('was Polka').first().waitFor();
    await page.getByRole('button', { name: 'All changes: 30' }).click();
    await insight.picked.getByText('30 tracks').waitFor();
  });

  it('saves a chart as a picture and its numbers as CSV', async () => {
    const { page, host } = await open();
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the picture (PNG)' }).click(),
    ]);
    expect(picture.suggestedFilename()).toBe('own-genre-and-heard.png');
    const bytes = await readFile(await picture.path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // Width and height of the picture: twice the pixels of the chart.
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(1500);

    const [numbers] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the numbers (CSV)' }).click(),
    ]);
    const lines = (await readFile(await numbers.path(), 'utf8')).trim().split('\r\n');
    const matrix = plainMatrix(host.backend.library.rows, CLASSIC_GENRES);
    expect(lines).toHaveLength(matrix.rows.length + 2);
    const first = matrix.counts[0]!;
    expect(lines[1]).toBe(['Blues', ...first, first.reduce((sum, count) => sum + count, 0)].join());
  });

  it('draws the library as a map, names what is under the pointer, and picks what a line is drawn around', async () => {
    const { insight, page, host, library } = await open();
    const heard = host.backend.library.rows.filter(isCounted);
    await insight.show('Map');
    const map = page.getByRole('group', { name: `Map of ${formatCount(heard.length)} tracks` });
    await map.waitFor();

    // Where the first track lies, by the same way there.
    const { vectors, dimensions } = await host.backend.handlers['insight.embeddings']({ after: 0, limit: 5000 });
    const points = Float32Array.from(new Int8Array(Buffer.from(vectors, 'base64')));
    for (let row = 0; row < points.length; row += dimensions) {
      const length = Math.hypot(...points.subarray(row, row + dimensions));
      for (let i = row; i < row + dimensions; i++) points[i]! /= length;
    }
    const places = project(points, dimensions, principalComponents(points, dimensions, 2));
    const size = await map.evaluate(({ clientWidth, clientHeight }) => ({ clientWidth, clientHeight }));
    const view = viewOfAll(places, size.clientWidth, size.clientHeight);
    // One with no other near it: the furthest to the right.
    const xs = heard.map((_, i) => places[2 * i]!);
    const furthest = xs.indexOf(Math.max(...xs));
    const at = {
      x: places[2 * furthest]! * view.scale + view.left,
      y: view.top - places[2 * furthest + 1]! * view.scale,
    };
    await map.hover({ position: at });
    const named = heard[furthest]!;
    await map.getByText(named.title ?? named.fileName, { exact: true }).waitFor();

    await page.getByText('Select', { exact: true }).click();
    const box = (await map.boundingBox())!;
    const corner = (right: number, down: number) => [box.x + right * box.width, box.y + down * box.height] as const;
    await page.mouse.move(...corner(0.005, 0.005));
    await page.mouse.down();
    for (const [right, down] of [
      [0.99, 0.005],
      [0.99, 0.99],
      [0.005, 0.99],
    ] as const)
      await page.mouse.move(...corner(right, down));
    await page.mouse.up();
    await insight.picked.getByText(`${formatCount(heard.length)} tracks`).waitFor();

    // By keys: what lies in the middle ninth as the map stands.
    const { width, height } = await map.evaluate((element) => ({
      width: element.clientWidth,
      height: element.clientHeight,
    }));
    await map.focus();
    await page.keyboard.press('-');
    await page.keyboard.press('Enter');
    const framed = inside(places, zoomed(viewOfAll(places, width, height), 1 / 1.3, width / 2, height / 2), [
      [width / 3, height / 3],
      [(width * 2) / 3, height / 3],
      [(width * 2) / 3, (height * 2) / 3],
      [width / 3, (height * 2) / 3],
    ]).length;
    expect(framed).toBeGreaterThan(0);
    expect(framed).toBeLessThan(heard.length);
    await insight.picked.getByText(`${formatCount(framed)} track`).waitFor();
    await page.keyboard.press('Escape');
    await insight.picked.waitFor({ state: 'hidden' });

    const [genre] = plainDistributions(heard).genre.bars.toSorted((a, b) => b.tracks - a.tracks);
    await page
      .getByRole('list', { name: 'Genres on the map' })
      .getByRole('button', { name: `${displayLabel(genre!.label)} ${genre!.tracks}` })
      .click();
    await insight.inLibrary.click();
    await library.untilTotal(genre!.tracks);
  });

  it('lays the map out by UMAP when asked, in a worker, and gives it up when told to', async () => {
    const { insight, page } = await open(160);
    await insight.show('Map');
    const choose = (kind: string) => page.getByText(kind, { exact: true }).click();
    await choose('UMAP');
    await until(() => insight.says('Map of the library').textContent()).toMatch(/laid out by who is near whom/);
    await page.getByRole('button', { name: 'As a table' }).click();
    const table = page.getByRole('table', { name: 'Map of the library' });
    const counts = await table.locator('tbody tr td:nth-child(2)').allTextContents();
    expect(counts.reduce((sum, text) => sum + Number(text), 0)).toBeGreaterThan(100);

    await page.getByRole('button', { name: 'Draw anew' }).click();
    await until(() => insight.says('Map of the library').textContent()).toMatch(/the two directions hold/);
    // Pressed the moment it is there: so few tracks are soon laid out.
    await page.evaluate(() => {
      const watch = new MutationObserver(() => {
        const cancel = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Cancel');
        if (!cancel) return;
        watch.disconnect();
        cancel.click();
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    await choose('UMAP');
    await until(() => insight.says('Map of the library').textContent()).toMatch(/the two directions hold/);
    await choose('UMAP');
    await until(() => insight.says('Map of the library').textContent()).toMatch(/laid out by who is near whom/);
  });
});
