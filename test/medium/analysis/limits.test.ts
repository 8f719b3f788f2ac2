import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisOutcome } from '#shared/domain/analysis';
import type { AnalysisOptions } from '../../../src/main/ports';
import { isAlive, never, temporaryFolder, until, watchedAnalysis, type WatchedAnalysis } from '../../builders/analysis';
import { tinyModel } from '../../builders/audio';
import { TELLS_MONO, writeFakeFfmpeg } from '../../builders/fake-ffmpeg';
import { streamedWavHead } from '../../builders/pcm-files';
import { tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
let watched: WatchedAnalysis;

beforeAll(() => {
  writeWav(file('minute.wav'), tone(440), 60);
  writeWav(file('short.wav'), tone(330), 10);
});
afterEach(async () => {
  delete process.env['GENREGRAM_DECODER'];
  delete process.env['GENREGRAM_FFMPEG'];
  await watched.service.close();
});
afterAll(() => folder.remove());

async function outcomes(options: Partial<AnalysisOptions>, ...names: string[]): Promise<AnalysisOutcome[]> {
  watched = watchedAnalysis();
  await watched.service.start({ modelDir: tinyModel, provider: 'cpu', ...options });
  return Promise.all(names.map((name) => watched.service.analyze({ path: file(name), plan: { kind: 'all' } }, never)));
}

describe('the limits of a file', () => {
  test('what plays longer is left out, the others are heard', async () => {
    const [long, short] = await outcomes({ maxFileMinutes: 0.5 }, 'minute.wav', 'short.wav');
    expect(long).toMatchObject({
      status: 'failed',
      code: 'too-long',
      message: expect.stringMatching(/limit of 0\.5 minutes; raise the limit/) as string,
    });
    expect(short).toMatchObject({ status: 'ok' });
  });

  test('an ffmpeg of the settings that does not work is told of, and another one or our own decoders used', async () => {
    const [short] = await outcomes({ ffmpegPath: file('nowhere') }, 'short.wav');
    expect(short).toMatchObject({ status: 'ok' });
    expect(watched.notices.join()).toMatch(/nowhere, named by the settings, is no ffmpeg that works: choose another/);
    const options = { modelDir: tinyModel, provider: 'cpu', ffmpegPath: file('nowhere') };
    const { decoders } = await watched.service.probe(options);
    expect(decoders.find(({ name }) => name === 'ffmpeg')?.detail).toMatch(/nowhere, named by the settings/);
  });
});

describe.skipIf(process.platform === 'win32')('a decoder that goes on for ever', () => {
  /** Stands in for ffmpeg: gives a little silence again and again, so that it never stalls, and never ends. */
  const endless = (): string => {
    writeFileSync(file('header'), streamedWavHead(16_000));
    writeFileSync(file('silence'), Buffer.alloc(64_000));
    const body = `echo $$ > '${file('pid')}'
${TELLS_MONO}
cat '${file('header')}'
while cat '${file('silence')}'; do sleep 0.2; done`;
    return writeFakeFfmpeg(file('ffmpeg'), body);
  };

  test('is given up after the time limit, and ended; the process goes on', async () => {
    process.env['GENREGRAM_FFMPEG'] = endless();
    process.env['GENREGRAM_DECODER'] = 'ffmpeg';
    const [track] = await outcomes({ timeoutMinutes: 0.05 }, 'minute.wav');
    expect(track).toMatchObject({
      status: 'failed',
      code: 'decode-timeout',
      message: expect.stringMatching(/limit of 0\.05 minutes.*raise the limit/) as string,
    });
    expect(existsSync(file('pid'))).toBe(true);
    await until(() => !isAlive(Number(readFileSync(file('pid'), 'utf8'))));
    expect(watched.processes).toHaveLength(1);
  });
});
