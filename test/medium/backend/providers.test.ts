import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from '#shared/contract/client';
import type { JobStatus } from '#shared/contract/schemas';
import { createTransportPair } from '#shared/contract/transport';
import { spawnByFork } from '../../../src/main/analysis/spawn-fork';
import { createBackend, type Backend } from '../../../src/main/backend/compose';
import type { SpawnAnalysis } from '../../../src/main/ports';
import { alteredModel } from '../../builders/audio';
import { temporaryFolder } from '../../builders/backend';
import { bundleProgram } from '../../builders/child-program';
import { tone, writeWav } from '../../builders/sounds';

/** A library is scanned by the real backend, while a made-up provider goes wrong in the real analysis process. */
describe('a provider that goes wrong during a scan', () => {
  const folder = temporaryFolder();
  const music = join(folder.path, 'music');
  let program = '';
  let backend: Backend;
  let client: Client;
  let notices: string[] = [];
  let spawned = 0;

  async function open(providers: Readonly<Record<string, string>>): Promise<void> {
    process.env['PROVIDERS'] = JSON.stringify(providers);
    const fork = spawnByFork(program);
    const spawnAnalysis: SpawnAnalysis = () => {
      spawned++;
      return fork();
    };
    spawned = 0;
    notices = [];
    backend = await createBackend({
      libraryPath: join(folder.path, 'library.db'),
      modelFolders: [join(folder.path, 'models')],
      userModels: join(folder.path, 'own-models'),
      spawnAnalysis,
    });
    const [near, far] = createTransportPair();
    backend.attach(far);
    client = createClient(near);
    client.on('notice', ({ message }) => notices.push(message));
  }
  async function ended(start: () => Promise<{ jobId: string }>): Promise<JobStatus> {
    const { jobId } = await start();
    for (;;) {
      const job = (await client.call('jobs.list', {})).find(({ id }) => id === jobId)!;
      if (job.finishedAt !== null) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const webgpu = async (tryAgain = false) =>
    (await client.call('doctor.report', { tryAgain })).providers.find(({ name }) => name === 'webgpu')!;

  beforeAll(async () => {
    program = await bundleProgram('builders/faulty-analysis.ts');
    mkdirSync(music);
    alteredModel(join(folder.path, 'models/tiny-test'), () => undefined);
    for (let i = 0; i < 4; i++) writeWav(join(music, `${i}.wav`), tone(200 * (i + 1)), 30);
  });
  afterEach(() => backend.close());
  afterAll(() => {
    delete process.env['PROVIDERS'];
    folder.cleanUp();
  });

  it('is dropped, the window is told, and no track is lost or blamed', async () => {
    await open({ webgpu: 'throws' });
    const { id } = await client.call('roots.add', { path: music });
    const job = await ended(() => client.call('jobs.scan', { rootIds: [id] }));
    expect(job).toMatchObject({ state: 'done', failed: 0 });
    expect((await client.call('library.summary', {})).tracks).toBe(4);
    expect(notices).toEqual([expect.stringMatching(/^WebGPU failed \(device lost\)\..*goes on with CPU/)]);
    expect(await webgpu()).toMatchObject({ state: 'failed', detail: expect.stringContaining('dropped') as string });
  });

  it('has to pass its trial at the next start; after that, starts cost none', async () => {
    await open({ webgpu: 'works' });
    expect(await ended(() => client.call('jobs.analyze', { force: true }))).toMatchObject({ done: 4, failed: 0 });
    expect(await webgpu()).toMatchObject({ state: 'in-use' });
    expect(notices).toEqual([]);
    await backend.close();
    await open({ webgpu: 'works' });
    await ended(() => client.call('jobs.analyze', { force: true }));
    expect(spawned).toBe(1);
  });

  it('is tried again when asked for, and a scan goes by the new verdict', async () => {
    await open({ webgpu: 'trial-throws' });
    expect(await webgpu()).toMatchObject({ state: 'in-use' });
    expect(await webgpu(true)).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('no adapter found') as string,
    });
    await ended(() => client.call('jobs.analyze', { force: true }));
    expect(await webgpu()).toMatchObject({ state: 'failed' });
  });
});
