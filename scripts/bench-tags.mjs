/**
 * `npm run bench:tags`: how many files a second are planned, written, verified, journalled and fsynced, beside mutagen on equal files in the
 * same run. Medians of five rounds in which the two take turns; writes test/bench/TAGS.md.
 */
import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { median } from './bench/measure.mjs';
import { root } from './build.mjs';

const ROUNDS = 5;
const require = createRequire(import.meta.url);
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import mutagen']).status === 0,
);

/** What one file is made of; `padding` is what mutagen is told to leave, so that both do the same work. */
const CASES = [
  { name: 'MP3 of 4 MB, fits the padding', files: 40, suffix: '.mp3', padding: 2048, make: (b) => mp3(b, 4, 2048) },
  { name: 'MP3 of 4 MB, no padding', files: 40, suffix: '.mp3', padding: 0, make: (b) => mp3(b, 4, 0) },
  {
    name: 'FLAC of 25 MB, fits the padding',
    files: 12,
    suffix: '.flac',
    padding: 8192,
    make: (b) => flac(b, 25, 8192),
  },
  { name: 'FLAC of 50 MB, no padding', files: 6, suffix: '.flac', padding: 0, make: (b) => flac(b, 50, 0) },
];

function mp3({ bytes, frame, id3, silentMp3 }, megabytes, padding) {
  const frames = ['TIT2', 'TPE1', 'TALB', 'TCON'].map((id) => frame(3, id, `\0${id} of some length`));
  const picture = frame(3, 'APIC', bytes('\0image/jpeg\0', 3, 0, new Uint8Array(200_000).fill(7)));
  return bytes(id3(3, [...frames, picture], { padding }), silentMp3(Math.round((megabytes * 1e6) / 417)));
}

function flac({ flac: file, comments, padding: pad, APPLICATION }, megabytes, padding) {
  const other = { type: APPLICATION, data: new Uint8Array(200_000).fill(7) };
  const texts = comments(['TITLE=A title', 'ARTIST=Somebody', 'GENRE=Rock']);
  return file(padding > 0 ? [texts, other, pad(padding)] : [texts, other], megabytes * 1e6);
}

/** Seconds for all files, a few at a time as the app writes them: plan, apply with the library's own durable journal, result stored. */
async function byGenregram({ createTagWriter, openStore, eachFile }, folder, files, genres) {
  const store = openStore(join(folder, 'library.db'));
  const writer = createTagWriter();
  const start = performance.now();
  const runId = store.writes.begin({ kind: 'write', undoes: null, fromDecisions: false, paths: files }, Date.now());
  const job = { turn: () => Promise.resolve() };
  await eachFile(
    job,
    files.map((path) => ({ path })),
    async ({ path }) => {
      const plan = await writer.plan(path, { mode: 'replace', genres, moods: [] });
      if (plan.status !== 'ready') throw new Error(`${path}: ${JSON.stringify(plan)}`);
      const result = await writer.apply(plan, {
        begin: (journalled, entry) => store.writes.journal(runId, { path: journalled, diffs: plan.diffs, entry }),
      });
      if (result.status !== 'written') throw new Error(`${path}: ${JSON.stringify(result)}`);
      store.writes.result(runId, result);
    },
  );
  const seconds = (performance.now() - start) / 1000;
  store.close();
  return seconds;
}

/** mutagen edits in place and never fsyncs; `fsync` is added here, so that both promise that the file is on the disk. */
const MUTAGEN = `
import json, os, sys, time
from mutagen.mp3 import MP3
from mutagen.flac import FLAC
from mutagen.id3 import TCON
job = json.load(sys.stdin)
start = time.perf_counter()
for path in job['files']:
    padding = lambda info: info.padding if job['padding'] else 0
    if path.endswith('.mp3'):
        file = MP3(path)
        file.tags['TCON'] = TCON(encoding=0, text=['; '.join(job['genres'])])
        file.save(v2_version=3, v1=0, padding=padding)
    else:
        file = FLAC(path)
        file['genre'] = job['genres']
        file.save(padding=padding)
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
print(time.perf_counter() - start)
`;

const byMutagen = (files, genres, padding) =>
  Number(
    execFileSync(python, ['-c', MUTAGEN], { input: JSON.stringify({ files, genres, padding }), encoding: 'utf8' }),
  );

/** Files whose size must not show in the memory that a write takes. */
function bigFiles(builders, folder) {
  const wav = join(folder, '2 GB.wav');
  const size = 2_000_000_000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + size, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.set([1, 0, 2, 0, 0x44, 0xac, 0, 0, 0x10, 0xb1, 2, 0, 4, 0, 16, 0], 20);
  header.write('data', 36);
  header.writeUInt32LE(size, 40);
  const handle = openSync(wav, 'w');
  writeSync(handle, header);
  ftruncateSync(handle, 44 + size);
  closeSync(handle);
  const cover = join(folder, '20 MB cover.mp3');
  const { bytes, frame, id3, silentMp3 } = builders;
  const picture = frame(3, 'APIC', bytes('\0image/jpeg\0', 3, 0, new Uint8Array(20 * 1024 ** 2).fill(7)));
  writeFileSync(cover, bytes(id3(3, [frame(3, 'TCON', '\0Rock'), picture]), silentMp3(100)));
  const small = join(folder, 'small.mp3');
  writeFileSync(small, mp3(builders, 0.1, 0));
  return [small, cover, wav];
}

