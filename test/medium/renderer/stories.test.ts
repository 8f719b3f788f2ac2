import { describe, expect, it } from 'vitest';
import { isNamed, isNotMusic } from '#shared/domain/analysis';
import type { JobStatus } from '#shared/contract/schemas';
import { displayLabel, MOOD_QUADRANTS, quadrantOf } from '#shared/domain/vocabulary';
import { formatShare, formatSigned } from '../../../src/renderer/ui/format';
import type { FakeOptions } from '../../builders/fake-backend';
import { fakeDetail } from '../../builders/fake-tracks';
import { missing } from '../../builders/requirements';
import { benchOfFile, until, type Opened } from './harness';

describe.skipIf(missing('chromium'))('the window', () => {
  const bench = benchOfFile();

  /** The write desk with so many decided tracks whose files can be written. */
  const decided = async (count: number, options: FakeOptions = {}): Promise<Opened> => {
    const opened = await bench.open({ tracks: 200, ...options });
    const { library } = opened.host.backend;
    const chosen = library.rows.filter((row) => row.state === 'analysed' && row.id % 23 !== 0).slice(0, count);
    for (const row of chosen) {
      const decision = { action: 'change' as const, genres: ['Polka'], moods: [], decidedAt: 0 };
      library.replace({ ...row, state: 'decided', decision });
    }
    library.changed();
    await opened.shell.goTo('Write');
    await until(() => opened.write.writeButton.textContent()).toBe(`Write ${count} files`);
    return opened;
  };
  const written = async (count: number): Promise<Opened> => {
    const opened = await decided(count);
    await opened.write.writeButton.click();
    await until(() => opened.write.undoButton.isEnabled()).toBe(true);
    return opened;
  };
  const jobOf = async ({ backend }: Opened['host']): Promise<JobStatus> => {
    const [job] = await backend.handlers['jobs.list']({});
    if (!job) throw new Error('no job was started');
    return { ...job };
  };

  it('shows the library and lets one sort, filter and search it', async () => {
    const { library, page, host } = await bench.open({ tracks: 2000 });
    await library.untilTotal(2000);

    await library.sortBy('Sure');
    await library.sortBy('Sure');
    await library.row(0).waitFor();
    const surest = Math.max(...host.backend.library.rows.map((row) => row.genre?.confidence ?? 0));
    await until(() => library.cell(0, 'Sure').textContent()).toBe(`${Math.round(surest * 100)}%`);

    const unsure = host.backend.library.rows.filter((row) => row.genre?.abstainReason === 'unsure');
    await until(() => library.count('Unsure')).toBe(unsure.length);
    await library.show('Unsure');
    await library.untilTotal(unsure.length);
    await until(() => library.cell(0, 'Heard').textContent()).toContain('not sure');

    await library.show('All tracks');
    await page.keyboard.press('/');
    await page.keyboard.type('velvet river');
    const found = host.backend.library.rows.filter((row) => /velvet river/i.test(`${row.title} ${row.fileName}`));
    expect(found.length).toBeGreaterThan(3);
    await library.untilTotal(found.length);

    await library.filter.fill('no such thing');
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await library.untilTotal(2000);
  });

  it('shows what was heard in a track, with numbers and words', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 300 });
    await library.untilTotal(300);
    await library.sortBy('Sure');
    await library.sortBy('Sure');
    const rows = host.backend.library.rows;
    const row = rows.reduce((best, each) =>
      (each.genre?.confidence ?? 0) > (best.genre?.confidence ?? 0) ? each : best,
    );
    const top = row.genre?.histogram[0];
    if (!top) throw new Error('the made-up tracks have none that was heard');
    await until(() => library.cell(0, 'Title').getAttribute('title')).toBe(row.path);
    await library.row(0).click();
    await until(() => detail.title.textContent()).toBe(row.title ?? row.fileName);

    const line = detail.histogram('Genre').getByRole('row', { name: new RegExp(top.label, 'i') });
    await until(() => line.textContent()).toContain(`${Math.round(top.share * 100)}%`);
    await until(() => line.textContent()).toContain(String(top.votes));

    await detail.timeline('Genre').focus();
    await page.keyboard.press('ArrowRight');
    await until(() => detail.timeline('Genre').getAttribute('aria-valuetext')).toMatch(/^0:02–0:05 \S+ \d+%, then/);
  });

  it('shows what more a model says: wide genres with their marks, and the place on the plane', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 300 });
    await library.untilTotal(300);
    await library.row(1).click();
    await detail.wide.waitFor();
    const path = await library.cell(1, 'Title').getAttribute('title');
    const row = host.backend.library.rows.find((each) => each.path === path)!;
    const wide = fakeDetail(row).wide!;
    const named = wide.filter(isNamed);
    expect(named.length).toBeGreaterThan(0);
    await until(() => detail.wide.textContent()).toContain(`${named.length} of 24 named`);
    await until(() => detail.wide.getByRole('img', { name: 'named', exact: true }).count()).toBe(named.length);
    const first = detail.wide.getByRole('row', { name: displayLabel(wide[0]!.label) });
    await until(() => first.textContent()).toContain(`${Math.round(wide[0]!.score * 100)}%`);
    const mark = `named from ${Math.round(wide[0]!.threshold * 100)}%`;
    await until(() => first.getByRole('img', { name: mark }).count()).toBe(1);

    await until(() => detail.wide.locator('tbody tr').count()).toBe(named.length + 3);
    await detail.wide.getByRole('button', { name: 'Show all 24' }).click();
    await until(() => detail.wide.locator('tbody tr').count()).toBe(24);

    const { valence, arousal } = row.affect!;
    const quadrant = quadrantOf(valence, arousal);
    await until(() => detail.plane.textContent()).toContain(`Leans to ${quadrant.name.toLowerCase()}`);
    await until(() => detail.plane.textContent()).toContain(`Valence${formatSigned(valence)} ± `);
    for (const { tag } of MOOD_QUADRANTS)
      await until(() => detail.plane.getByText(tag, { exact: true }).count()).toBe(1);

    await page.keyboard.press('e');
    const offered = detail.form.getByRole('group', { name: 'More genres heard' });
    const further = named.filter(({ label }) => !/^(blues|disco|jazz|pop|rock)$/.test(label));
    await until(() => offered.getByRole('button').count()).toBe(further.length);
    await offered.getByRole('button').last().click();
    await detail.form.getByRole('button', { name: /^Save/ }).click();
    await until(() => host.backend.library.rows.find(({ id }) => id === row.id)?.decision?.genres.at(-1)).toBe(
      displayLabel(further.at(-1)!.label),
    );
  });

  it('sets aside what is no music, says so, and has nothing to accept there', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 600 });
    const speech = host.backend.library.rows.filter((row) => isNotMusic(row.content));
    expect(speech.length).toBeGreaterThan(5);
    await until(() => library.count('Not music')).toBe(speech.length);
    await library.show('Not music');
    await library.untilTotal(speech.length);
    const row = speech.find(({ content }) => content?.top === 'speech')!;
    await library.table.getByRole('row', { name: 'Speech, not music' }).first().click();
    await until(() => detail.pane.getByText(/^Speech\d+% sure$/).count()).toBe(1);
    await until(() => detail.comparison.textContent()).toContain('Speech, not music');
    await until(() => detail.histogram('Content').getByRole('row').nth(1).textContent()).toContain('Speech');
    await until(() => detail.wide.count()).toBe(0);
    await until(() => detail.plane.count()).toBe(0);
    expect(row.genre?.abstainReason).toBe('not-music');
    await page.keyboard.press('Enter');
    await page.getByText('No genre or mood was named').waitFor();
    expect(host.backend.library.rows.some(({ decision }) => decision)).toBe(false);
  });

  it('says which genre is heard rather than any of the verdict’s own, and has nothing to accept there', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 300 });
    await library.untilTotal(300);
    const { rows } = host.backend.library;
    const at = rows.findIndex(({ genre, mood, decision }) => genre?.abstained === false && mood && !decision);
    const row = rows[at]!;
    const genre = { ...row.genre!, abstained: true, abstainReason: 'other-genre' as const, rather: 'ambient' };
    const mood = { ...row.mood!, abstained: true, abstainReason: 'unsure' as const };
    rows[at] = { ...row, genre, mood, accepts: { ...row.accepts, genres: [], moods: [] } };
    await library.filter.fill(row.fileName);
    await library.table.getByRole('row').filter({ hasText: 'Ambient?' }).click();
    await until(() => detail.comparison.textContent()).toContain('rather Ambient');
    await until(() => library.table.textContent()).not.toContain(formatShare(genre.confidence));
    await page.keyboard.press('Enter');
    await page.getByText('No genre or mood was named').waitFor();
    expect(rows[at]?.decision).toBeNull();
  });

  it('shows genre and mood alone of a track that a lesser model heard', async () => {
    const { library, detail, host } = await bench.open({ tracks: 300 });
    await library.untilTotal(300);
    const row = host.backend.library.rows.find(({ genre, content }) => genre && !content)!;
    await library.filter.fill(row.fileName);
    await library.table
      .getByRole('row')
      .and(library.table.locator(`#track-${row.id}`))
      .click();
    await detail.timeline('Genre').waitFor();
    await until(() => detail.histogram('Mood').count()).toBe(1);
    await until(() => detail.wide.count()).toBe(0);
    await until(() => detail.plane.count()).toBe(0);
  });

  it('reviews by keyboard alone: accept, skip, undo', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 400 });
    await library.show('To review');
    await until(() => library.count('To review')).toBeGreaterThan(300);
    const count = await library.count('To review');
    await page.keyboard.press('j');
    await until(() => library.selected().count()).toBe(1);
    const first = await detail.title.textContent();

    await page.keyboard.press('Enter');
    await until(() => library.count('To review')).toBe(count - 1);
    const second = await detail.title.textContent();
    expect(host.backend.library.rows.filter((row) => row.state === 'decided')).toHaveLength(1);

    await page.keyboard.press('s');
    await until(() => library.count('To review')).toBe(count - 2);
    expect(host.backend.library.rows.filter((row) => row.state === 'skipped')).toHaveLength(1);
    await until(() => library.selected().count()).toBe(1);

    await page.keyboard.press('u');
    await until(() => library.count('To review')).toBe(count - 1);
    await until(() => detail.title.textContent()).toBe(second);
    await page.keyboard.press('u');
    await until(() => library.count('To review')).toBe(count);
    await until(() => detail.title.textContent()).toBe(first);
    expect(host.backend.library.rows.some((row) => row.decision)).toBe(false);
  });

  it('changes a track to genres of one’s own', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 100 });
    await library.untilTotal(100);
    await library.row(2).click();
    await page.keyboard.press('e');
    await detail.fillAndSave({ genres: ['Zeuhl', 'Progressive Rock'], moods: ['Eerie'] });
    await detail.form.waitFor({ state: 'detached' });
    const [decided] = host.backend.library.rows.filter((row) => row.decision);
    expect(decided?.decision?.action).toBe('change');
    expect(decided?.decision?.genres).toEqual(expect.arrayContaining(['Zeuhl', 'Progressive Rock']));
    expect(decided?.decision?.moods).toEqual(expect.arrayContaining(['Eerie']));
  });

  it('takes what is typed but not entered along when one saves', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 100 });
    const made = () =>
      host.backend.library.rows.filter((row) => row.decision).map((row) => row.decision?.genres.at(-1));
    await library.untilTotal(100);
    await library.row(1).click();
    await page.keyboard.press('e');
    await detail.form.waitFor();
    await page.keyboard.type('Zeuhl');
    await page.keyboard.press('ControlOrMeta+Enter');
    await until(made).toEqual(['Zeuhl']);
    await detail.form.waitFor({ state: 'detached' });

    await page.keyboard.press('e');
    await detail.form.waitFor();
    await page.keyboard.type('Rembetiko');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await until(() => made().sort()).toEqual(['Rembetiko', 'Zeuhl']);
    await detail.form.waitFor({ state: 'detached' });

    await page.keyboard.press('e');
    await detail.form.waitFor();
    await page.keyboard.type('Nonsense');
    await page.keyboard.press('Escape');
    await detail.form.waitFor({ state: 'detached' });
    expect(made()).toHaveLength(2);
  });

  it('undoes a decision about tracks that are out of sight without losing what was decided before', async () => {
    const { library, detail, page, host } = await bench.open({ tracks: 3000 });
    await library.untilTotal(3000);
    await library.table.focus();
    await page.keyboard.press('End');
    await library.row(2999).waitFor();
    await page.keyboard.press('e');
    await detail.fillAndSave({ genres: ['Zeuhl'] });
    const changed = () => host.backend.library.rows.filter((row) => row.decision?.action === 'change');
    await until(() => changed().length).toBe(1);

    await page.reload();
    await library.untilTotal(3000);
    // The window is where it was before.
    await library.row(2999).waitFor();
    await library.table.focus();
    await page.keyboard.press('Home');
    await library.row(0).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.getByRole('heading', { name: '3,000 tracks selected' }).waitFor();
    await page.keyboard.press('s');
    await until(() => host.backend.library.rows.every((row) => row.state === 'skipped')).toBe(true);
    await page.keyboard.press('u');
    await until(() => changed().length).toBe(1);
    expect(host.backend.library.rows.filter((row) => row.decision)).toHaveLength(1);
    expect(changed()[0]?.decision?.genres).toContain('Zeuhl');
  });

  it('decides about several tracks at once', async () => {
    const { library, shell, page, host } = await bench.open({ tracks: 500 });
    await library.untilTotal(500);
    await library.row(3).click();
    await library.row(9).click({ modifiers: ['Shift'] });
    await library.row(5).click({ modifiers: ['ControlOrMeta'] });
    await until(() => library.selected().count()).toBe(6);
    await page.keyboard.press('s');
    await until(() => shell.messages.textContent()).toContain('Skipped 6 tracks');
    expect(host.backend.library.rows.filter((row) => row.state === 'skipped')).toHaveLength(6);

    await page.keyboard.press('ControlOrMeta+a');
    await page.getByRole('heading', { name: '500 tracks selected' }).waitFor();
    await page.keyboard.press('Backspace');
    await until(() => host.backend.library.rows.filter((row) => row.decision).length).toBe(0);
  });

  it('shows every change before it writes, writes, and undoes', async () => {
    const { library, write, shell, page, host } = await bench.open({ tracks: 200 });
    await library.show('To review');
    await page.keyboard.press('j');
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Enter');
      await until(() => library.count('Decided')).toBe(i + 1);
    }
    const decided = host.backend.library.rows.filter((row) => row.state === 'decided');
    const writable = decided.filter((row) => row.id % 23 !== 0);
    const one = writable[0];
    const two = writable[1];
    if (!one || !two) throw new Error('nothing was decided');
    const ownBefore = new Map(decided.map((row) => [row.id, row.ownGenres]));

    await shell.goTo('Write');
    await write.planned(one.fileName).waitFor();
    await until(() => write.planned(one.fileName).first().textContent()).toContain(one.decision?.moods[0] ?? 'Genre');
    await write.checkbox(two.fileName).first().uncheck();
    await write.writeButton.click();
    await write.result(one.fileName).first().waitFor();
    await until(() => write.undoButton.isEnabled()).toBe(true);
    expect(host.backend.library.rows.find((row) => row.id === two.id)?.state).toBe('decided');
    expect(host.backend.library.rows.find((row) => row.id === one.id)?.state).toBe('written');

    await write.undo();
    await until(() => write.outcome.textContent()).toMatch(/^\d+ files put back\.$/);
    for (const [id, own] of ownBefore)
      expect(host.backend.library.rows.find((row) => row.id === id)?.ownGenres).toEqual(own);
    await until(() => write.run(1).textContent()).toContain('undone');
    await until(() => write.result(one.fileName).first().textContent()).toContain('Put back byte for byte');

    // The undo is a run as well, and is taken back; then a single file, and in the end everything.
    await until(() => write.redoButton.isEnabled()).toBe(true);
    await write.redo();
    await until(() => write.run(3).textContent()).toContain('Undo of run 2');
    await until(() => host.backend.library.rows.find((row) => row.id === one.id)?.state).toBe('written');
  });

  it('undoes a single file of a run, and goes back to day 0 after it has asked', async () => {
    const { write, shell, host } = await written(6);
    const files = host.backend.library.rows.filter((row) => row.state === 'written');
    const [first] = files;
    if (!first) throw new Error('nothing was written');
    await write.undoFile(first.fileName);
    await until(() => write.outcome.textContent()).toBe('1 file put back.');
    expect(host.backend.library.rows.find((row) => row.id === first.id)?.state).toBe('decided');
    await until(() => write.run(1).textContent()).toContain('partly undone');

    await until(() => write.dayZeroButton.isEnabled()).toBe(true);
    const question = await write.backToDayZero();
    expect(question).toContain(`${files.length - 1} files that Genregram ever wrote go back to their original bytes`);
    await until(() => write.outcome.textContent()).toContain('put back.');
    await until(() => host.backend.library.rows.filter((row) => row.state === 'written')).toEqual([]);
    await shell.untilIdle();
    await until(() => write.dayZeroButton.isDisabled()).toBe(true);
  });

  it('filters what is planned, and writes what is shown alone', async () => {
    const { write, host, page } = await decided(6);
    const { library } = host.backend;
    const [one] = library.rows.filter((row) => row.state === 'decided');
    // The fake backend's writer refuses every 23rd.
    const unwritable = library.rows.find((row) => row.state === 'analysed' && row.id % 23 === 0);
    if (!one?.decision || !unwritable) throw new Error('nothing to write, or nothing refused');
    library.replace({ ...unwritable, state: 'decided', decision: one.decision });
    library.changed();
    await write.planned(unwritable.fileName).first().waitFor();

    await write.filter.fill('no such words');
    await page.getByText('No planned file has this.').waitFor();
    await write.filter.fill(one.fileName);
    await until(() => write.plan.getByRole('listitem').count()).toBe(1);
    await write.writeButton.click();
    await write.result(one.fileName).first().waitFor();
    await until(() => write.undoButton.isEnabled()).toBe(true);
    expect(host.backend.library.rows.filter((row) => row.state === 'written').map(({ id }) => id)).toEqual([one.id]);

    await page.getByRole('button', { name: 'Back to the plan' }).click();
    await page.getByText('Refused', { exact: true }).click();
    await until(() => write.plan.getByRole('listitem').count()).toBe(1);
    await page.getByText('All', { exact: true }).click();
    await until(() => write.plan.getByRole('listitem').count()).toBe(6);
  });

  it('pauses a write and goes on with it', async () => {
    const { write, shell, host } = await decided(8, { tickMs: 300 });
    await write.writeButton.click();
    await shell.pauseWork();
    await until(() => shell.progress.textContent()).toContain('Paused at');
    const { done } = await jobOf(host);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await jobOf(host)).toMatchObject({ state: 'paused', done });
    await shell.resumeWork();
    await shell.untilIdle();
    expect(await jobOf(host)).toMatchObject({ state: 'done', done: 8 });
  });

  it('keeps a notice that stays until it is dismissed', async () => {
    const { shell, page, host } = await bench.open({ tracks: 20 });
    const message = 'The last run was interrupted: 12 files were written, 88 were not; nothing is half-written.';
    host.backend.emit('notice', { level: 'warning', message, stays: true });
    host.backend.emit('notice', { level: 'info', message: 'This one goes by itself.' });
    await until(() => shell.messages.textContent()).toContain('This one goes by itself.');
    await until(() => shell.messages.textContent()).not.toContain('This one goes by itself.');
    // A warning that does not stay would be gone after ten seconds.
    await page.waitForTimeout(6_000);
    await until(() => shell.messages.textContent()).toContain(message);
    await shell.messages.getByRole('button', { name: 'Dismiss' }).click();
    await until(() => shell.messages.textContent()).toBe('');
  });

  it('leads from the first start to the first histograms', async () => {
    const { folders, library, shell, page, host } = await bench.open({ folders: false, tickMs: 15 });
    await page.getByRole('heading', { name: 'Add a folder of music' }).waitFor();
    await folders.addButton.click();
    await folders.chooseInWindow('/home/ada/Music');
    await shell.progressBar.waitFor();
    await shell.untilIdle();
    await library.untilTotal(host.backend.library.rows.length);
    await until(() => shell.progress.textContent()).toContain('Scanning finished');
    await library.show('To review');
    await until(() => library.count('To review')).toBeGreaterThan(200);

    await folders.remove('Music');
    await page.getByRole('heading', { name: 'Add a folder of music' }).waitFor();
  });

  it('stops a scan when told to', async () => {
    const { folders, library, shell } = await bench.open({ tracks: 6000, tickMs: 100 });
    await library.untilTotal(6000);
    await folders.scan();
    await shell.progressBar.waitFor();
    await shell.cancelWork();
    await shell.untilIdle();
    await until(() => shell.progress.textContent()).toContain('Stopped');
  });

  it('lists failures with code and sentence', async () => {
    const { failures, shell, host } = await bench.open({ tracks: 1500 });
    await shell.goTo('Failures');
    const failed = host.backend.library.rows.find((row) => row.failure);
    if (!failed?.failure) throw new Error('the made-up tracks have no failure');
    await failures.items.first().waitFor();
    await until(() => failures.item(failed.fileName).first().textContent()).toContain(failed.failure.message);
    await until(() => failures.item(failed.fileName).first().textContent()).toContain(failed.failure.code);
  });

  it('says calmly that the engine is away, and goes on when it is back', async () => {
    const { library, page, host, shell } = await bench.open({ tracks: 300 });
    await library.untilTotal(300);
    host.setReachable(false);
    await page.getByText('The connection to Genregram’s engine was lost').waitFor();
    await host.backend.handlers['roots.remove']({ id: 2 });
    const left = host.backend.library.rows.length;
    expect(left).toBeLessThan(300);
    host.setReachable(true);
    await shell.tryNow();
    await library.untilTotal(left);
    await page.getByText('The connection to Genregram’s engine was lost').waitFor({ state: 'detached' });
  });

  it('scrolls through 100,000 tracks with few rows in the page', async () => {
    const { library, page } = await bench.open({ tracks: 100_000 });
    await library.untilTotal(100_000);
    await library.table.focus();
    await page.keyboard.press('End');
    await library.row(99_999).waitFor();
    await until(() => library.table.locator('[role=row]').count()).toBeLessThan(80);
    const scroller = library.table.locator('[role=presentation]');
    for (const place of [0.2, 0.7, 0.4]) {
      await scroller.evaluate((element, part) => {
        element.scrollTop = element.scrollHeight * part;
      }, place);
      await until(() => library.rows.count()).toBeGreaterThan(20);
      await until(() => library.table.locator('[role=row]').count()).toBeLessThan(80);
    }
  });
});
