import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelProblem } from '#shared/contract/schemas';
import { chooseModel } from '../../../src/main/backend/analysis-session';
import { VERSION } from '../../../src/main/backend/version';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let library: string;
let backend: TestBackend;

beforeEach(() => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  library = join(folder.path, 'library.db');
  mkdirSync(music);
  writeSong(join(music, 'a.mp3'), { tags: { title: 'A' }, payload: [9, 0, 90] });
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const wrongHash = { code: 'model-hash-mismatch', message: 'The model was altered. Install it again.' } as const;
const brokenBase: ModelProblem = { ...wrongHash, dir: '/models/base', id: 'base', field: 'sha256' };

describe('without a usable model', () => {
  it('the rest works, and a job, a notice and doctor say why', async () => {
    const listModels = () => Promise.resolve({ models: [], failures: [brokenBase] });
    backend = await startBackend(library, { parts: { listModels } });
    expect(backend.seen).toContainEqual({ name: 'notice', data: { level: 'error', message: wrongHash.message } });

    const scan = await backend.job('jobs.scan', { paths: [music] });
    expect(scan).toMatchObject({ state: 'failed', failure: wrongHash, scan: { found: 1, new: 1 } });
    expect(await backend.rows()).toMatchObject([{ title: 'A', state: 'new' }]);
    expect((await backend.job('jobs.scan', { analyze: false })).state).toBe('done');

    const [id = 0] = await backend.call('tracks.ids', {});
    await backend.call('decisions.set', { trackIds: [id], action: 'change', genres: ['Rock'] });
    const { planId } = await backend.call('write.plan', {});
    await backend.finished((await backend.call('write.apply', { planId })).jobId);
    expect(await backend.rows()).toMatchObject([{ state: 'written', ownGenres: ['Rock'] }]);

    const report = await backend.call('doctor.report', {});
    expect(report.modelFailures).toContainEqual(wrongHash);
    expect(report.library).toMatchObject({ path: library, tracks: 1, analysed: 0 });
  });

  it('a model that fails when it is loaded is tried again by the next job', async () => {
    backend = await startBackend(library, { startFails: wrongHash });
    expect((await backend.job('jobs.scan', { paths: [music] })).failure).toEqual(wrongHash);
    expect((await backend.call('doctor.report', {})).modelFailures).toEqual([wrongHash]);
    backend.fake.start = () =>
      Promise.resolve({
        model: { id: 'fake', version: '1.0.0', name: '', sha256: '', outputs: [] },
        frontEnd: 'fake-1',
        provider: 'cpu',
        decoder: 'fake',
        concurrency: 1,
      });
    expect((await backend.job('jobs.analyze')).state).toBe('done');
    expect((await backend.call('doctor.report', {})).modelFailures).toEqual([]);
  });
});

describe('results of different models', () => {
  it('are never mixed: each model and front end shows its own, and old ones are there again when it is back', async () => {
    const states = async () => (await backend.rows()).map(({ state }) => state);
    backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    expect(await states()).toEqual(['analysed']);
    await backend.close();

    backend = await startBackend(library, { model: { id: 'fake', version: '2.0.0' } });
    expect(await states()).toEqual(['new']);
    await backend.job('jobs.analyze');
    expect(await states()).toEqual(['analysed']);
    const [id = 0] = await backend.call('tracks.ids', {});
    expect((await backend.call('tracks.detail', { id })).analysis?.model).toBe('fake@2.0.0');
    await backend.close();

    backend = await startBackend(library, { frontEnd: 'fake-2' });
    expect(await states()).toEqual(['analysed']);
    await backend.job('jobs.analyze');
    expect((await backend.call('tracks.detail', { id })).analysis).toMatchObject({
      model: 'fake@1.0.0',
      frontEnd: 'fake-2',
    });
    expect(backend.fake.asked).toHaveLength(1);
  });

  it('neither are their failures', async () => {
    backend = await startBackend(library, { fails: () => ({ code: 'decode-failed', message: 'Damaged.' }) });
    await backend.job('jobs.scan', { paths: [music] });
    expect(await backend.call('failures.list', {})).toHaveLength(1);
    await backend.close();
    backend = await startBackend(library, { model: { id: 'fake', version: '2.0.0' } });
    expect(await backend.rows()).toMatchObject([{ state: 'new', failure: null }]);
    expect(await backend.call('failures.list', {})).toEqual([]);
    expect((await backend.job('jobs.analyze')).done).toBe(1);
  });
});

describe('the choice of a model', () => {
  const model = (id: string) => ({ id, version: '1.2.3', name: id, sha256: '', outputs: [], license: 'MIT', dir: `/${id}` });
  const found = { models: [model('alpha'), model('base'), model('zeta')], failures: [] };

  it.each([
    [undefined, 'base'],
    ['zeta', 'zeta'],
    ['alpha@1.2.3', 'alpha'],
  ])('for %s is %s', async (wanted, id) => {
    backend = await startBackend(library);
    expect(chooseModel(found, wanted)).toMatchObject({ id });
  });

  it('is the first where there is no base, and a failure that names the others where the wanted one is not there', async () => {
    backend = await startBackend(library);
    const brokenOther: ModelProblem = { ...brokenBase, id: 'other' };
    expect(chooseModel({ models: [model('alpha')], failures: [brokenOther] }, undefined)).toMatchObject({ id: 'alpha' });
    expect(chooseModel(found, 'omega')).toEqual({
      code: 'model-missing',
      message: 'The model omega was not found. Choose one of these: alpha@1.2.3, base@1.2.3, zeta@1.2.3.',
    });
    expect(chooseModel({ models: [], failures: [] }, undefined)).toMatchObject({ code: 'model-missing' });
  });

  it.each(['base', 'base@0.1.0', undefined])('is never another one in silence where %s is there but broken', async (wanted) => {
    backend = await startBackend(library);
    expect(chooseModel({ models: [model('alpha')], failures: [brokenBase] }, wanted)).toEqual(brokenBase);
  });
});

describe('the version', () => {
  it("is the package's", async () => {
    backend = await startBackend(library);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect((await backend.call('doctor.report', {})).version).toBe(version);
  });
});
