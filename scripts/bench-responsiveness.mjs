/**
 * `node scripts/bench-responsiveness.mjs [files]`: how long the backend and the window are held up while some hundred files are scanned and
 * listened to. The window is the real one in Chromium, served by the real backend, which is watched from within (`monitorEventLoopDelay`);
 * the window's gaps are those between two animation frames.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { root } from './build.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';

const FILES = Number(process.argv[2] ?? 300);
const SECONDS = 4;
const RATE = 16_000;

/** WAV files of noise, each its own, so that none takes over the result of another. */
function makeMusic(folder) {
  for (let n = 0; n < FILES; n++) {
    const album = join(folder, `Album ${Math.floor(n / 12)}`);
    mkdirSync(album, { recursive: true });
    const data = Buffer.alloc(44 + 2 * RATE * SECONDS);
    data.write('RIFF', 0);
    data.writeUInt32LE(data.length - 8, 4);
    data.write('WAVEfmt ', 8);
    data.writeUInt32LE(16, 16);
    data.writeUInt16LE(1, 20);
    data.writeUInt16LE(1, 22);
    data.writeUInt32LE(RATE, 24);
    data.writeUInt32LE(2 * RATE, 28);
    data.writeUInt16LE(2, 32);
    data.writeUInt16LE(16, 34);
    data.write('data', 36);
    data.writeUInt32LE(data.length - 44, 40);
    for (let at = 44, state = n + 1; at < data.length; at += 2) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      data.writeInt16LE((state >> 16) - 16384, at);
    }
    writeFileSync(join(album, `${n}.wav`), data);
  }
}

/** Runs in the backend's process: starts to watch at SIGUSR1, says what it saw at SIGUSR2. */
const WATCH = `
const { monitorEventLoopDelay } = require('node:perf_hooks');
const delays = monitorEventLoopDelay({ resolution: 1 });
process.on('SIGUSR1', () => { delays.reset(); delays.enable(); });
process.on('SIGUSR2', () => {
  const ms = (ns) => ns / 1e6;
  console.log(JSON.stringify({ p50: ms(delays.percentile(50)), p99: ms(delays.percentile(99)), max: ms(delays.max) }));
});`;

const show = ({ p50, p99, max }) => `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms`;

await buildIfStale(['main', 'renderer'], console.error);
const work = mkdtempSync(join(tmpdir(), 'genregram-responsiveness-'));
const music = join(work, 'music');
makeMusic(music);
const hook = join(work, 'watch.cjs');
writeFileSync(hook, WATCH);
const server = spawn(
  process.execPath,
  ['--require', hook, join(root, 'out/main/web.cjs'), '--library', join(work, 'library.sqlite')],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const url = /http:\S+/.exec(await nextLine())[0];
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole('region', { name: 'Folders' }).getByRole('button', { name: 'Add folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a folder of music' });
  await dialog.getByRole('textbox', { name: 'Folder path' }).fill(music);
  await page.keyboard.press('Enter');
  const add = dialog.getByRole('button', { name: 'Add “music”' });
  await add.waitFor();
  await page.evaluate(() => {
    const gaps = [];
    let last = performance.now();
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.takeGaps = () => gaps.splice(0);
  });
  server.kill('SIGUSR1');
  const start = performance.now();
  await add.click();
  const progress = page.getByRole('contentinfo', { name: 'Progress' });
  await progress
    .getByText(/finished/)
    .first()
    .waitFor({ timeout: 500_000 });
  const seconds = (performance.now() - start) / 1000;
  const gaps = (await page.evaluate(() => window.takeGaps())).sort((a, b) => a - b);
  const at = (share) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))];
  server.kill('SIGUSR2');
  console.log(`${FILES} files in ${seconds.toFixed(1)} s, load average ${loadavg()[0].toFixed(1)}`);
  console.log(`the backend's event loop: ${show(JSON.parse(await nextLine()))}`);
  console.log(`the window, from frame to frame: ${show({ p50: at(0.5), p99: at(0.99), max: gaps.at(-1) })}`);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(work, { recursive: true, force: true });
}
