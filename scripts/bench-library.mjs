/**
 * `node scripts/bench-library.mjs [tracks...]`: what a library costs as it grows. For each size one process makes a tree of
 * tiny files, scans it for the first time, stores a result for each track as an analysis would; another scans it again
 * unchanged (in turns with a bare walk of the same tree), and once more after ten files were added. Writes test/bench/LIBRARY.md.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { median } from './bench/measure.mjs';
import { root } from './build.mjs';

const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 5;
const ADDED = 10;
const ALBUM = 12;
/** As the walk has it: files of one folder looked at side by side. */
const SIDE_BY_SIDE = 32;
/** A track of four minutes, cut as the base model cuts it. */
const WINDOWS = 160;

/** The least that a scan has to do: list each folder, and ask size, time and inode of each file. */
async function bareWalk(top) {
  let files = 0;
  const open = [top];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = await readdir(folder, { withFileTypes: true });
    for (let at = 0; at < entries.length; at += SIDE_BY_SIDE) {
      const batch = entries.slice(at, at + SIDE_BY_SIDE);
      await Promise.all(
        batch.map(async (entry) => {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) open.push(path);
          else if ((await lstat(path, { bigint: true })).size >= 0n) files++;
        }),
      );
    }
  }
  return files;
}

function makeTree({ bytes, frame, id3, silentMp3 }, top, count, first = 0) {
  const audio = silentMp3(3);
  for (let n = first; n < first + count; n++) {
    const album = Math.floor(n / ALBUM);
    const folder = join(top, `Artist ${Math.floor(album / 5)}`, `Album ${album}`);
    if (n === first || n % ALBUM === 0) mkdirSync(folder, { recursive: true });
    const texts = { TIT2: `Title ${n}`, TPE1: `Artist ${Math.floor(album / 5)}`, TALB: `Album ${album}`, TCON: 'Rock' };
    const frames = Object.entries(texts).map(([id, text]) => frame(3, id, `\0${text}`));
    const data = bytes(id3(3, frames), audio);
    // No two files have the same audio: else they would share their results.
    new DataView(data.buffer).setUint32(data.length - 100, n);
    writeFileSync(join(folder, `${String(n % ALBUM).padStart(2, '0')} Title ${n}.mp3`), data);
  }
}

/** Runs a scan to its end; gives seconds, delays of the event loop and the peak of memory while it ran. */
async function timedScan(backend, paths) {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  let peak = 0;
  const sample = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  delays.enable();
  const { jobId } = await backend.handlers['jobs.scan']({ paths, analyze: false, plan: 'all' });
  let status;
  do {
    await pause(5);
    status = backend.handlers['jobs.list']({}).find(({ id }) => id === jobId);
  } while (status.finishedAt === null);
  const seconds = (performance.now() - start) / 1000;
  delays.disable();
  clearInterval(sample);
  if (status.state !== 'done') throw new Error(`the scan ended as ${status.state}: ${status.failure?.message}`);
  const { user, system } = process.cpuUsage(cpuBefore);
  const ms = (ns) => ns / 1e6;
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    counts: status.scan,
    peakMB: peak / 1e6,
    delay: { p50: ms(delays.percentile(50)), p99: ms(delays.percentile(99)), max: ms(delays.max) },
  };
}

/** A result with everything that the base model gives. */
function resultOf({ fakeResult }, n) {
  const result = fakeResult(Uint8Array.of(n & 255, (n >> 8) & 255, 80, n >> 16), 'fake@1.0.0', 'fake-1');
  const { genre, mood } = result.perWindow;
  const noise = (length) => Uint8Array.from({ length }, (_, i) => (n * 31 + i * 17) & 255);
  return {
    ...result,
    windows: WINDOWS,
    startsSec: Array.from({ length: WINDOWS }, (_, i) => i * 1.496),
    wide: Array.from({ length: 6 }, (_, i) => ({
      label: `genre ${i}`,
      score: 0.4 + i / 100,
      threshold: 0.3,
      votes: i,
    })),
    affect: { valence: 0.1, arousal: 0.2, valenceSpread: 0.1, arousalSpread: 0.1 },
    embedding: Float32Array.from({ length: 128 }, (_, i) => Math.sin(n + i)),
    perWindow: {
      genre: { ...genre, data: noise(WINDOWS * genre.labels.length) },
      mood: { ...mood, data: noise(WINDOWS * mood.labels.length) },
    },
  };
}

