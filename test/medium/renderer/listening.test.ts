import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING, type ListeningSettings } from '#shared/domain/listening';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { benchOfFile, openFromMenu, until, type Opened } from './harness';

/** Where pictures of the dialog go, for looking at; none are taken without it. */
const PICTURES = process.env['GENREGRAM_PICTURES'];

describe.skipIf(missing('chromium'))('the dialog of how listening uses the machine', () => {
  const bench = benchOfFile();

  const openDialog = (opened: Opened) => openFromMenu(opened, 'Listening…', 'How Genregram listens');
  const settingsOf = ({ host }: Opened): ListeningSettings =>
    host.backend.handlers['settings.listening']({}) as ListeningSettings;

  it('shows the settings and keeps each change at once', async () => {
    const opened = await bench.open();
    const dialog = await openDialog(opened);
    expect(settingsOf(opened)).toEqual(DEFAULT_LISTENING);
    await dialog.getByText('Half', { exact: true }).click();
    await dialog.getByText('Half of the cores').waitFor();
    await dialog.getByRole('checkbox', { name: 'Wait while running on battery' }).click();
    await dialog.getByRole('checkbox', { name: 'A quick look first' }).click();
    await dialog.getByLabel('Longest file, in minutes').fill('90');
    await opened.page.keyboard.press('Enter');
    await dialog.getByLabel('Provider').fill('CPU');
    await dialog.getByLabel('Longest time for a file').fill('2,5');
    await dialog.getByLabel('The ffmpeg command').fill('/opt/ffmpeg');
    await opened.page.keyboard.press('Tab');
    const expected: ListeningSettings = {
      ...DEFAULT_LISTENING,
      share: 'half',
      pauseOnBattery: true,
      quickFirst: true,
      maxFileMinutes: 90,
      provider: 'cpu',
      timeoutMinutes: 2.5,
      ffmpegPath: '/opt/ffmpeg',
    };
    await until(() => settingsOf(opened)).toEqual(expected);
    await dialog.getByLabel('Longest file, in minutes').fill('');
    await opened.page.keyboard.press('Enter');
    await until(() => settingsOf(opened)).toEqual({ ...expected, maxFileMinutes: null });
    await opened.page.keyboard.press('Escape');
    await opened.page.reload();
    const again = await openDialog(opened);
    await until(() => again.getByRole('radio', { name: 'Half' }).isChecked()).toBe(true);
    await until(() => again.getByLabel('The ffmpeg command').inputValue()).toBe('/opt/ffmpeg');
  });

  it('says at the field what is wrong with it, and takes back with Escape what was typed', async () => {
    const opened = await bench.open();
    const dialog = await openDialog(opened);
    const timeout = dialog.getByLabel('Longest time for a file');
    await timeout.fill('soon');
    await opened.page.keyboard.press('Enter');
    await dialog.getByText('Give a number of minutes').waitFor();
    await until(() => timeout.getAttribute('aria-invalid')).toBe('true');
    await until(() => timeout.inputValue()).toBe('soon');
    await opened.page.keyboard.press('Escape');
    await until(() => timeout.inputValue()).toBe('30');
    await until(() => dialog.getByText('Give a number of minutes').count()).toBe(0);

    const ffmpeg = dialog.getByLabel('The ffmpeg command');
    await ffmpeg.fill('ffmpeg');
    await opened.page.keyboard.press('Enter');
    await dialog.getByText('ffmpeg is no full path.').waitFor();
    await until(() => ffmpeg.getAttribute('aria-invalid')).toBe('true');
    expect(settingsOf(opened)).toEqual(DEFAULT_LISTENING);
  });

  it('shows what another window changed', async () => {
    const opened = await bench.open();
    const dialog = await openDialog(opened);
    await opened.host.backend.handlers['settings.setListening']({ share: 'all' });
    opened.host.backend.emit('settings.changed', { of: 'listening' });
    await until(() => dialog.getByRole('radio', { name: 'All' }).isChecked()).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has no accessibility fault in %s, nor with an error', async (scheme) => {
    const opened = await bench.open({ scheme });
    const dialog = await openDialog(opened);
    await dialog.getByLabel('Longest time for a file').fill('0');
    await opened.page.keyboard.press('Enter');
    await dialog.getByText('Give a number of minutes').waitFor();
    await opened.page.waitForTimeout(400);
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await opened.page.screenshot({ path: join(PICTURES, `listening-${scheme}.png`) });
    }
    expect(await seriousViolations(opened.page)).toEqual([]);
  });
});
