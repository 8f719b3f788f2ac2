import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  analysed,
  analysisProgram,
  codeOf,
  isAlive,
  never,
  temporaryFolder,
  until,
  watchedAnalysis,
  type WatchedAnalysis,
} from '../../builders/analysis';
import { tinyModel } from '../../builders/audio';
import { writeFakeFfmpeg } from '../../builders/fake-ffmpeg';
import { streamedWavHead } from '../../builders/pcm-files';
import { startNode } from '../../builders/programs';
import { tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
const options = { modelDir: tinyModel, provider: 'cpu' };
const all = { kind: 'all' } as const;
let watched: WatchedAnalysis;

beforeAll(() => {
  for (const name of ['a.wav', 'b.wav', 'c.wav', 'poison.wav']) writeWav(file(name), tone(440), 60);
});
afterEach(() => watched.service.close());
afterAll(() => folder.remove());

describe('the analysis process dies', () => {
  test('killed in the middle of a run: every track still gets its result, the user is told', async () => {
    watched = watchedAnalysis();
    await watched.service.start(options);
    const paths = ['a.wav', 'b.wav', 'c.wav', 'a.wav', 'b.wav', 'c.wav'].map(file);
    let finished = 0;
    const outcomes = Promise.all(
      paths.map(async (path) => {
        const track = await analysed(watched.service, path);
        finished++;
        return track;
      }),
    );
    await until(() => finished > 0);
    watched.processes.at(-1)!.kill();
    for (const { windows } of await outcomes) expect(windows).toBe(20);
    expect(watched.processes).toHaveLength(2);
    expect(watched.notices.join()).toMatch(/ended unexpectedly/);
  });

  test('a track that kills it twice is given up, those beside it are not', async () => {
    watched = watchedAnalysis((message, process) => {
      if (message.request?.path === file('poison.wav')) process.kill();
    });
    await watched.service.start(options);
    const paths = ['a.wav', 'poison.wav', 'b.wav', 'c.wav'].map(file);
    const outcomes = await Promise.all(paths.map((path) => watched.service.analyze({ path, plan: all }, never)));
    expect(outcomes.map(codeOf)).toEqual(['ok', 'analysis-crashed', 'ok', 'ok']);
    expect(watched.notices.join()).toMatch(/poison\.wav crashed the analysis twice/);
    expect(codeOf(await watched.service.analyze({ path: file('a.wav'), plan: all }, never))).toBe('ok');
  });

  test('one that dies while it starts is an error of the start', async () => {
    watched = watchedAnalysis((message, process) => {
      if (message.type === 'start') process.kill();
    });
    await expect(watched.service.start(options)).rejects.toMatchObject({ code: 'analysis-crashed' });
  });

  test('closing settles what is asked for', async () => {
    watched = watchedAnalysis();
    await watched.service.start(options);
    const asked = watched.service.analyze({ path: file('a.wav'), plan: all }, never);
    await watched.service.close();
    expect(codeOf(await asked)).toBe('cancelled');
    expect(codeOf(await watched.service.analyze({ path: file('a.wav'), plan: all }, never))).toBe('not-available');
  });
});

describe.skipIf(process.platform === 'win32')('an ffmpeg that hangs', () => {
  /** Each test its own: an ffmpeg of the test before may write late. */
  let pidFile: string;
  let tests = 0;
  /** Stands in for ffmpeg: gives a header and a little sound, notes its process id and then nothing more. */
  const fake = (): string => {
    pidFile = file(`pid-${++tests}`);
    writeFileSync(file('header'), Buffer.concat([streamedWavHead(16_000), Buffer.alloc(64_000)]));
    const body = `cat '${file('header')}'\necho $$ > '${pidFile}'\nexec sleep 600`;
    return writeFakeFfmpeg(file(`ffmpeg-${tests}`), body);
  };
  const hangingPid = async (): Promise<number> => {
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    return Number(readFileSync(pidFile, 'utf8'));
  };

  beforeEach(() => {
    process.env['GENREGRAM_FFMPEG'] = fake();
    process.env['GENREGRAM_DECODER'] = 'ffmpeg';
  });
  afterEach(() => {
    delete process.env['GENREGRAM_FFMPEG'];
    delete process.env['GENREGRAM_DECODER'];
  });

  test('cancelling answers at once and ends ffmpeg', async () => {
    watched = watchedAnalysis();
    await watched.service.start(options);
    const controller = new AbortController();
    const asked = watched.service.analyze({ path: file('a.wav'), plan: all }, controller.signal);
    const pid = await hangingPid();
    controller.abort();
    expect(codeOf(await asked)).toBe('cancelled');
    await until(() => !isAlive(pid));
  });

  test('tracks that wait their turn are cancelled, too, and the process can still be used', async () => {
    watched = watchedAnalysis();
    await watched.service.start(options);
    const controller = new AbortController();
    const asked = ['a.wav', 'b.wav', 'c.wav', 'a.wav', 'b.wav'].map((name) =>
      watched.service.analyze({ path: file(name), plan: all }, controller.signal),
    );
    await hangingPid();
    controller.abort();
    expect((await Promise.all(asked)).map(codeOf)).toEqual(Array.from(asked, () => 'cancelled'));
    expect(codeOf(await watched.service.analyze({ path: file('nothing'), plan: all }, never))).toBe('not-found');
    expect(watched.processes).toHaveLength(1);
  });

  test('when the parent is killed, the analysis process and its ffmpeg end', async () => {
    watched = watchedAnalysis();
    const parent = startNode([
      '-e',
      `const child = require('node:child_process').fork(${JSON.stringify(analysisProgram)}, [], { serialization: 'advanced' });
       child.on('message', ({ type }) => type === 'started' && child.send({ type: 'analyze', id: 2, request: { path: ${JSON.stringify(file('a.wav'))}, plan: { kind: 'all' } } }));
       child.send({ type: 'start', id: 1, modelDir: ${JSON.stringify(tinyModel)}, provider: 'cpu' });
       console.log(child.pid);`,
    ]);
    let pid = 0;
    parent.stdout.on('data', (text: string) => (pid = Number(text)));
    const ffmpeg = await hangingPid();
    await until(() => pid > 0);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
    await until(() => !isAlive(ffmpeg));
  });
});
