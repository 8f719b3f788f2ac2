/**
 * What quick listening (12 windows by seeking) costs, against the floor of bare decoding: `node scripts/bench-seek.mjs` writes test/bench/SEEK.md,
 * with a part of files' names it prints their rows; `benchSeek` returns the rows. Files of 4 and 60 minutes are made by ffmpeg in every format, and the real songs beside the repository are taken
 * where they are. Medians of five rounds in turns; the processor's time counts, too, as a busy machine stretches the wall's.
 */
import { build } from 'esbuild';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { median } from './bench/measure.mjs';
import { external, root } from './build.mjs';

const ROUNDS = 5;
const WINDOWS = 12;
const require = createRequire(import.meta.url);
const never = new AbortController().signal;

const FORMATS = {
  'cbr.mp3': ['-b:a', '192k'],
  'vbr.mp3': ['-q:a', '2'],
  flac: [],
  ogg: ['-c:a', 'libvorbis', '-q:a', '5'],
  opus: ['-c:a', 'libopus', '-b:a', '128k'],
  'aac.m4a': ['-c:a', 'aac', '-b:a', '192k'],
  'alac.m4a': ['-c:a', 'alac'],
  wav: [],
};

/** Chords and noise in stereo; nothing of it is anybody's music. */
const madeUp = (seconds) =>
  `aevalsrc='0.3*sin(2*PI*(220+100*sin(0.7*t))*t)+0.2*sin(2*PI*880*t)*exp(-4*mod(t,0.5))+0.1*(random(0)-0.5)|` +
  `0.3*sin(2*PI*330*t)+0.2*sin(2*PI*1320*t)*exp(-4*mod(t,0.25))+0.1*(random(1)-0.5)':d=${seconds}:s=44100`;

function makeFiles(minutes, pattern) {
  const folder = join(tmpdir(), 'genregram-bench-seek');
  mkdirSync(folder, { recursive: true });
  const source = join(folder, `${minutes}min.wav`);
  if (!existsSync(source)) {
    // Sines are slow to evaluate: four minutes of them are repeated.
    const part = Math.min(4, minutes);
    const made = join(folder, `part-${part}.wav`);
    if (!existsSync(made)) ffmpeg('-f', 'lavfi', '-i', madeUp(part * 60), made);
    ffmpeg('-stream_loop', String(minutes / part - 1), '-i', made, '-c', 'copy', source);
  }
  return Object.entries(FORMATS)
    .filter(([name]) => `${minutes}min.${name}`.includes(pattern))
    .map(([name, options]) => {
      const path = join(folder, `${minutes}min.${name}`);
      if (!existsSync(path)) ffmpeg('-i', source, ...options, path);
      return path;
    });
}

const ffmpeg = (...args) => execFileSync('ffmpeg', ['-y', '-v', 'error', ...args]);

function songs(pattern) {
  const folder = join(root, '..', 'shared', 'data', 'songs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.(mp3|ogg|m4a)$/.test(name) && name.includes(pattern))
    .map((name) => join(folder, name));
}

/** Runs work and tells its milliseconds: of the wall, and of the processor in this process and in its children. */
async function timed(work) {
  const before = { wall: performance.now(), cpu: processorMs() };
  const result = await work();
  return { result, wall: performance.now() - before.wall, cpu: processorMs() - before.cpu };
}

function processorMs() {
  const { user, system } = process.cpuUsage();
  // Fields 16 and 17 of /proc/self/stat: the time of children that have ended, in hundredths of a second; absent elsewhere.
  const stat = existsSync('/proc/self/stat') ? readFileSync('/proc/self/stat', 'latin1') : '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (user + system) / 1000 + 10 * (Number(fields[13] ?? 0) + Number(fields[14] ?? 0));
}

const floor = (path) =>
  new Promise((resolve, reject) => {
    const args = ['-nostdin', '-v', 'error', '-threads', '1', '-i', path, '-map', '0:a:0'];
    const child = spawn('ffmpeg', [...args, '-ac', '1', '-ar', '16000', '-f', 'null', '-'], { stdio: 'ignore' });
    child.once('error', reject).once('close', resolve);
  });

/** The other way to the same stretches: one process of ffmpeg, in which the file is an input for each of them. Decoding alone. */
const withInputs = (path, seconds) =>
  new Promise((resolve, reject) => {
    const starts = Array.from({ length: WINDOWS }, (_, i) => (((i + 0.5) * seconds) / WINDOWS - 1.6).toFixed(3));
    const inputs = starts.flatMap((start) => ['-threads', '1', '-ss', start, '-t', '3.2', '-i', path]);
    const names = starts.map((_, i) => `[${i}:a:0]`).join('');
    const graph = `${names}concat=n=${WINDOWS}:v=0:a=1,aresample=ochl=mono[out]`;
    const output = ['-filter_complex_threads', '1', '-filter_complex', graph, '-map', '[out]', '-f', 'f32le', 'pipe:1'];
    const child = spawn('ffmpeg', ['-nostdin', '-v', 'error', ...inputs, ...output], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.resume();
    child.once('error', reject).once('close', resolve);
  });

async function loadParts() {
  const bundle = join(root, 'out', 'bench-seek');
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `export * from './src/main/analysis/decode-windows'; export * from './src/main/analysis/seek-windows';
        export { createDecoders, findDecoders } from './src/main/adapters/decoders';
        export { createSeekingDecoder } from './src/main/adapters/decoders/seek';
        export { frontEndOf } from './src/main/core/inputs'; export { createSession } from './src/main/adapters/onnx/session'; export { loadModel } from './src/main/adapters/models';
        export { TrackAggregator, usedOutputs } from './src/main/core/aggregate/track';`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile: join(bundle, 'parts.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': 'undefined' },
    external,
  });
  return { parts: require(join(bundle, 'parts.cjs')), remove: () => rmSync(bundle, { recursive: true }) };
}

