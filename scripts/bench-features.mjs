/**
 * `node scripts/bench-features.mjs`: what the statistics of a 30 s window at 22,050 Hz cost (core/features), all of them and by what they share.
 * Medians of seven rounds after one to warm up; of the processor's time, as a busy machine stretches the wall's.
 */
import { buildSync } from 'esbuild';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { median } from './bench/measure.mjs';
import { root } from './build.mjs';

const ROUNDS = 7;
const RATE = 22_050;

const outfile = join(root, 'out/bench/features.cjs');
buildSync({
  entryPoints: [join(root, 'src/main/core/features/index.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
});
const { FEATURE_COLUMNS, windowFeatures } = createRequire(import.meta.url)(outfile);

/** A struck chord over noise: nothing of it is anybody's music. */
const window = Float32Array.from({ length: 30 * RATE }, (_, i) => {
  const t = i / RATE;
  const tones = [220, 277.2, 329.6].reduce((sum, hertz) => sum + Math.sin(2 * Math.PI * hertz * t), 0);
  return 0.2 * Math.exp(-4 * (t % 0.5)) * tones + 0.05 * (2 * Math.random() - 1);
});

const kaggle = FEATURE_COLUMNS.filter((column) => /^tempo$|_(mean|var)$/.test(column) && !/^spectral_fl/.test(column));
const sets = {
  'all 197': FEATURE_COLUMNS,
  'the 53 of the Kaggle table': kaggle,
  'rms, zero crossings': FEATURE_COLUMNS.filter((column) => /^(rms|zero)/.test(column)),
  'centroid, bandwidth, roll-off': FEATURE_COLUMNS.filter((column) => /^(spectral_c|spectral_b|rolloff)/.test(column)),
  flatness: ['spectral_flatness_mean'],
  'MFCC 1-20': FEATURE_COLUMNS.filter((column) => column.startsWith('mfcc')),
  chroma: ['chroma_stft_mean'],
  tempo: ['tempo'],
};

console.log(`30 s at ${RATE} Hz on ${cpus()[0]?.model}, one thread, Node ${process.version}`);
for (const [name, columns] of Object.entries(sets)) {
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const before = process.cpuUsage();
    windowFeatures(window, RATE, columns);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).slice(1);
  console.log(`${name.padEnd(32)} ${median(times).toFixed(0).padStart(5)} ms`);
}
