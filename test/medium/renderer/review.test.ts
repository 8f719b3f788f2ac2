import { describe, expect, it } from 'vitest';
import type { TrackRow } from '#shared/contract/schemas';
import { displayLabel } from '#shared/domain/vocabulary';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { benchOfFile, until, type Opened, type OpenOptions } from './harness';

const TITLES = ['Erste', 'Zweite', 'Dritte', 'Vierte'] as const;

describe.skipIf(missing('chromium'))('review, one track after the other', () => {
  const bench = benchOfFile();

  const open = async (options: OpenOptions = {}): Promise<Opened> => {
    const opened = await bench.open({ tracks: 200, ...options });
    await opened.page.keyboard.press('r');
    await opened.review.labels.first().waitFor();
    return opened;
  };
  const rowsOf = ({ host }: Opened): TrackRow[] => host.backend.library.rows;
  const queueOf = async ({ host }: Opened, order: 'doubtful' | 'disagrees' = 'doubtful'): Promise<number[]> =>
    (await host.backend.handlers['review.queue']({ order })).ids;
  const rowOf = (opened: Opened, id: number | undefined): TrackRow => rowsOf(opened).find((row) => row.id === id)!;
  const name = ({ title, fileName }: TrackRow): string => title ?? fileName;
  const atHand = async (opened: Opened, id: number | undefined): Promise<void> => {
    await until(() => opened.review.title.textContent()).toBe(name(rowOf(opened, id)));
  };

  it('decides twenty tracks by keyboard only, in the order of the queue, and takes several steps back', async () => {
    const opened = await open();
    const { page, review } = opened;
    const queue = await queueOf(opened);
    const before = await review.number('left');
    expect(before).toBe(queue.length);
    const press = ['1', '2', 's', 'n', '3'];
    for (let i = 0; i < 20; i++) {
      await atHand(opened, queue[i]);
      await page.keyboard.press(press[i % press.length]!);
    }
    await atHand(opened, queue[20]);
    expect(await review.number('done')).toBe(20);
    expect(await review.number('left')).toBe(before - 20);
    await until(() => review.progress.textContent()).toMatch(/[\d.]+ tracks a minute/);
    await until(() => rowsOf(opened).filter(({ decision }) => decision).length).toBe(20);
    const labels = (id: number | undefined): string[] =>
      rowOf(opened, id).genre!.histogram.map(({ label }) => displayLabel(label));
    expect(rowOf(opened, queue[0]).decision?.genres).toEqual([labels(queue[0])[0]]);
    expect(rowOf(opened, queue[1]).decision?.genres).toEqual([labels(queue[1])[1]]);
    expect(rowOf(opened, queue[2]).decision).toMatchObject({ action: 'skip' });
    expect(rowOf(opened, queue[3]).decision).toMatchObject({ action: 'skip', notMusic: true });
    expect(rowOf(opened, queue[4]).decision?.genres).toEqual([labels(queue[4])[2]]);

    for (let i = 19; i >= 15; i--) {
      await page.keyboard.press('u');
      await atHand(opened, queue[i]);
    }
    expect(await review.number('done')).toBe(15);
    expect(await review.number('left')).toBe(before - 15);
    expect(rowsOf(opened).filter(({ decision }) => decision)).toHaveLength(15);
    await page.keyboard.press('1');
    await atHand(opened, queue[16]);
  });

  it('accepts with Enter, and the two likeliest genres with Shift', async () => {
    const opened = await open();
    const { page, review } = opened;
    await review.startWith('Disagreements');
    const [first, second, third] = await queueOf(opened, 'disagrees');
    await atHand(opened, first);
    await page.keyboard.press('Enter');
    await atHand(opened, second);
    await page.keyboard.press('Shift+Enter');
    await atHand(opened, third);
    await until(() => rowOf(opened, second).decision?.genres.length).toBe(2);
    expect(rowOf(opened, first).decision).toMatchObject({ action: 'accept' });
    const [top, next] = rowOf(opened, second).genre!.histogram;
    expect(rowOf(opened, second).decision?.genres).toEqual([displayLabel(top!.label), displayLabel(next!.label)]);
  });

  it('says why there is nothing to accept, and stays where it is', async () => {
    const opened = await bench.open({ tracks: 200 });
    const { page, shell, review } = opened;
    const [first] = await queueOf(opened);
    expect(rowOf(opened, first).genre?.abstained).toBe(true);
    opened.host.backend.library.replace({ ...rowOf(opened, first), mood: null });
    await page.keyboard.press('r');
    await atHand(opened, first);
    await until(() => review.accept.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await until(() => shell.messages.textContent()).toContain('not sure enough to accept');
    await atHand(opened, first);
    expect(rowOf(opened, first).decision).toBeNull();
  });

  it('decides album by album: one genre for the tracks chosen, each with its own mood, or each as it was heard', async () => {
    const opened = await bench.open({ tracks: 200 });
    const { page, review, host } = opened;
    const { library } = host.backend;
    // Three tracks that sound like Jazz, one that does not, and one of which nothing is sure.
    const queue = await queueOf(opened);
    const ids = queue.filter((id) => rowOf(opened, id).mood?.abstained === false).slice(0, 5);
    const heard = library.rows.find((row) => row.genre && !row.genre.abstained && row.content?.top === 'music')!;
    const verdict = (label: string) => ({
      ...heard.genre!,
      top: label,
      histogram: [
        { label, share: 0.8, votes: 8 },
        { label: 'blues', share: 0.2, votes: 2 },
      ],
    });
    ids.forEach((id, i) => {
      library.replace({
        ...{
          ...rowOf(opened, id),
          path: `/0/${i}.mp3`,
          title: `Stück ${i}`,
          artist: 'Kollektiv',
          album: 'Ein Abend',
        },
        ...{ genre: verdict(i < 3 ? 'jazz' : 'metal'), content: heard.content, disagrees: false, state: 'analysed' },
      });
    });
    const unsure = rowOf(opened, ids[4]);
    library.replace({
      ...{ ...unsure, mood: null, genre: { ...unsure.genre!, abstained: true, abstainReason: 'unsure' } },
    });
    await page.keyboard.press('r');
    await review.decide('Albums');
    await review.startWith('By album');
    await until(() => review.title.textContent()).toBe('Ein Abend');
    await until(() => review.facts.textContent()).toContain('Jazz in 3 of 5 tracks');
    await until(() => review.labels.first().textContent()).toMatch(/Jazz.*48%3 tracks/);
    const album = (i: number) => review.album.getByRole('checkbox', { name: `Stück ${i}` });
    await album(3).click();
    await until(() => review.accept.textContent()).toContain('Jazz for 4 tracks');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await album(3).click();
    await album(4).click();
    await review.desk.focus();
    await page.keyboard.press('Enter');
    // Those that were left out are next: of the same album.
    await until(() => review.accept.textContent()).toContain('Jazz for 2 tracks');
    const decisions = () => ids.map((id) => rowOf(opened, id).decision);
    await until(() => decisions().map((decision) => decision?.genres[0] ?? null)).toEqual([
      ...['Jazz', 'Jazz', 'Jazz'],
      ...[null, null],
    ]);
    for (const id of ids.slice(0, 3)) {
      const row = rowOf(opened, id);
      expect(row.decision?.moods).toEqual([displayLabel(row.mood!.top)]);
    }
    await page.keyboard.press('Control+Enter');
    await until(() => rowOf(opened, ids[3]).decision).toMatchObject({ action: 'accept', genres: ['Metal'] });
    // What is sure is accepted; the other one waits on.
    await until(() => review.accept.textContent()).toContain('Jazz for 1 track');
    expect(rowOf(opened, ids[4]).decision).toBeNull();
    await page.keyboard.press('Control+Enter');
    await until(() => opened.shell.messages.textContent()).toContain('not sure enough to accept');
    await page.keyboard.press('s');
    await until(() => review.title.textContent()).not.toBe('Ein Abend');
    // One undo for each answer.
    for (let step = 0; step < 3; step++) await page.keyboard.press('u');
    await until(decisions).toEqual([null, null, null, null, null]);
    await until(() => review.number('left')).toBe(queue.length);
    await until(() => review.title.textContent()).toBe('Ein Abend');
    // By keys past the whole album, and to a track at a time.
    await page.keyboard.press('j');
    await until(() => review.title.textContent()).not.toBe('Ein Abend');
    await page.keyboard.press('k');
    await until(() => review.title.textContent()).toBe('Ein Abend');
    await page.keyboard.press('Shift+A');
    await until(() => review.title.textContent()).toMatch(/^Stück/);
  });

  it('takes any genre by typing: the first suggestion, or one’s own words, which are offered from then on', async () => {
    const opened = await open();
    const { page, review } = opened;
    const queue = await queueOf(opened);
    await page.keyboard.press('e');
    await page.keyboard.type('regg');
    await until(() => review.options.first().textContent()).toBe('Reggae');
    await page.keyboard.press('Enter');
    await atHand(opened, queue[1]);
    await until(() => rowOf(opened, queue[0]).decision?.genres).toEqual(['Reggae']);

    await page.keyboard.press('e');
    await page.keyboard.type('Zeuhl');
    await until(() => review.options.allTextContents()).toEqual(['“Zeuhl” as typed']);
    await page.keyboard.press('Enter');
    await atHand(opened, queue[2]);
    await until(() => rowOf(opened, queue[1]).decision?.genres).toEqual(['Zeuhl']);

    await page.keyboard.press('e');
    await until(async () => {
      await review.typing.fill('');
      await page.keyboard.type('zeu');
      return review.options.first().textContent();
    }).toBe('Zeuhl');
    await page.keyboard.press('Escape');
    // The keys mean the desk again.
    await page.keyboard.press('s');
    await atHand(opened, queue[3]);
  });

  it('goes back and forth without deciding, and shows what was decided there', async () => {
    const opened = await open();
    const { page, review } = opened;
    const queue = await queueOf(opened);
    await page.keyboard.press('1');
    await atHand(opened, queue[1]);
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await atHand(opened, queue[3]);
    for (const index of [2, 1, 0]) {
      await page.keyboard.press('k');
      await atHand(opened, queue[index]);
    }
    await until(() => review.facts.textContent()).toContain('Decided');
    await until(() => review.labels.first().getAttribute('aria-pressed')).toBe('true');
    expect(await review.number('done')).toBe(1);
    // Deciding anew goes on with what still waits.
    await page.keyboard.press('2');
    await atHand(opened, queue[1]);
    await page.keyboard.press('u');
    await atHand(opened, queue[0]);
    await until(() => review.labels.first().getAttribute('aria-pressed')).toBe('true');
  });

  it('shows the same decision for similar tracks first, each with its score and to be left out', async () => {
    const opened = await open();
    const { page, review } = opened;
    await review.startWith('Disagreements');
    const queue = await queueOf(opened, 'disagrees');
    await atHand(opened, queue[0]);
    const { handlers } = opened.host.backend;
    const found = await handlers['review.mates']({ trackId: queue[0]!, of: 'similar', limit: 500 });
    expect(found.total).toBeGreaterThan(2);
    await until(() => review.around('Sounds like this').textContent()).toContain(`${found.total} tracks`);
    await page.keyboard.press('g');
    await until(() => review.share.getByRole('checkbox').count()).toBe(found.total + 2);
    // Escape closes the list, and nothing more.
    await page.keyboard.press('Escape');
    await review.share.waitFor({ state: 'detached' });
    await atHand(opened, queue[0]);
    await page.keyboard.press('g');
    await until(() => review.share.getByRole('checkbox').count()).toBe(found.total + 2);
    for (const { row, similarity } of found.mates.slice(0, 3)) {
      const line = review.share
        .getByRole('row')
        .filter({ hasText: name(row) })
        .first();
      await until(() => line.textContent()).toContain(`${Math.round(similarity! * 100)}%`);
    }
    expect(rowsOf(opened).every(({ decision }) => decision === null)).toBe(true);
    const left = found.mates[0]!.row;
    await review.share.getByRole('checkbox').nth(2).click();
    await review.confirm.focus();
    const before = await review.number('left');
    await page.keyboard.press('Enter');
    await until(() => rowsOf(opened).filter(({ decision }) => decision).length).toBe(found.total);
    expect(rowOf(opened, left.id).decision).toBeNull();
    const genre = displayLabel(rowOf(opened, queue[0]).genre!.top);
    for (const { row } of found.mates.slice(1)) expect(rowOf(opened, row.id).decision?.genres).toEqual([genre]);
    expect(await review.number('left')).toBe(before - found.total);
    await page.keyboard.press('u');
    await until(() => rowsOf(opened).every(({ decision }) => decision === null)).toBe(true);
    await until(() => review.number('left')).toBe(before);
    await atHand(opened, queue[0]);
  });

  it('says what the album’s majority hears, and shows what taking it would change', async () => {
    const opened = await bench.open({ tracks: 200 });
    const { page, review, detail, library, host } = opened;
    const fake = host.backend.library;
    const album = fake.rows.filter((row) => row.genre?.abstained === false && row.state === 'analysed').slice(0, 4);
    album.forEach((row, i) => {
      const genre = { ...row.genre!, top: i === 3 ? 'reggae' : 'jazz', confidence: 0.9 };
      fake.replace({ ...row, artist: 'Duo', album: 'Nine Lives', genre, content: null, title: TITLES[i]! });
    });
    fake.changed();
    await library.filter.fill('Vierte');
    await library.untilTotal(1);
    await library.row(0).click();
    const note = detail.pane.getByRole('region', { name: 'Album' });
    await until(() => note.textContent()).toContain('3 of 4 tracks on this album say Jazz; this one disagrees.');
    await note.getByRole('button', { name: 'Take Jazz for the album…' }).click();
    await until(() => review.share.getByRole('checkbox').count()).toBe(5);
    for (const title of TITLES.slice(0, 3)) await review.mate(title).click();
    await until(() => review.confirm.textContent()).toBe('Jazz for 1 track');
    await review.confirm.click();
    await until(() => fake.rows.filter(({ decision }) => decision).map(({ title }) => title)).toEqual(['Vierte']);
    await until(() => note.count()).toBe(0);
    await page.keyboard.press('u');
    await until(() => fake.rows.some(({ decision }) => decision)).toBe(false);
  });

  it('brings a decision back that could not be made, with the way to try again', async () => {
    const opened = await open();
    const { page, host, review, shell } = opened;
    const queue = await queueOf(opened);
    const { handlers } = host.backend;
    const real = handlers['decisions.set'];
    handlers['decisions.set'] = () => Promise.reject(new Error('The disk is full.'));
    const before = await review.number('left');
    await page.keyboard.press('1');
    // The next track is there at once, whatever comes of it.
    await atHand(opened, queue[1]);
    await until(() => shell.messages.textContent()).toContain('Not decided');
    expect(await review.number('left')).toBe(before);
    expect(await review.number('done')).toBe(0);
    handlers['decisions.set'] = real;
    await shell.messages.getByRole('button', { name: 'Try again' }).click();
    await until(() => rowOf(opened, queue[0]).decision?.genres.length).toBe(1);
    await until(() => review.number('left')).toBe(before - 1);
    await atHand(opened, queue[1]);
  });

  it('keeps the place while other views are open and over a restart, and what comes first', async () => {
    const opened = await open();
    const { page, review, shell, library } = opened;
    await review.startWith('Disagreements');
    const queue = await queueOf(opened, 'disagrees');
    await atHand(opened, queue[0]);
    await page.keyboard.press('s');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await atHand(opened, queue[3]);
    await shell.goTo('Library');
    await library.table.waitFor();
    await page.keyboard.press('r');
    await atHand(opened, queue[3]);
    await page.reload();
    await shell.viewButton('Review').waitFor();
    await page.keyboard.press('r');
    await atHand(opened, queue[3]);
    await page.keyboard.press('s');
    await atHand(opened, queue[4]);
  });

  it('tells when nothing is left, and the last undo brings its track back', async () => {
    const opened = await bench.open({ tracks: 3 });
    const { page, review } = opened;
    await page.keyboard.press('r');
    await review.labels.first().waitFor();
    const queue = await queueOf(opened);
    for (const id of queue) {
      await atHand(opened, id);
      await page.keyboard.press('s');
    }
    await page.getByRole('heading', { name: 'Nothing is left to review' }).waitFor();
    await page.keyboard.press('u');
    await atHand(opened, queue.at(-1));
    expect(await review.number('left')).toBe(1);
  });
});
