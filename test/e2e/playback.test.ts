import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aiffFile } from '../builders/pcm-files';
import { runCli } from '../builders/programs';
import { missing } from '../builders/requirements';
import { noise, tone, writeWav, type Sound } from '../builders/sounds';
import { chromiumDriver, cleanEnvironment, electronDriver, useTinyModel, type App, type Driver } from './drivers';
import { pagesOf, type Pages } from './pages';
import { PlayerPage } from './pages/player';

const SECONDS = 36;
const RATE = 16_000;
/** How far the element may be past a window's end before it is noticed on a busy machine, in seconds. */
const LATE = 0.6;

/** A tone, noise and silence by turns, so that windows vote for different labels. */
function changing(): Sound {
  const [low, high, hiss] = [tone(110), tone(3000), noise(3)];
  return (time) => [low, hiss, high, () => 0][Math.floor(time / 6) % 4]!(time);
}

/** What is heard in the window comes out of the audio element: its own clock is what these tests look at. */
describe.each<Driver>([chromiumDriver, electronDriver])('a collector who listens, in $name', (driver) => {
  describe.skipIf(missing(driver.need))('with analysed tracks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'playback-'));
    const music = join(folder, 'music');
    const library = join(folder, 'library.sqlite');
    const home = join(folder, 'home');
    let app: App;
    let pages: Pages;
    let player: PlayerPage;

    beforeAll(async () => {
      mkdirSync(music);
      writeWav(join(music, '1 changing.wav'), changing(), SECONDS, RATE);
      writeWav(join(music, '2 other.wav'), tone(440), SECONDS, RATE);
      const samples = Float32Array.from({ length: SECONDS * RATE }, (_, i) => tone(330)(i / RATE));
      writeFileSync(join(music, '3 decoded.aiff'), aiffFile({ samples, channels: 1, sampleRate: RATE }, 's16', false));
      writeWav(join(music, '4 gone.wav'), tone(200), 8, RATE);
      writeLong(tone(262));
      useTinyModel(home);
      const { code } = await runCli(['analyze', music, '--library', library], { env: cleanEnvironment(home) });
      expect(code).toBe(0);
      app = await driver.open(library, home);
      pages = pagesOf(app.page);
      player = new PlayerPage(app.page);
      await pages.library.untilTotal(5);
    });
    afterAll(async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Larger than what a browser fetches ahead. */
    function writeLong(sound: Sound): void {
      writeWav(join(music, '5 long.wav'), sound, 180, 48_000);
    }
    const words = async (): Promise<string> => (await player.words.textContent()) ?? '';
    const isHeardOn = async (): Promise<void> => {
      // From one look to the next, since the first may come before a jump.
      const advance = async (): Promise<number> => {
        const { position } = await player.sound();
        await new Promise((resolve) => setTimeout(resolve, 400));
        return (await player.sound()).position - position;
      };
      await expect.poll(advance).toBeGreaterThan(0.2);
    };
    /** The window that the timeline marks as heard, in seconds. */
    const marked = async (): Promise<{ start: number; end: number }> => {
      const style = await pages.detail
        .timeline('Genre')
        .locator('[class*=heard]')
        .evaluate((mark: HTMLElement) => ({ left: mark.style.left, width: mark.style.width }));
      const start = (parseFloat(style.left) / 100) * SECONDS;
      return { start, end: start + (parseFloat(style.width) / 100) * SECONDS };
    };

    it('hears nothing unasked', async () => {
      await pages.library.row(0).click();
      await pages.detail.timeline('Genre').waitFor();
      expect(await player.sound()).toMatchObject({ src: '', paused: true });
    });

    it('plays the track under the cursor with the space bar, and pauses it', async () => {
      await app.page.keyboard.press('Space');
      await player.pause.waitFor();
      await isHeardOn();
      const { src, duration } = await player.sound();
      expect(src).toMatch(driver.name === 'Electron' ? /^track:\/\/library\/audio\/\d+$/ : /^http:.*\/audio\/\d+$/);
      expect(src).not.toContain('changing');
      expect(duration).toBeCloseTo(SECONDS, 1);
      await expect.poll(() => app.page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe('1 changing.wav');
      await app.page.keyboard.press('Space');
      await expect.poll(async () => (await player.sound()).paused).toBe(true);
    });

    it('goes on hearing it while looking at another, until that one is played', async () => {
      await app.page.keyboard.press('Space');
      const { src } = await player.sound();
      await app.page.keyboard.press('ArrowDown');
      await expect.poll(() => pages.detail.title.textContent()).toBe('2 other.wav');
      await isHeardOn();
      expect((await player.sound()).src).toBe(src);
      await app.page.keyboard.press('Space');
      await expect.poll(async () => (await player.sound()).src).not.toBe(src);
      await isHeardOn();
    });

    it('seeks', async () => {
      await player.position.fill('20');
      await expect.poll(async () => (await player.sound()).position).toBeGreaterThan(20.3);
      expect((await player.sound()).position).toBeLessThan(35);
    });

    it('hears a window by a click on the timeline, again and again', async () => {
      await pages.library.row(0).click();
      const timeline = pages.detail.timeline('Genre');
      await timeline.waitFor();
      const { width } = (await timeline.boundingBox())!;
      await timeline.click({ position: { x: width * 0.55, y: 10 } });
      await expect.poll(words).toMatch(/^Window \d+ of 12$/);
      await player.pause.waitFor();
      const { start, end } = await marked();
      expect(start).toBeLessThan(0.55 * SECONDS);
      expect(end).toBeGreaterThan(0.55 * SECONDS);
      await isHeardOn();
      const trace = await player.trace(4.5);
      expect(Math.min(...trace)).toBeGreaterThanOrEqual(start - 0.05);
      expect(Math.max(...trace)).toBeLessThanOrEqual(end + LATE);
      // It came to the end, and began again.
      expect(trace.some((position, i) => i > 0 && position < trace[i - 1]! - 1)).toBe(true);
    });

    it('and then past it', async () => {
      const { end } = await marked();
      await app.page.keyboard.press('o');
      await expect.poll(async () => (await player.sound()).position).toBeGreaterThan(end + LATE);
      await expect.poll(() => player.words.count()).toBe(0);
    });

    it('hears the windows that voted for a genre, the surest first', async () => {
      const rows = pages.detail
        .histogram('Genre')
        .locator('tbody tr')
        .filter({ has: app.page.getByRole('button') });
      const [label, votes] = await rows.first().evaluate((row) => {
        const cells = [...(row as HTMLTableRowElement).cells].map((cell) => cell.textContent);
        return [cells[0] ?? '', cells.at(-1) ?? ''] as const;
      });
      expect(Number(votes)).toBeGreaterThan(1);
      const bar = pages.detail
        .histogram('Genre')
        .getByRole('button', { name: new RegExp(`^Hear ${label}: ${votes} `) });
      await bar.click();
      await expect.poll(words).toBe(`${label} 1 of ${votes}`);
      await expect.poll(() => bar.getAttribute('aria-pressed')).toBe('true');
      await isHeardOn();
      const first = await marked();
      const { position } = await player.sound();
      expect(position).toBeGreaterThanOrEqual(first.start - 0.05);
      expect(position).toBeLessThanOrEqual(first.end + LATE);

      await app.page.keyboard.press('.');
      await expect.poll(words).toBe(`${label} 2 of ${votes}`);
      const second = await marked();
      expect(second.start).not.toBeCloseTo(first.start, 1);
      await expect
        .poll(async () => {
          const { position: now } = await player.sound();
          return now > second.start && now < second.end + LATE;
        })
        .toBe(true);
      await app.page.keyboard.press(',');
      await expect.poll(words).toBe(`${label} 1 of ${votes}`);
      // By itself it goes on to the next one.
      await expect.poll(words).toBe(`${label} 2 of ${votes}`);
    });

    it('hears the top genre of the track under the cursor by a key, and a window by the keyboard alone', async () => {
      await pages.library.row(1).click();
      await app.page.keyboard.press('h');
      await expect.poll(words).toMatch(/^\S.* 1 of \d+$/);
      await expect.poll(async () => (await player.sound()).src).toContain('/audio/');
      await pages.detail.timeline('Genre').focus();
      await app.page.keyboard.press('Home');
      await app.page.keyboard.press('ArrowRight');
      await app.page.keyboard.press('Enter');
      await expect.poll(words).toBe('Window 2 of 12');
      await isHeardOn();
      const { start, end } = await marked();
      const trace = await player.trace(1);
      expect(Math.min(...trace)).toBeGreaterThanOrEqual(start - 0.05);
      expect(Math.max(...trace)).toBeLessThanOrEqual(end + LATE);
      await expect.poll(() => pages.detail.pane.getByRole('button', { name: /^Accept/ }).isVisible()).toBe(true);
    });

    it('hears what no browser decodes, and seeks in it', async () => {
      await pages.library.row(2).click();
      await app.page.keyboard.press('Space');
      await expect.poll(async () => (await player.sound()).src).toMatch(/\/audio\/\d+\.wav$/);
      await isHeardOn();
      expect((await player.sound()).duration).toBeCloseTo(SECONDS, 1);
      await player.position.fill('30');
      await expect.poll(async () => (await player.sound()).position).toBeGreaterThan(30.3);
    });

    it('sees how loud it is along its length, and goes where it points', async () => {
      const wave = pages.detail.pane.locator('[class*=waveform]');
      await wave.waitFor();
      const { width } = (await wave.boundingBox())!;
      await wave.click({ position: { x: width * 0.25, y: 10 } });
      await expect.poll(async () => (await player.sound()).position).toBeGreaterThan(0.25 * SECONDS);
      expect((await player.sound()).position).toBeLessThan(0.25 * SECONDS + 6);
    });

    it('goes on hearing a file that is written meanwhile', async () => {
      await pages.library.row(4).click();
      await app.page.keyboard.press('Space');
      await isHeardOn();
      writeLong(tone(523));
      // Far from what was fetched by then.
      await player.position.fill('150');
      await expect.poll(async () => (await player.sound()).position).toBeGreaterThan(150.3);
      expect((await player.sound()).paused).toBe(false);
    });

    it('is told when a file is gone', async () => {
      unlinkSync(join(music, '4 gone.wav'));
      await pages.library.row(3).click();
      await app.page.keyboard.press('Space');
      await pages.shell.messages.getByText('The file is not there any more').waitFor();
      await expect.poll(() => player.bar.textContent()).toContain('Can’t be heard');
      expect((await player.sound()).paused).toBe(true);
    });

    it('finds it as loud as it was after a restart of the window, and silent', async () => {
      await player.volume.fill('0.4');
      expect((await player.sound()).volume).toBeCloseTo(0.16, 5);
      await app.page.reload();
      await pages.library.untilTotal(5);
      expect(await player.sound()).toMatchObject({ src: '', paused: true });
      expect((await player.sound()).volume).toBeCloseTo(0.16, 5);
    });

    it.runIf(driver.need === 'electron')('gives audio to the audio element of its own page only', async () => {
      const id = await app.page.evaluate(async () => {
        const tried = async (url: string): Promise<string> =>
          fetch(url).then(
            (response) => `status ${response.status}`,
            () => 'refused',
          );
        const played = (url: string): Promise<string> =>
          new Promise((resolve) => {
            const audio = new Audio();
            audio.onloadedmetadata = () => resolve('played');
            audio.onerror = () => resolve('refused');
            audio.src = url;
          });
        return {
          script: await tried('track://library/audio/1'),
          own: await played('track://library/audio/1'),
          otherHost: await played('track://elsewhere/audio/1'),
          path: await played('track://library/audio/..%2f..%2fetc%2fpasswd'),
          foreign: await played('track://library/audio/999999'),
          file: await played('file:///tmp/x.wav'),
        };
      });
      expect(id).toEqual({
        script: 'refused',
        own: 'played',
        otherHost: 'refused',
        path: 'refused',
        foreign: 'refused',
        file: 'refused',
      });
    });
  });
});
