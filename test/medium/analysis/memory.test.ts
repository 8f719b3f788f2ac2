import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { WindowPlan } from '#shared/domain/analysis';
import { analysed, temporaryFolder, watchedAnalysis, type WatchedAnalysis } from '../../builders/analysis';
import { tinyModel } from '../../builders/audio';
import { wavFile, wavHead } from '../../builders/pcm-files';
import { missing, repositoryRoot } from '../../builders/requirements';
import { musicLike } from '../../builders/sounds';

/** With GENREGRAM_LONG_TESTS=1 ten hours, and 4 GB; else just long enough for the samples to take more than is allowed. */
const isLong = process.env['GENREGRAM_LONG_TESTS'] === '1';
const MIX_MINUTES = isLong ? 600 : 22;
const WAV_BYTES = isLong ? 0xffff_ff00 : 320 << 20;
/** What the analysis process may take, however long a file is. */
const MOST_MB = isLong ? 400 : 300;
const PIECE_SECONDS = 60;

const folder = temporaryFolder();
const mix = join(folder.path, 'mix.mp3');
const wav = join(folder.path, 'big.wav');
let watched: WatchedAnalysis | null = null;

afterEach(async () => {
  delete process.env['GENREGRAM_DECODER'];
  await watched?.service.close();
  watched = null;
});
afterAll(() => folder.remove());

/** Minutes of MP3 from one minute again and again, as frames follow frames in a stream. */
function makeMix(): void {
  const source = join(folder.path, 'minute.wav');
  const minute = join(folder.path, 'minute.mp3');
  const file = openSync(source, 'w');
  writeSync(file, wavFile(musicLike(1, PIECE_SECONDS, 2, 44_100), 's16'));
  closeSync(file);
  const options = ['-c:a', 'libmp3lame', '-b:a', '128k', '-write_xing', '0', '-id3v2_version', '0'];
  execFileSync('ffmpeg', ['-y', '-v', 'error', '-i', source, ...options, minute]);
  const frames = readFileSync(minute);
  const whole = openSync(mix, 'w');
  for (let i = 0; i < (MIX_MINUTES * 60) / PIECE_SECONDS; i++) writeSync(whole, frames);
  closeSync(whole);
  rmSync(source);
}

/** Silence that takes no room on the disk. */
function makeWav(): void {
  const shape = { channels: 2, sampleRate: 44_100 };
  const head = wavHead('s16', shape, WAV_BYTES);
  const file = openSync(wav, 'w');
  writeSync(file, head);
  closeSync(file);
  truncateSync(wav, head.length + WAV_BYTES);
}

/** The largest resident set so far of the analysis process that this process has started, in MB. */
function peakMegabytes(): number {
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  const peaks = children
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('analysis.cjs'))
    .map((pid) => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]));
  return Math.max(...peaks) / 1000;
}

/** The shipped model takes much longer than the tests' tiny one, and as much memory with any decoder: it hears one of the long files. */
const base = isLong && !missing('base-model') ? join(repositoryRoot, 'models/base') : tinyModel;

describe.skipIf(process.platform !== 'linux' || missing('ffmpeg'))('memory does not grow with the file', () => {
  beforeAll(() => {
    makeMix();
    makeWav();
  });

  const cases: [string, string, WindowPlan, string][] = [
    ['wasm', wav, { kind: 'all' }, tinyModel],
    ['wasm', mix, { kind: 'all' }, tinyModel],
    ['wasm', mix, { kind: 'spread', count: 20 }, tinyModel],
    ['ffmpeg', wav, { kind: 'all' }, tinyModel],
    ['ffmpeg', mix, { kind: 'all' }, base],
  ];
  test.each(isLong ? cases : cases.filter(([decoder, path]) => decoder === 'wasm' || path === mix))(
    '%s: %s, %o',
    async (decoder, path, plan, modelDir) => {
      process.env['GENREGRAM_DECODER'] = decoder;
      watched = watchedAnalysis();
      await watched.service.start({ modelDir, provider: 'cpu', timeoutMinutes: 600 });
      const begun = performance.now();
      const track = await analysed(watched.service, path, plan);
      const seconds = (performance.now() - begun) / 1000;
      const peak = peakMegabytes();
      const expected = path === mix ? MIX_MINUTES * 60 : WAV_BYTES / 4 / 44_100;
      if (isLong)
        console.log(
          `${track.decoder}, ${(track.durationSec / 3600).toFixed(1)} h, ${plan.kind}: ${peak.toFixed(0)} MB, ${seconds.toFixed(0)} s`,
        );
      expect(Math.abs(track.durationSec - expected)).toBeLessThan(expected / 500);
      expect(peak).toBeGreaterThan(20);
      expect(peak).toBeLessThan(MOST_MB);
    },
    isLong ? 3_000_000 : undefined,
  );
});
