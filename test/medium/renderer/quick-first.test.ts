import { describe, expect, it } from 'vitest';
import type { TrackRow } from '#shared/contract/schemas';
import { missing } from '../../builders/requirements';
import { benchOfFile, until, type Opened } from './harness';

describe.skipIf(missing('chromium'))('a quick look first, in the window', () => {
  const bench = benchOfFile();

  const change = ({ host }: Opened, which: (row: TrackRow) => boolean, patch: Partial<TrackRow>): TrackRow[] => {
    const { library } = host.backend;
    const changed = library.rows.filter(which).map((row) => ({ ...row, ...patch }));
    for (const row of changed) library.replace(row);
    library.changed();
    return changed;
  };
  const heard = (row: TrackRow): boolean => row.genre?.abstained === false && row.failure === null;
  const rowAt = async ({ host, library }: Opened, index: number): Promise<TrackRow> => {
    const path = await library.cell(index, 'Title').getAttribute('title');
    return host.backend.library.rows.find((row) => row.path === path)!;
  };

  it('is switched on beside the scan, shows its two passes, and marks what it heard until that is heard in full', async () => {
    const opened = await bench.open({ tracks: 120, tickMs: 120 });
    const { page, host, library, shell } = opened;
    change(opened, () => true, { state: 'new', genre: null, mood: null, content: null, affect: null, failure: null });
    await until(() => library.quickFirst().getAttribute('aria-pressed')).toBe('false');
    await library.quickFirst().click();
    await until(() => library.quickFirst().getAttribute('aria-pressed')).toBe('true');
    // The switch turns at once; what it changes is on its way.
    await until(() => host.backend.handlers['settings.listening']({})).toMatchObject({ quickFirst: true });

    await page.getByRole('button', { name: 'Scan', exact: true }).click();
    await until(() => shell.progress.textContent()).toMatch(/Quick look at \d+ of 120.*left.*then in full/);
    await until(() => shell.progress.textContent()).toMatch(/Listening in full \d+ of \d+/);
    await until(() => library.count('Heard quickly')).toBeGreaterThan(0);
    // What works in the background stands in nobody's way.
    await until(() => page.getByRole('button', { name: 'Scan', exact: true }).isEnabled()).toBe(true);
    await shell.pauseWork();
    await until(() => shell.progress.textContent()).toContain('Paused at');
    const marked = library.table.getByRole('img', { name: 'Heard quickly' });
    await until(() => library.count('Heard quickly')).toBe(host.backend.library.rows.filter((row) => row.quick).length);
    await until(() => library.count('Heard quickly')).toBeGreaterThan(0);
    await library.show('Heard quickly');
    await until(() => marked.count()).toBeGreaterThan(0);
    await shell.resumeWork();
    await shell.untilIdle();
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await until(() => library.count('Heard quickly')).toBe(0);
  });

  it('says in row and detail what a quick verdict is and where the full one stands', async () => {
    const opened = await bench.open({ tracks: 100 });
    const { library, detail } = opened;
    await library.untilTotal(100);
    const index = 2;
    const { id } = await rowAt(opened, index);
    change(opened, (row) => row.id === id, { quick: true });
    await library.quickSign(index).waitFor();
    await until(() => library.quickSign(index - 1).count()).toBe(0);
    const tip = library.row(index).getByTitle(/few windows of the track/);
    await until(() => tip.count()).toBe(1);
    await library.row(index).click();
    await until(() => detail.pane.textContent()).toContain('Heard quickly; the full analysis is waiting');
    await until(() => detail.provenance.textContent()).toMatch(
      /windows of 3\.0 s, quick; the full analysis is waiting/,
    );
  });

  it('puts the full verdict in its place without losing what is selected, open, or in sight', async () => {
    const opened = await bench.open({ tracks: 400 });
    const { page, library, detail } = opened;
    await library.untilTotal(400);
    change(opened, heard, { quick: true });
    await until(() => library.count('Heard quickly')).toBeGreaterThan(100);
    await library.table.locator('> div').evaluate((scroller) => {
      scroller.scrollTop = 3000;
    });
    const index = Math.ceil(3000 / 28) + 6;
    await library.row(index).click();
    await library.row(index + 2).click({ modifiers: ['Shift'] });
    const before = await library.row(index + 2).getAttribute('id');
    const scrolled = (): Promise<number> => library.table.locator('> div').evaluate((scroller) => scroller.scrollTop);
    const top = await scrolled();
    const waiting = page.locator('[role=row][aria-busy=true]');
    let blanks = 0;
    const watch = setInterval(() => void waiting.count().then((count) => (blanks += count)), 20);
    change(opened, (row) => row.quick, { quick: false });
    await until(() => library.count('Heard quickly')).toBe(0);
    await until(() => library.table.getByRole('img', { name: 'Heard quickly' }).count()).toBe(0);
    clearInterval(watch);
    expect(blanks).toBe(0);
    expect(await scrolled()).toBe(top);
    await until(() => library.selected().count()).toBe(3);
    await until(() => library.row(index + 2).getAttribute('id')).toBe(before);
    await until(() => detail.title.textContent()).toBe('3 tracks selected');
  });

  it('tells the backend what is in sight and what is open, once the rows stand still', async () => {
    const opened = await bench.open({ tracks: 1000 });
    const { host, library } = opened;
    await library.untilTotal(1000);
    const inSight = (): readonly number[] => host.backend.library.sight.trackIds;
    const first = await rowAt(opened, 0);
    await until(() => inSight()[0]).toBe(first.id);
    expect(inSight().length).toBeLessThan(60);
    await library.row(3).click();
    const open = await rowAt(opened, 3);
    await until(() => host.backend.library.sight.openId).toBe(open.id);
    await library.table.locator('> div').evaluate((scroller) => {
      scroller.scrollTop = 28 * 500;
    });
    await until(() => library.row(505).getAttribute('id')).not.toBeNull();
    const there = await library.row(505).getAttribute('id');
    await until(() => inSight().map((id) => `track-${id}`)).toContain(there);
    expect(inSight()).not.toContain(first.id);
    expect(host.backend.library.sight.openId).toBe(open.id);
  });

  const contradicted = async (): Promise<Opened> => {
    const opened = await bench.open({ tracks: 100 });
    await opened.library.untilTotal(100);
    const { id } = opened.host.backend.library.rows.find(
      (row) => heard(row) && !row.mood?.abstained && row.genre?.top !== 'disco',
    )!;
    const decision = { action: 'accept' as const, genres: ['Disco'], moods: [], decidedAt: 0 };
    change(opened, (row) => row.id === id, { state: 'decided', lookAgain: true, decision });
    await until(() => opened.library.count('Look again')).toBe(1);
    return opened;
  };

  it('asks for another look where the full analysis speaks against what was accepted; one may stay with it', async () => {
    const opened = await contradicted();
    const { host, library, detail, shell, page } = opened;
    await shell.goTo('Write');
    await page.getByText('1 decided track waits for another look').waitFor();
    await page.getByRole('button', { name: 'Look again' }).click();
    await library.untilTotal(1);
    await until(() => library.cell(0, 'State').textContent()).toContain('Look again');
    await library.row(0).click();
    await until(() => detail.lookAgain.textContent()).toContain('You accepted Disco after a quick look.');
    const before = await rowAt(opened, 0);
    await detail.lookAgain.getByRole('button', { name: 'Keep Disco' }).click();
    await until(() => library.count('Look again')).toBe(0);
    const { decision, lookAgain } = host.backend.library.rows.find(({ id }) => id === before.id)!;
    expect({ decision, lookAgain }).toMatchObject({
      decision: { action: 'change', genres: ['Disco'] },
      lookAgain: false,
    });
  });

  it('takes the full verdict instead where that is accepted', async () => {
    const opened = await contradicted();
    const { host, library, detail } = opened;
    await library.show('Look again');
    await library.row(0).click();
    const before = await rowAt(opened, 0);
    await detail.accept.click();
    await until(() => library.count('Look again')).toBe(0);
    const after = host.backend.library.rows.find(({ id }) => id === before.id)!;
    expect(after.decision?.action).toBe('accept');
    expect(after.decision?.genres).not.toEqual(['Disco']);
  });

  it('marks on the write desk what was accepted after a quick look', async () => {
    const opened = await bench.open({ tracks: 100 });
    const [chosen] = opened.host.backend.library.rows.filter((row) => heard(row) && row.id % 23 !== 0);
    const decision = { action: 'accept' as const, genres: ['Polka'], moods: [], decidedAt: 0 };
    change(opened, (row) => row.id === chosen!.id, { state: 'decided', quick: true, decision });
    await opened.shell.goTo('Write');
    const item = opened.write.plan.getByRole('listitem').first();
    await until(() => item.textContent()).toContain('Accepted after a quick look; the full analysis is still to come.');
    await until(() => item.getByRole('img', { name: 'Heard quickly' }).count()).toBe(1);
  });
});
