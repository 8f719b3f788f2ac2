import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDescribeService } from '../../../src/main/analysis/describe-service';
import { windowFeatures } from '../../../src/main/core/features';
import type { DescribeService, Description } from '../../../src/main/ports';
import { never, temporaryFolder, until, watchedSpawn } from '../../builders/analysis';
import { wavFile } from '../../builders/pcm-files';
import { featureSignals } from '../../builders/feature-signals';

const RATE = 22_050;
const columns = ['tempo', 'spectral_centroid_mean', 'rms_max', 'mfcc2_var'];
const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
const sounds = {
  'long.wav': featureSignals['chord']!(41 * RATE, RATE),
  'short.wav': featureSignals['clicks']!(9 * RATE, RATE),
};
let service: DescribeService;

beforeAll(() => {
  for (const [name, samples] of Object.entries(sounds))
    writeFileSync(file(name), wavFile({ sampleRate: RATE, channels: 1, samples }, 'f32'));
  writeFileSync(file('broken.wav'), 'This was a song once.\n');
});
afterEach(() => service.close());
afterAll(() => folder.remove());

const ask = (name: string, signal = never): Promise<Description> =>
  service.describe({ path: file(name), columns }, { share: 'low' }, signal);

describe('statistics of files, by decode workers', () => {
  test('are those of the middle 30 s, or of all of a shorter file; a bad file is a failed description', async () => {
    const { spawn, processes } = watchedSpawn();
    service = createDescribeService(spawn);
    const [long, short, broken, gone] = await Promise.all(
      ['long.wav', 'short.wav', 'broken.wav', 'gone.wav'].map((name) => ask(name)),
    );
    const middle = sounds['long.wav'].subarray(5.5 * RATE, 35.5 * RATE);
    expect(long).toMatchObject({ status: 'ok', durationSec: 41, warnings: [] });
    expect(long).toHaveProperty('values', [...windowFeatures(middle, RATE, columns)]);
    expect(short).toHaveProperty('values', [...windowFeatures(sounds['short.wav'], RATE, columns)]);
    expect(broken).toMatchObject({ status: 'failed', code: 'unsupported-format' });
    expect(gone).toMatchObject({ status: 'failed', code: 'not-found' });
    expect(processes).toHaveLength(1);
  });

  test('a file that kills the process twice is given up, those beside it are not', async () => {
    const { spawn, processes } = watchedSpawn((message, process) => {
      if (message.request?.path === file('broken.wav')) process.kill();
    });
    service = createDescribeService(spawn);
    const [long, poison] = await Promise.all([ask('long.wav'), ask('broken.wav')]);
    expect(long).toMatchObject({ status: 'ok' });
    expect(poison).toMatchObject({ status: 'failed', code: 'analysis-crashed' });
    expect(processes).toHaveLength(3);
  });

  test('cancelling settles at once, and so does closing; an idle process is ended', async () => {
    const { spawn } = watchedSpawn();
    let ended = 0;
    service = createDescribeService(() => {
      const channel = spawn();
      channel.onExit(() => ended++);
      return channel;
    }, 10);
    const controller = new AbortController();
    const cancelled = ask('long.wav', controller.signal);
    controller.abort();
    expect(await cancelled).toMatchObject({ status: 'failed', code: 'cancelled' });
    await until(() => ended === 1);
    const closed = ask('short.wav');
    await service.close();
    expect(await closed).toMatchObject({ status: 'failed', code: 'cancelled' });
  });
});