/** Peak memory in MB and seconds of a process of its own that writes one file. */
function peakOf(engine, path) {
  const program = `
    const { createTagWriter } = require(${JSON.stringify(engine)});
    const path = ${JSON.stringify(path)};
    (async () => {
      const start = performance.now();
      const writer = createTagWriter();
      const plan = await writer.plan(path, { mode: 'replace', genres: ['Trip-Hop', 'Downtempo'] });
      const result = plan.status === 'ready' ? await writer.apply(plan, { begin: () => undefined }) : plan;
      const peak = Number(/VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
      console.log(JSON.stringify({ status: result.status, message: result.message, peak, seconds: (performance.now() - start) / 1000 }));
    })();`;
  const answer = JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
  if (answer.status !== 'written') throw new Error(`${path}: ${answer.message ?? answer.status}`);
  return answer;
}

const bundle = join(root, 'out', 'bench-tags');
const engineFile = join(bundle, 'engine.cjs');
await build({
  absWorkingDir: root,
  stdin: {
    contents: `export { createTagWriter } from './src/main/adapters/tags/index'; export { openStore } from './src/main/store/index';
      export { eachFile } from './src/main/backend/stages/each-file';
      export * as mp3 from './test/builders/tags-mp3'; export * as flac from './test/builders/tags-flac';`,
    resolveDir: root,
    loader: 'ts',
  },
  outfile: engineFile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['libsql'],
});
const engine = require(engineFile);
const builders = { ...engine.flac, ...engine.mp3 };
const loadBefore = loadavg()[0];
const work = mkdtempSync(join(tmpdir(), 'genregram-bench-tags-'));
const rows = [];
try {
  for (const { name, files: count, suffix, padding, make } of CASES) {
    const folders = ['genregram', 'mutagen'].map((who) => join(work, `${name} ${who}`));
    const content = make(builders);
    const [ours, theirs] = folders.map((folder) => {
      mkdirSync(folder);
      return Array.from({ length: count }, (_, i) => {
        const path = join(folder, `${i}${suffix}`);
        writeFileSync(path, content);
        return path;
      });
    });
    const seconds = { ours: [], theirs: [] };
    for (let round = 0; round < ROUNDS; round++) {
      // Other lengths in each round, so that nothing happens to fit.
      const genres = ['Progressive Rock', 'x'.repeat(20 + 7 * round)];
      seconds.ours.push(await byGenregram(engine, folders[0], ours, genres));
      if (python) seconds.theirs.push(byMutagen(theirs, genres, padding));
    }
    const rate = (list) => (list.length > 0 ? (count / median(list)).toFixed(1) : 'not here');
    const ratio = python ? median(seconds.ours.map((value, i) => value / seconds.theirs[i])).toFixed(2) : '';
    rows.push(`| ${name} | ${rate(seconds.ours)} | ${rate(seconds.theirs)} | ${ratio} |`);
    for (const folder of folders) rmSync(folder, { recursive: true });
    process.stderr.write(`${name}: done\n`);
  }
  const peaks = bigFiles(builders, work).map((path) => ({ path, ...peakOf(engineFile, path) }));
  const text = `# Results of \`npm run bench:tags\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, ${platform()}, Node ${process.version}. Medians of ${ROUNDS} rounds in which both
take turns. Load average before the first round: ${loadBefore.toFixed(1)} (over ${cpus().length} the machine had other work; ratios hold better than
rates then).

## Files a second

Genregram: plan, temporary file, fsync, re-reading and comparing, journal entry (durable), rename, fsync of the folder. mutagen: in place,
with an fsync added; it verifies nothing and keeps no undo. Every file has a cover or another block of 200 kB.

| files | Genregram, files/s | mutagen, files/s | Genregram's time / mutagen's |
|---|---|---|---|
${rows.join('\n')}

## Memory

Peak of a process of its own that writes one file.

| file | peak | seconds |
|---|---|---|
${peaks.map(({ path, peak, seconds }) => `| ${path.split('/').at(-1)} | ${Math.round(peak)} MB | ${seconds.toFixed(2)} |`).join('\n')}
`;
  const results = await format(text, { parser: 'markdown', printWidth: 120 });
  writeFileSync(join(root, 'test/bench/TAGS.md'), results);
  process.stdout.write(results);
} finally {
  rmSync(work, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
}