/** The ways from a file to the verdict of its genre, in this process and one thread, so that the processor's time can be told. */
async function makeWays() {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const { parts, remove } = await loadParts();
  const model = await parts.loadModel(join(root, 'models/base'));
  if (!model.ok) throw new Error(model.failure.message);
  const { manifest } = model.value;
  const session = await parts.createSession(model.value, 'cpu', 1);
  const outputs = parts.usedOutputs(manifest.outputs).map(({ name }) => name);
  const setup = await parts.findDecoders();
  const source = { decoders: parts.createDecoders(setup), frontEnd: parts.frontEndOf(manifest.input) };
  const analyse = async (path, plan, seeks) => {
    const aggregator = new parts.TrackAggregator(manifest.outputs);
    const seeking = seeks ? { seeking: parts.createSeekingDecoder(setup) } : {};
    let count = 0;
    const track = await parts.decodeWindows(path, plan, { ...source, ...seeking }, never, async (windows) => {
      for (let i = 0; i < windows.length; i += 4) {
        const batch = windows.slice(i, i + 4);
        const rows = await session.run(
          batch.map(({ data }) => data),
          outputs,
        );
        for (const [k] of batch.entries()) {
          const row = Object.fromEntries(
            Object.entries(rows).map(([name, values]) => {
              const width = values.length / batch.length;
              return [name, values.subarray(k * width, (k + 1) * width)];
            }),
          );
          aggregator.add(count++, row);
        }
      }
    });
    return { ...track, windows: count, genre: aggregator.finish().genre };
  };
  return { analyse, remove };
}

/**
 * @returns a row a file: medians in milliseconds of the floor, of quick listening, and of the same windows by decoding everything (which takes the
 * most time here, and is left out without `whole`).
 */
export async function benchSeek({ pattern = '', minutes = [4, 60], rounds = ROUNDS, whole = true } = {}) {
  const { analyse, remove } = await makeWays();
  const plan = { kind: 'spread', count: WINDOWS };
  const rows = [];
  const files = [...minutes.flatMap((length) => makeFiles(length, pattern)), ...songs(pattern)];
  for (const path of files) {
    const runs = { floor: [], quick: [], inputs: [], ...(whole && { whole: [] }) };
    const { durationSec } = await analyse(path, plan, true);
    // A worker has heard many tracks before; the file cache and the compilers are to be warm, too.
    for (let i = 0; i < 5; i++) await analyse(path, plan, true);
    let quick;
    for (let round = 0; round < rounds; round++) {
      const measured = {
        floor: await timed(() => floor(path)),
        quick: await timed(() => analyse(path, plan, true)),
        inputs: await timed(() => withInputs(path, durationSec)),
        ...(whole && { whole: await timed(() => analyse(path, plan, false)) }),
      };
      quick = measured.quick.result;
      for (const name of Object.keys(runs)) runs[name].push(measured[name]);
    }
    const of = (name, unit) => median(runs[name].map((run) => run[unit]));
    rows.push({
      file: path.split('/').at(-1),
      seconds: quick.durationSec,
      decoder: quick.decoder,
      windows: quick.windows,
      floor: { wall: of('floor', 'wall'), cpu: of('floor', 'cpu') },
      quick: { wall: of('quick', 'wall'), cpu: of('quick', 'cpu') },
      inputs: { wall: of('inputs', 'wall'), cpu: of('inputs', 'cpu') },
      ...(whole && { whole: { wall: of('whole', 'wall'), cpu: of('whole', 'cpu') } }),
      ofFloor: {
        wall: median(runs.quick.map((run, i) => run.wall / runs.floor[i].wall)),
        cpu: median(runs.quick.map((run, i) => run.cpu / runs.floor[i].cpu)),
      },
    });
    process.stderr.write(`${path.split('/').at(-1)}\n`);
  }
  remove();
  return rows;
}