/** Stores a result for each track, one transaction each as an analysis does; microseconds each of the first and the last ones. */
function storeResults(parts, store, ids) {
  const many = Math.min(1_000, Math.floor(ids.length / 2));
  const at = [];
  ids.forEach((id, n) => {
    at.push(performance.now());
    store.results.store(
      id,
      { ...resultOf(parts, n), contentHash: store.tracks.byId(id).contentHash ?? `hash ${n}` },
      'all',
      n + 1,
    );
  });
  at.push(performance.now());
  const each = (from, to) => ((at[to] - at[from]) * 1000) / (to - from);
  return { first: each(0, many), last: each(ids.length - many, ids.length) };
}

/** A new library of `count` tracks in `work`, with a result each. */
async function fill(parts, work, count) {
  const top = join(work, 'music');
  makeTree(parts, top, count);
  const { store, backend } = await openLibrary(parts, work);
  const first = await timedScan(backend, [top]);
  const ids = store.queries.ids({ text: '', quick: 'all', rootId: null }, { column: 'path', descending: false }, -1, 0);
  if (ids.length !== count) throw new Error(`${ids.length} tracks instead of ${count}`);
  const stored = storeResults(parts, store, ids);
  await backend.close();
  return { first, stored, libraryBytes: statSync(join(work, 'library.sqlite')).size };
}

/** Scans the library of `fill` again: unchanged, in turns with a bare walk, then with files added. */
async function rescan(parts, work, count) {
  const top = join(work, 'music');
  const { backend } = await openLibrary(parts, work);
  const [walks, scans] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    if ((await bareWalk(top)) !== count) throw new Error('the bare walk missed files');
    walks.push((performance.now() - start) / 1000);
    scans.push(await timedScan(backend, [top]));
  }
  if (scans.some(({ counts }) => counts.unchanged !== count)) throw new Error('files were thought to be changed');
  makeTree(parts, top, ADDED, count);
  const added = await timedScan(backend, [top]);
  if (added.counts.new !== ADDED) throw new Error(`${added.counts.new} new files instead of ${ADDED}`);
  await backend.close();
  const seconds = scans.map((scan) => scan.seconds);
  return {
    walk: median(walks),
    rescan: median(seconds),
    ratio: median(seconds.map((each, i) => each / walks[i])),
    rescanDelay: scans.at(-1).delay,
    rescanPeakMB: Math.max(...scans.map(({ peakMB }) => peakMB)),
    addedMore: added.seconds - median(seconds),
    load: loadavg()[0],
  };
}

async function openLibrary(parts, work) {
  const { store, ...backend } = await parts.openBench(join(work, 'library.sqlite'));
  return { store, backend };
}

async function buildParts(file) {
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `
        import { composeBackend } from './src/main/backend/backend';
        import { modelPacks } from './src/main/adapters/models/packs';
        import { createTagWriter } from './src/main/adapters/tags';
        import { createReadTags } from './src/main/adapters/tags/read-tags';
        import { openStore } from './src/main/store';
        import { createFakeAnalysis, fakeResult } from './test/builders/fake-analysis';
        import { DEFAULT_WRITING } from './src/shared/domain/writing';
        export { bytes, frame, id3, silentMp3 } from './test/builders/tags-mp3';
        export { fakeResult };
        /** The real backend, but for the analysis: what is measured here is all that happens around it. */
        export async function openBench(libraryPath) {
          const store = openStore(libraryPath);
          const model = { id: 'fake', version: '1.0.0', name: 'Fake', sha256: '0'.repeat(64), outputs: [], license: 'MIT', dir: '/' };
          const backend = await composeBackend({
            store, readTags: createReadTags(() => DEFAULT_WRITING), tagWriter: createTagWriter(), analysis: createFakeAnalysis(),
            listModels: () => Promise.resolve({ models: [model], failures: [] }), modelPacks, modelFolders: [], userModels: '/',
          });
          store.activate({ model: 'fake@1.0.0', frontEnd: 'fake-1' });
          return { ...backend, store };
        }`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['libsql', 'onnxruntime-node', 'onnxruntime-web'],
  });
}

