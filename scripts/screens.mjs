/**
 * Takes the pictures in docs/screens:  node scripts/screens.mjs DIR [TITLE] [MODELS] [LABELLED]
 *
 * DIR is a folder of music; a copy of it is analysed, so nothing of the user's is touched. TITLE names the track whose
 * detail is shown (else the first). MODELS is a folder of further models: with it, they are compared on that track (leave it empty to give the next alone). LABELLED is a folder
 * of music in folders named after its genre, for the evaluation. Needs ffmpeg and Chromium ($CHROMIUM or
 * /usr/bin/chromium). The window is the real one, served by the real backend.
 */
import { chromium } from 'playwright-core';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildIfStale } from './lib/build-if-stale.mjs';

/** The large ones are kept as WebP, in a tenth of a PNG's bytes: they are for looking at the whole, not at single pixels. */
const SIZES = [
  { width: 1280, height: 800, suffix: '', type: 'png' },
  { width: 1920, height: 1080, suffix: '-1920', type: 'webp' },
];

/** What the tracks without an album are put together as, so that there is one of several tracks. */
const ALBUM = 'Loose tracks';

const root = join(import.meta.dirname, '..');
const [source, title = '', models, labelled] = process.argv.slice(2);
if (!source) {
  console.error('Say which folder of music to show: node scripts/screens.mjs DIR [TITLE] [MODELS] [LABELLED]');
  process.exit(2);
}
await buildIfStale(['main', 'renderer'], (line) => console.error(line));

const work = mkdtempSync(join(tmpdir(), 'genregram-screens-'));
const music = join(work, 'Music');
const library = join(work, 'library.db');
copyMusic();
const cli = spawnSync(process.execPath, [join(root, 'out/main/cli.cjs'), 'analyze', music, '--library', library], {
  stdio: 'inherit',
});
if (cli.status !== 0) process.exit(1);

const further = !models ? [] : ['--models', models];
const server = spawn(process.execPath, [join(root, 'out/main/web.cjs'), '--library', library, ...further], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await printedUrl(server.stdout);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  await decideThree(browser, url);
  for (const size of SIZES) for (const colorScheme of ['light', 'dark']) await shoot(browser, url, size, colorScheme);
  await browser.close();
} finally {
  server.kill('SIGTERM');
  rmSync(work, { recursive: true, force: true });
}

/** A writable copy, and two broken files so that the list of failures has something to say. */
function copyMusic() {
  cpSync(source, music, { recursive: true });
  for (const entry of readdirSync(music, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  for (const name of readdirSync(music, { recursive: true }).filter((name) => name.endsWith('.mp3'))) {
    const [path, tagged] = [join(music, name), join(work, 'tagged.mp3')];
    const { stdout } = spawnSync('ffprobe', ['-v', 'quiet', '-show_entries', 'format_tags=album', path]);
    if (String(stdout).includes('TAG:album')) continue;
    spawnSync('ffmpeg', ['-v', 'quiet', '-y', '-i', path, '-c', 'copy', '-metadata', `album=${ALBUM}`, tagged]);
    renameSync(tagged, path);
  }
  mkdirSync(join(music, 'old disk'), { recursive: true });
  writeFileSync(join(music, 'old disk', 'track 01.mp3'), '');
  writeFileSync(join(music, 'old disk', 'track 02.mp3'), 'This was a song once.\n');
}

/** The address that the server prints; its later lines are read and dropped. */
function printedUrl(stream) {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk) => {
      text += chunk;
      const match = /http:\/\/\S+/.exec(text);
      if (match) resolve(match[0]);
    });
    stream.on('end', () => reject(new Error('the server ended before it printed its address')));
  });
}

async function openPage(browser, url, options) {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
  await page.goto(url);
  await page.getByRole('grid').getByRole('row').nth(2).waitFor();
  return page;
}

function rowOf(page, name) {
  return page.getByRole('row', { name: new RegExp(name) }).first();
}

/** Accepts three MP3s, so that the write desk has a diff. */
async function decideThree(browser, url) {
  const page = await openPage(browser, url, {});
  const names = readdirSync(music, { recursive: true }).filter((name) => /\.mp3$/.test(name) && !/old disk/.test(name));
  for (const name of names.slice(0, 3)) {
    await rowOf(page, basename(name, '.mp3')).click();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(400);
  }
  await page.context().close();
}

