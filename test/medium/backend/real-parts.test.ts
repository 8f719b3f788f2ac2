import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from '#shared/contract/client';
import type { JobStatus } from '#shared/contract/schemas';
import { createTransportPair } from '#shared/contract/transport';
import { spawnByFork } from '../../../src/main/analysis/spawn-fork';
import { createBackend, type Backend } from '../../../src/main/backend/compose';
import { analysisProgram } from '../../builders/analysis';
import { alteredModel } from '../../builders/audio';
import { temporaryFolder } from '../../builders/backend';
import { missing } from '../../builders/requirements';
import { convert, noise, tone, writeWav } from '../../builders/sounds';
import { bytes, frame, id3 } from '../../builders/tags-mp3';

/** The backend as every host makes it: real tags, real decoding, a real (tiny) model in its own process. */
describe.skipIf(missing('ffmpeg'))('the backend with its real parts', () => {
  const folder = temporaryFolder();
  const music = join(folder.path, 'music');
  const models = join(folder.path, 'models');
  const file = (name: string): string => join(music, name);
  let backend: Backend;
  let client: Client;

  const open = async (library: string, modelFolders = [models]): Promise<void> => {
    backend = await createBackend({
      libraryPath: join(folder.path, library),
      modelFolders,
      userModels: join(folder.path, 'own-models'),
      provider: 'cpu',
      spawnAnalysis: spawnByFork(analysisProgram),
    });
    const [near, far] = createTransportPair();
    backend.attach(far);
    client = createClient(near);
  };
  /** Starts a job and waits for its end, as a window would. */
  const ended = async (start: () => Promise<{ jobId: string }>): Promise<JobStatus> => {
    const ends = new Map<string, JobStatus>();
    let tell: () => void = () => undefined;
    const stop = client.on('job.progress', (status) => {
      if (status.finishedAt !== null) ends.set(status.id, status);
      tell();
    });
    const { jobId } = await start();
    while (!ends.has(jobId)) await new Promise<void>((resolve) => (tell = resolve));
    stop();
    return ends.get(jobId)!;
  };
  const contents = (): Record<string, string> =>
    Object.fromEntries(readdirSync(music).map((name) => [name, readFileSync(file(name), 'latin1')]));

  beforeAll(async () => {
    mkdirSync(music);
    alteredModel(join(models, 'tiny-test'), () => undefined);
    const hiss = noise(3);
    writeWav(join(folder.path, 'a.wav'), tone(440), 8);
    writeWav(join(folder.path, 'b.wav'), (t) => 0.4 * hiss(t), 7);
    convert(join(folder.path, 'a.wav'), file('a.mp3'), 'title=Aria', 'genre=Opera');
    convert(join(folder.path, 'b.wav'), file('b.flac'), 'title=Breeze');
    copyFileSync(file('b.flac'), file('b copy.flac'));
    convert(join(folder.path, 'b.wav'), file('cut.flac'));
    truncateSync(file('cut.flac'), 3000);
    writeFileSync(file('empty.mp3'), '');
    writeFileSync(file('text.mp3'), 'Dear diary, today I named a text file after music.\n'.repeat(40));
    copyFileSync(file('b.flac'), file('misnamed.mp3'));
    await open('library.db');
  });
  afterAll(async () => {
    await backend.close();
    folder.cleanUp();
  });

  it('scans and analyses, and lists each bad file with a code and a sentence', async () => {
    const status = await ended(() => client.call('jobs.scan', { paths: [music] }));
    expect(status).toMatchObject({ state: 'done', failure: null, scan: { found: 7, new: 7 } });
    expect(status.detail).toContain('cpu');
    const { rows } = await client.call('tracks.query', { text: '' });
    const states = Object.fromEntries(rows.map((row) => [row.fileName, row.failure?.code ?? row.state]));
    expect(states).toMatchObject({
      'a.mp3': 'analysed',
      'b.flac': 'analysed',
      'b copy.flac': 'analysed',
      'misnamed.mp3': 'analysed',
      'empty.mp3': 'empty-file',
    });
    for (const bad of ['cut.flac', 'text.mp3'])
      expect(states[bad]).toMatch(/^(decode-failed|unsupported-format|too-short|read-failed)$/);
    expect(rows.find(({ fileName }) => fileName === 'a.mp3')).toMatchObject({
      title: 'Aria',
      ownGenres: ['Opera'],
      disagrees: true,
    });
    for (const { path, message } of await client.call('failures.list', {})) {
      expect(path).toMatch(/(empty|text)\.mp3|cut\.flac/);
      expect(message).toMatch(/\w.*\.$/);
    }
    expect(await client.call('failures.list', {})).toHaveLength(3);
  });

  it('has one result for one content: what listens and what writes tags agree on its hash', async () => {
    const ids = await client.call('tracks.byPath', { paths: [file('b.flac'), file('b copy.flac'), file('a.mp3')] });
    const details = await Promise.all(ids.map((id) => client.call('tracks.detail', { id })));
    const times = details.map(({ analysis }) => analysis!.analysedAt);
    expect(times[1]).toBe(times[2]);
    const again = await ended(() => client.call('jobs.analyze', {}));
    expect(again).toMatchObject({ state: 'done', total: 0 });
  });

  it('writes decisions, keeps the results through it, and puts every byte back', async () => {
    const before = contents();
    const [mp3 = 0, flac = 0] = await client.call('tracks.byPath', { paths: [file('a.mp3'), file('b.flac')] });
    await client.call('decisions.set', {
      trackIds: [mp3, flac],
      action: 'change',
      genres: ['Jazz', 'Blues'],
      moods: ['Calm'],
    });
    const { planId, files } = await client.call('write.plan', {});
    expect(files).toMatchObject([{ status: 'ready' }, { status: 'ready' }]);
    await ended(() => client.call('write.apply', { planId }));
    const rows = (await client.call('tracks.query', {})).rows.filter(({ id }) => id === mp3 || id === flac);
    for (const row of rows)
      expect(row).toMatchObject({ state: 'written', ownGenres: ['Jazz', 'Blues'], ownMoods: ['Calm'] });
    const rescan = await ended(() => client.call('jobs.scan', {}));
    expect(rescan).toMatchObject({ total: 0, scan: { unchanged: 7, changed: 0 } });
    await ended(() => client.call('write.undo', {}));
    const [undo] = await client.call('write.history', {});
    expect(undo).toMatchObject({ kind: 'undo', undoes: 1, files: 2, written: 2, refused: 0 });
    expect(contents()).toEqual(before);
    expect(await ended(() => client.call('jobs.scan', {}))).toMatchObject({ total: 0, scan: { unchanged: 7 } });
  });

  it('knows a moved file again although another program wrote its tags', async () => {
    const [id = 0] = await client.call('tracks.byPath', { paths: [file('a.mp3')] });
    renameSync(file('a.mp3'), join(folder.path, 'a-old.mp3'));
    await ended(() => client.call('jobs.scan', {}));
    writeFileSync(file('z.mp3'), retagged(readFileSync(join(folder.path, 'a-old.mp3'))));
    const status = await ended(() => client.call('jobs.scan', {}));
    expect(status.scan).toMatchObject({ moved: 1, new: 0 });
    expect(status.total).toBe(0);
    expect(await client.call('tracks.byPath', { paths: [file('z.mp3')] })).toEqual([id]);
    expect(await client.call('tracks.detail', { id })).toMatchObject({ title: 'Another title', state: 'decided' });
  });

  it('reports what it runs on', async () => {
    const report = await client.call('doctor.report', {});
    expect(report).toMatchObject({ modelFailures: [], library: { tracks: 7 } });
    expect(report.models.map(({ id }) => id)).toEqual(['tiny-test']);
    expect(report.providers.find(({ name }) => name === 'cpu')).toMatchObject({ state: 'in-use' });
  });

  it('says which model was altered, and goes on without it', async () => {
    await backend.close();
    const altered = join(folder.path, 'altered');
    const onnx = join(
      alteredModel(join(altered, 'tiny-test'), () => undefined),
      'model.onnx',
    );
    writeFileSync(onnx, Buffer.concat([readFileSync(onnx), Buffer.from([0])]));
    await open('other.db', [altered]);
    const status = await ended(() => client.call('jobs.scan', { paths: [music] }));
    expect(status).toMatchObject({ state: 'failed', failure: { code: 'model-hash-mismatch' }, scan: { found: 7 } });
    expect((await client.call('doctor.report', {})).modelFailures).toMatchObject([{ code: 'model-hash-mismatch' }]);
    expect((await client.call('tracks.query', {})).total).toBe(7);
  });
});

/** As another program might: a tag of its own in place of the ID3v2 tag that the file has. */
function retagged(mp3: Uint8Array): Uint8Array {
  const [a = 0, b = 0, c = 0, d = 0] = mp3.subarray(6, 10);
  const audio = mp3.subarray(10 + (a << 21) + (b << 14) + (c << 7) + d);
  const title = frame(3, 'TIT2', bytes(0, 'Another title'));
  return bytes(id3(3, [title, frame(3, 'COMM', bytes(0, 'eng', 0, 'written by another program'))]), audio);
}