function report(rows) {
  const of = (title, value) => `| ${[title, ...rows.map(value)].join(' | ')} |`;
  const delay = ({ p50, p99, max }) => `${p50.toFixed(1)} / ${p99.toFixed(1)} / ${max.toFixed(1)}`;
  return `# Results of \`node scripts/bench-library.mjs\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, ${platform()}, Node ${process.version}. Medians of ${ROUNDS} rounds in which the scan
and a bare walk (each folder listed, each file's size, time and inode asked, ${SIDE_BY_SIDE} side by side) take turns on the same tree of tiny
MP3 files. Delays of the backend's event loop are p50 / p99 / max in milliseconds, as \`monitorEventLoopDelay\` has them (a quiet loop: about 1).
A load average over ${cpus().length} means that the machine had other work; ratios hold better than seconds then.

${of('tracks', ({ count }) => count.toLocaleString('en-GB'))}
|${'---|'.repeat(rows.length + 1)}
${of('first scan, ms a file', ({ first, count }) => ((first.seconds * 1000) / count).toFixed(2))}
${of('its event loop', ({ first }) => delay(first.delay))}
${of('storing a result, the first ones, µs', ({ stored }) => stored.first.toFixed(0))}
${of('storing a result, the last ones, µs', ({ stored }) => stored.last.toFixed(0))}
${of('library file, kB a track', ({ libraryBytes, count }) => (libraryBytes / 1000 / count).toFixed(2))}
${of('bare walk, s', ({ walk }) => walk.toFixed(2))}
${of('scan with nothing changed, s', ({ rescan }) => rescan.toFixed(2))}
${of('scan / walk', ({ ratio }) => ratio.toFixed(2))}
${of('its event loop', ({ rescanDelay }) => delay(rescanDelay))}
${of('its peak of memory, MB', ({ rescanPeakMB }) => rescanPeakMB.toFixed(0))}
${of(`with ${ADDED} files added, s more`, ({ addedMore }) => addedMore.toFixed(2))}
${of('load average', ({ load }) => load.toFixed(1))}
`;
}

async function main(sizes, write) {
  const folder = join(root, 'out', 'bench-library');
  const file = join(folder, 'parts.cjs');
  await buildParts(file);
  try {
    const rows = sizes.map((count) => {
      const work = mkdtempSync(join(tmpdir(), 'genregram-bench-library-'));
      try {
        return { count, ...inOwnProcess('fill', file, work, count), ...inOwnProcess('rescan', file, work, count) };
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    });
    const results = await format(report(rows), { parser: 'markdown', printWidth: 120 });
    if (write) writeFileSync(join(root, 'test/bench/LIBRARY.md'), results);
    process.stdout.write(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So that neither phase finds the memory that the other one took. */
function inOwnProcess(phase, ...args) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), `--${phase}`, ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${phase} with ${args.join(' ')} ended with status ${child.status}`);
  process.stderr.write(`${args.at(-1)} tracks: ${phase} done\n`);
  return JSON.parse(child.stdout);
}

const PHASES = { '--fill': fill, '--rescan': rescan };
const [first, ...rest] = process.argv.slice(2);
const phase = PHASES[first];
if (phase) {
  const [file, work, count] = rest;
  console.log(JSON.stringify(await phase(createRequire(import.meta.url)(file), work, Number(count))));
} else {
  const sizes = [first, ...rest].filter(Boolean).map(Number);
  await main(sizes.length > 0 ? sizes : SIZES, sizes.length === 0);
}