/** How often quick listening names the genre that `all` windows name: over the songs, and over clips of 30 s, where it is nearly the same. */
export async function agreement({ pattern = '', clips = 200, count = WINDOWS } = {}) {
  const { analyse, remove } = await makeWays();
  const data = join(root, '..', 'shared', 'data');
  const clipsOf = (set) => {
    const folder = join(data, set, 'audio');
    const names = existsSync(folder)
      ? readdirSync(folder, { recursive: true }).filter((n) => /\.(opus|ogg)$/.test(n))
      : [];
    const step = Math.max(1, Math.ceil(names.length / clips));
    return names.filter((_, i) => i % step === 0).map((name) => join(folder, name));
  };
  const result = {};
  for (const [set, files] of [['songs', songs(pattern)], ...['mood-4q', 'emotify'].map((set) => [set, clipsOf(set)])]) {
    let same = 0;
    let tried = 0;
    const others = [];
    for (const path of files) {
      const all = await analyse(path, { kind: 'all' }, false).catch(() => null);
      if (!all?.genre || all.windows <= 1) continue;
      const quick = await analyse(path, { kind: 'spread', count }, true);
      tried++;
      if (quick.genre.top === all.genre.top) same++;
      else others.push(`${path.split('/').at(-1)}: ${all.genre.top} -> ${quick.genre.top}`);
    }
    result[set] = { same, of: tried, others };
  }
  remove();
  return result;
}

/** The rows as a table of Markdown. */
export function seekTable(rows) {
  const ms = (time) => (time ? `${time.wall.toFixed(0)} / ${time.cpu.toFixed(0)}` : '');
  const lines = rows.map(
    (row) =>
      `| ${row.file} | ${row.seconds.toFixed(0)} s | ${row.decoder.replace(/-.*/, '')} | ${row.windows} | ${ms(row.floor)} | ${ms(row.inputs)} | ${ms(row.quick)} | ${ms(row.whole)} | ${row.ofFloor.wall.toFixed(2)} / ${row.ofFloor.cpu.toFixed(2)} |`,
  );
  return [
    '| file | length | decoder | windows | floor: bare ffmpeg | ffmpeg with 12 inputs, decoding alone | 12 windows by seeking | 12 windows by decoding all | of the floor |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** The agreement as lines of Markdown. */
export const agreementLines = (sets) =>
  Object.entries(sets)
    .filter(([, { of }]) => of > 0)
    .map(
      ([set, { same, of, others }]) =>
        `- ${set}: ${same} of ${of}${others.length > 0 ? ` (${others.join('; ')})` : ''}`,
    )
    .join('\n');

/** What test/bench/SEEK.md says. */
export const seekReport = (rows, sets, load) => `# Quick listening: 12 windows by seeking

\`node scripts/bench-seek.mjs\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, Node ${process.version}. Load average before the first
round: ${load.toFixed(1)}; over ${cpus().length} the machine had other work, and only the processor's time can be compared.

Milliseconds, wall / processor, medians of rounds in turns. The floor is ffmpeg decoding the file to mono 16 kHz and throwing the result
away. "12 windows by seeking" is all of it: looking the file through, decoding, resampling, mel and inference, in one thread.

${seekTable(rows)}

## The same genre as with all windows

${agreementLines(sets)}

The clips last 30 s, of which 12 windows are all there is.
`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [pattern] = process.argv.slice(2);
  const load = loadavg()[0];
  const rows = await benchSeek(pattern === undefined ? {} : { pattern });
  if (pattern !== undefined) process.stdout.write(`${seekTable(rows)}\n`);
  else {
    const text = await format(seekReport(rows, await agreement(), load), { parser: 'markdown', printWidth: 120 });
    writeFileSync(join(root, 'test/bench/SEEK.md'), text);
    process.stdout.write(text);
  }
}