/** A playlist with a group in it, begun from a ready-made one and not saved. */
async function makePlaylist(page) {
  await page.getByRole('region', { name: 'To start from' }).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Add a group, with conditions of its own', exact: true }).click();
  const row = page.getByRole('group', { name: /rule 1 of 1$/ });
  await row.getByLabel(/: field$/).selectOption('duration');
  await row.getByLabel(/: comparison$/).selectOption('under');
  await row.getByLabel(/: value$/).fill('10:00');
}

/** All models have heard the track, side by side. */
async function compareModels(page, save) {
  await page.getByRole('button', { name: 'Compare models…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare models' });
  await dialog.getByRole('columnheader').nth(2).waitFor();
  const listen = dialog.getByRole('button', { name: /^Listen with/ });
  if (await listen.isVisible()) {
    await listen.click();
    await dialog.getByRole('button', { name: 'Cancel' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 300_000 });
  }
  await save('comparison');
  await page.keyboard.press('Escape');
}

/** Music that lies in folders named after its genre; what was evaluated before is shown as it was. */
async function evaluate(page) {
  const matrix = page.getByRole('grid', { name: 'What is heard as what' });
  const folder = page.getByRole('textbox', { name: 'Folder', exact: true });
  await matrix.or(folder).waitFor();
  if (await folder.isVisible()) {
    await folder.fill(labelled);
    await page.getByRole('button', { name: /^Evaluate \d/ }).click();
    await matrix.waitFor({ timeout: 300_000 });
  }
  await matrix.locator('[role=gridcell][data-same]').first().click();
  await page.getByRole('complementary', { name: 'Tracks of the evaluation' }).waitFor();
}

/** A PNG as WebP, by the browser's own encoder. */
async function asWebp(browser, png) {
  const page = await browser.newPage();
  const url = await page.evaluate(
    async (data) => {
      const image = await createImageBitmap(await (await fetch(data)).blob());
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      canvas.getContext('2d').drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.9);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  await page.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

async function shoot(browser, url, { width, height, suffix, type }, colorScheme) {
  const page = await openPage(browser, url, { colorScheme, viewport: { width, height } });
  const save = async (name) => {
    const png = await page.screenshot();
    const path = join(root, 'docs/screens', `${name}-${colorScheme}${suffix}.${type}`);
    writeFileSync(path, type === 'webp' ? await asWebp(browser, png) : png);
  };
  await page
    .getByRole('grid')
    .getByRole('row', { name: title })
    .nth(title ? 0 : 1)
    .click();
  await page.waitForTimeout(800);
  await save('library');
  await page.getByRole('button', { name: 'Columns and groups' }).click();
  await page.getByRole('menuitemradio', { name: 'Heard genre' }).click();
  await page.getByRole('combobox', { name: 'Filter tracks' }).pressSequentially('-heard:');
  await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
  await page.waitForTimeout(500);
  await save('finding');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns and groups' }).click();
  await page.getByRole('menuitemradio', { name: 'Nothing' }).click();
  await page.locator('#tracks').focus();
  // The windows of the top genre are heard, and the waveform has come.
  await page.keyboard.press('h');
  await page.getByRole('button', { name: 'Spectrogram' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.mouse.move(width - 5, height - 5);
  await page.waitForTimeout(2500);
  await save('listening');
  await page.getByRole('button', { name: 'Spectrogram' }).click();
  await page.locator('#tracks').focus();
  await page.keyboard.press('Space');
  if (models) await compareModels(page, save);
  for (const view of ['Review', 'Write', 'Playlists', 'Insight', 'Evaluate', 'Failures']) {
    await page.getByRole('navigation', { name: 'Views of the window' }).getByRole('button', { name: view }).click();
    if (view === 'Playlists') await makePlaylist(page);
    if (view === 'Evaluate' && labelled !== undefined) await evaluate(page);
    await page.mouse.move(width - 5, height - 5);
    await page.waitForTimeout(1500);
    await save(view.toLowerCase());
    if (view === 'Review') {
      await page.getByText('By album').click();
      await page.keyboard.press('Shift+A');
      const album = page.getByRole('heading', { name: ALBUM });
      for (let step = 0; step < 30 && !(await album.isVisible()); step++) {
        await page.keyboard.press('j');
        await page.waitForTimeout(100);
      }
      await page.getByRole('complementary', { name: 'Tracks of the album' }).waitFor();
      await page.waitForTimeout(500);
      await save('albums');
    }
  }
  await page.context().close();
}
