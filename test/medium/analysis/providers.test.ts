import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TrackAnalysis } from '#shared/domain/analysis';
import { createAnalysisService } from '../../../src/main/analysis/service';
import { spawnByFork } from '../../../src/main/analysis/spawn-fork';
import type { AnalysisService, VerdictFile } from '../../../src/main/ports';
import { analysed, codeOf, never, temporaryFolder, until } from '../../builders/analysis';
import { tinyModel } from '../../builders/audio';
import { bundleProgram } from '../../builders/child-program';
import { tone, writeWav } from '../../builders/sounds';

/** Runs of the real program and its processes, with made-up providers at the session port. */
const folder = temporaryFolder();
const paths = ['a.wav', 'b.wav', 'c.wav'].map((name) => join(folder.path, name));
const auto = { modelDir: tinyModel, provider: 'auto' };
let program = '';
let service: AnalysisService;
let notices: string[] = [];
let spawned = 0;
let file: VerdictFile & { text: string | null };

function open(
  providers: Readonly<Record<string, string>>,
  verdicts: VerdictFile = file,
  candidates = ['cuda', 'webgpu'],
): AnalysisService {
  process.env['PROVIDERS'] = JSON.stringify(providers);
  const fork = spawnByFork(program);
  const spawn: typeof fork = () => {
    spawned++;
    return fork();
  };
  service = createAnalysisService(spawn, verdicts, candidates);
  service.onNotice((_, message) => notices.push(message));
  return service;
}

beforeAll(async () => {
  program = await bundleProgram('builders/faulty-analysis.ts');
  for (const [i, path] of paths.entries()) writeWav(path, tone(220 * (i + 1)), 60);
});
afterEach(async () => {
  await service.close();
  notices = [];
  spawned = 0;
});
afterAll(() => {
  delete process.env['PROVIDERS'];
  folder.remove();
});
const remembering = (): void => {
  file = {
    text: null,
    read: () => file.text,
    write: (text) => {
      file.text = text;
    },
  };
};
/** With GENREGRAM_LONG_TESTS=1 every way to fail, else those that are found in different ways. */
const LONG = process.env['GENREGRAM_LONG_TESTS'] === '1';

beforeAll(remembering);
afterEach(remembering);

const stateOf = async (name: string): Promise<{ state: string; detail: string }> => {
  const { providers } = await service.probe(auto);
  return providers.find((provider) => provider.name === name)!;
};

