/**
 * `node scripts/bench-table.mjs [tracks]`: how the library's table keeps up with scrolling, filtering, sorting and grouping. The window is the
 * real one in Chromium, served by the real backend over a made-up library (100,000 tracks unless told; they take some minutes to make).
 * Frames are those between two animation frames; the other times run from the key or click until the table's rows are there.
 * Writes test/bench/TABLE.md for the whole 100,000.
 */
import { build } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { format } from 'prettier';
import { root } from './build.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';

const ALL = 100_000;
const TRACKS = Number(process.argv[2] ?? ALL);
const ROUNDS = 3;
const SEARCHES = ['kalo', 'heard:rock', 'confidence<0.6', 'share:metal>0.3', 'year:1990..1999', 'genre:rock -mood:sad'];
const COLUMNS = ['Artist', 'Sure', 'Title', 'Heard', 'Album'];
const GROUPS = ['Album', 'Artist', 'Folder', 'Nothing'];

/** In a process of its own, with the model that the window will show the results of. */
async function makeLibrary(folder, library) {
  const { id, version } = JSON.parse(readFileSync(join(root, 'models/base/model.json'), 'utf8'));
  const outfile = join(root, 'out/bench/make-library.cjs');
  const active = `{ model: ${JSON.stringify(`${id}@${version}`)}, frontEnd: FRONT_END }`;
  await build({
    stdin: {
      contents: `import { buildBigLibrary } from './test/builders/big-library';
        import { FRONT_END } from './src/main/core/dsp/mel';
        buildBigLibrary(process.argv[2], ${TRACKS}, 'all', ${active}).close();`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
    logLevel: 'warning',
  });
  if (spawnSync(process.execPath, [outfile, library], { stdio: 'inherit' }).status !== 0)
    throw new Error('the library could not be made');
}

/** Rows of the table of results. */
const measured = [];
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
function say(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => at(sorted, share).toFixed(0));
  console.log(
    `${name.padEnd(46)} p50 ${p50.padStart(5)}  p95 ${p95.padStart(5)}  max ${max.padStart(5)} ms  (${times.length})`,
  );
  measured.push(`| ${name} | ${p50} | ${p95} | ${max} | ${times.length} |`);
}

/** @param load average when the window stood open, before anything was measured */
async function writeResults(load) {
  const text = `# Results of \`node scripts/bench-table.mjs\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, ${platform()}, Node ${process.version}, Chromium without a graphics processor, load
average ${load}. The library's table over ${TRACKS.toLocaleString('en')} tracks, in milliseconds.

|  | p50 | p95 | max | of |
| --- | --- | --- | --- | --- |
${measured.join('\n')}
`;
  writeFileSync(join(root, 'test/bench/TABLE.md'), await format(text, { parser: 'markdown' }));
}

/** Runs `act` and waits until the table shows other rows than before, all of those in sight. */
async function timed(page, act) {
  const before = await page.evaluate(() => window.tableText());
  const start = performance.now();
  await act();
  await page.waitForFunction((text) => window.tableText() !== text && window.isSettled(), before, { polling: 'raf' });
  return performance.now() - start;
}

await buildIfStale(['main', 'renderer'], console.error);
const work = mkdtempSync(join(tmpdir(), 'genregram-table-'));
const library = join(work, 'library.sqlite');
await makeLibrary(work, library);
const server = spawn(process.execPath, [join(root, 'out/main/web.cjs'), '--library', library], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const url = /http:\S+/.exec((await lines.next()).value)[0];
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  await page.addInitScript(() => {
    const rows = () => [...document.querySelectorAll('#tracks [role=rowgroup] > [role=row]')];
    // With the sign of the order, since another one may begin with the same rows.
    const order = () => [...document.querySelectorAll('#tracks [aria-sort]')].map((head) => head.ariaSort).join();
    window.tableText = () =>
      `${document.getElementById('tracks')?.ariaRowCount} ${order()} ${rows()
        .map((row) => row.textContent)
        .join('|')}`;
    window.isSettled = () =>
      document.getElementById('tracks')?.getAttribute('aria-busy') === 'false' &&
      rows().length > 10 &&
      rows().every((row) => row.ariaBusy !== 'true');
  });
  await page.goto(url);
  await page.waitForFunction(() => window.isSettled());
  const load = loadavg()[0].toFixed(1);
  console.log(`${TRACKS} tracks, load average ${load}`);

  const scrolled = await page.evaluate(async () => {
    const scroller = document.querySelector('#tracks > [role=presentation]');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const frames = [];
    let waiting = 0;
    let last = await frame();
    for (let i = 0; i < 300; i++) {
      // Three screens a second at first, then in leaps through all of the library.
      scroller.scrollTop += i < 150 ? 60 : scroller.scrollHeight / 160;
      const now = await frame();
      frames.push(now - last);
      last = now;
      if (!window.isSettled()) waiting++;
    }
    scroller.scrollTop = 0;
    return { steady: frames.slice(0, 150), leaps: frames.slice(150), waiting };
  });
  say('frames while scrolling', scrolled.steady);
  say('frames while leaping through the library', scrolled.leaps);
  console.log(`frames with a row still on its way: ${scrolled.waiting} of 300`);

  // What still comes of the scrolling would be taken for a search's answer.
  await page.waitForTimeout(2000);
  await page.waitForFunction(() => window.isSettled());
  const filter = page.getByRole('combobox', { name: 'Filter tracks' });
  const searched = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const search of SEARCHES) {
      searched.push(await timed(page, () => filter.fill(search)));
      await timed(page, () => filter.fill(''));
    }
  say('a search typed (180 ms of it waiting for more)', searched);

  const sorted = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const column of COLUMNS)
      sorted.push(
        await timed(page, () =>
          page.getByRole('columnheader', { name: column, exact: true }).getByRole('button').click(),
        ),
      );
  say('sorting by a column', sorted);

  const grouped = [];
  for (const group of GROUPS) {
    await page.getByRole('button', { name: 'Columns and groups' }).click();
    grouped.push(await timed(page, () => page.getByRole('menuitemradio', { name: group }).click()));
  }
  say('grouping', grouped);
  if (TRACKS === ALL) await writeResults(load);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(work, { recursive: true, force: true });
}