describe('the trial', () => {
  test('one that agrees with the CPU and is faster is taken, and the report says on what and how fast', async () => {
    open({ webgpu: 'works' });
    expect((await service.start(auto)).provider).toBe('webgpu');
    const { state, detail } = await stateOf('webgpu');
    expect(state).toBe('in-use');
    expect(detail).toMatch(/^WebGPU on .+: [\d,]+ windows\/s, checked against CPU, batch \d+$/);
    expect((await stateOf('cpu')).detail).toMatch(/^CPU on .+: [\d,.]+ windows\/s, batch \d+$/);
    expect(await stateOf('cuda')).toMatchObject({ state: 'not-compiled-in' });
    expect((await analysed(service, paths[0]!)).provider).toBe('webgpu');
    expect(notices).toEqual([]);
  });

  test.each<[string, RegExp]>([
    ['trial-dies', /crashed or hung/],
    ...(LONG
      ? ([
          ['trial-throws', /no adapter found/],
          ['trial-wrong', /differ from the CPU's/],
        ] as [string, RegExp][])
      : []),
    ['trial-wrong-from-32', /differ from the CPU's by .* with 32 windows/],
  ])('one that fails (%s) is left out, and the report says why', async (behaviour, why) => {
    open({ webgpu: behaviour });
    expect((await service.start(auto)).provider).toBe('cpu');
    const { state, detail } = await stateOf('webgpu');
    expect(state).toBe('failed');
    expect(detail).toMatch(why);
  });

  test('one that is slower than the CPU works, and is not taken', async () => {
    open({ webgpu: 'trial-slow' });
    expect((await service.start(auto)).provider).toBe('cpu');
    expect(await stateOf('webgpu')).toMatchObject({ state: 'works' });
  });

  test('the verdict is remembered, bad ones too, until one asks to try again', async () => {
    open({ webgpu: 'trial-throws' });
    await service.start(auto);
    await service.close();
    spawned = 0;
    // It would work now, but nobody has asked.
    open({ webgpu: 'works' });
    expect((await service.start(auto)).provider).toBe('cpu');
    expect(spawned).toBe(1);
    await service.probe(auto, true);
    expect((await service.start(auto)).provider).toBe('webgpu');
  });

  test('where the native program can’t be loaded, WebAssembly does it, and that is said', async () => {
    open({ cpu: 'cannot-load' });
    expect((await service.start(auto)).provider).toBe('wasm');
    expect(notices.join()).toMatch(/WebAssembly.*several times slower.*no native program/);
    expect((await analysed(service, paths[0]!)).provider).toBe('wasm');
  });
});

describe('in a run', () => {
  const analyseAll = () => Promise.all([...paths, ...paths].map((path) => analysed(service, path)));
  /** What a track came to; which windows share a batch changes the last digits. */
  const gist = ({ windows, genre }: TrackAnalysis) => [
    windows,
    Object.fromEntries(genre!.histogram.map(({ label, share }) => [label, share.toFixed(3)])),
  ];
  let expected: ReturnType<typeof gist>[] = [];
  let passed: string | null = null;

  beforeAll(async () => {
    open({ cuda: 'works', webgpu: 'works' });
    await service.start({ ...auto, provider: 'cpu' });
    expected = (await analyseAll()).map(gist);
    await service.probe(auto);
    passed = file.text;
    await service.close();
  });
  /** All trials are passed already: the verdicts are those of other processes. */
  beforeEach(() => file.write(passed!));

  test.each<[string, RegExp]>([
    ['throws', /WebGPU failed \(device lost\)/],
    ...(LONG
      ? ([
          ['dies', /WebGPU crashed the analysis process/],
          ['stalls', /WebGPU gave no results within 10 s/],
        ] as [string, RegExp][])
      : []),
    ['gives-nan', /WebGPU gave values that are no numbers/],
    ['drifts', /WebGPU gave results that differ from the CPU's/],
    ['hangs', /WebGPU gave no sign of life for 10 s/],
  ])('a provider that %s is dropped, that is said, and every track comes out as on the CPU', async (behaviour, why) => {
    open({ webgpu: behaviour }, file, ['webgpu']);
    expect((await service.start(auto)).provider).toBe('webgpu');
    const tracks = await analyseAll();
    expect(tracks.map(gist)).toEqual(expected);
    expect(tracks.at(-1)!.provider).toBe('cpu');
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(why);
    expect(notices[0]).toMatch(/goes on with CPU/);
    expect(await stateOf('webgpu')).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/dropped in this session/) as string,
    });
    expect(await stateOf('cpu')).toMatchObject({ state: 'in-use' });
    // Not within the session, also after another start.
    expect((await service.start(auto)).provider).toBe('cpu');
  });

  test('the next that works goes on, not the CPU at once', async () => {
    open({ cuda: 'throws', webgpu: 'works' });
    const { provider } = await service.start(auto);
    const tracks = await analyseAll();
    expect(tracks.at(-1)!.provider).toBe('webgpu');
    // Which of the two was the faster is chance.
    expect(notices).toHaveLength(provider === 'cuda' ? 1 : 0);
  });

  test('one that fails at the start after all gives way to the next; one asked for by name is an error', async () => {
    open({ webgpu: 'start-fails' }, file, ['webgpu']);
    expect((await service.start(auto)).provider).toBe('cpu');
    expect(notices.join()).toMatch(/WebGPU/);
    await expect(service.start({ ...auto, provider: 'webgpu' })).rejects.toMatchObject({
      code: 'provider-unavailable',
    });
  });

  test('cancelling answers within a second, also while a provider hangs', async () => {
    open({ webgpu: 'says-so-and-hangs' }, file, ['webgpu']);
    await service.start(auto);
    const controller = new AbortController();
    const asked = paths.map((path) => service.analyze({ path, plan: { kind: 'all' } }, controller.signal));
    await until(() => notices.includes('hanging'));
    const start = performance.now();
    controller.abort();
    expect((await Promise.all(asked)).map(codeOf)).toEqual(asked.map(() => 'cancelled'));
    expect(performance.now() - start).toBeLessThan(1_000);
    // The process is found out and replaced, though nobody waits for it.
    await until(() => notices.some((notice) => notice.includes('no sign of life')));
    expect(codeOf(await service.analyze({ path: paths[0]!, plan: { kind: 'all' } }, never))).toBe('ok');
  });
});
