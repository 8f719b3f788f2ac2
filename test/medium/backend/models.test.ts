import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelProblem } from '#shared/contract/schemas';
import { listModels } from '../../../src/main/adapters/models';
import { chooseModel } from '../../../src/main/backend/analysis-session';
import { ensembleFrontEnd } from '../../../src/main/core/ensemble/track';
import { VERSION } from '../../../src/main/backend/version';
import { openDatabase } from '../../../src/main/store/driver';
import { alteredModel, sha256 } from '../../builders/audio';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';
import { tinyMember, writeEnsemble, writeSidecarPack } from '../../builders/model-packs';

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

describe('after a change of the model', () => {
  const heardBy = async (version: string) => {
    await backend.close();
    backend = await startBackend(library, { model: { id: 'fake', version } });
  };

  it('older results are shown as stale, counted, not to be accepted, and renewed by the next analysis', async () => {
    backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    expect(await backend.rows()).toMatchObject([{ stale: false, state: 'analysed', genre: { top: 'rock' } }]);
    expect((await backend.call('library.summary', {})).quick).toMatchObject({ stale: 0, unreviewed: 1 });

    await heardBy('2.0.0');
    const [id = 0] = await backend.call('tracks.ids', {});
    expect(await backend.rows()).toMatchObject([
      { stale: true, state: 'new', genre: { top: 'rock' }, disagrees: false },
    ]);
    expect((await backend.call('tracks.detail', { id })).analysis?.model).toBe('fake@1.0.0');
    expect((await backend.call('library.summary', {})).quick).toMatchObject({ stale: 1, unreviewed: 0, unsure: 0 });
    expect((await backend.call('tracks.query', { quick: 'stale' })).total).toBe(1);
    await expect(backend.call('decisions.set', { trackIds: [id], action: 'accept' })).rejects.toThrow(/Analyse it/);

    await backend.job('jobs.scan', {});
    expect(await backend.rows()).toMatchObject([{ stale: false, state: 'analysed' }]);
    expect((await backend.call('library.summary', {})).quick).toMatchObject({ stale: 0, unreviewed: 1 });
  });

  it('a library of an older Genregram has its stale tracks found when it is opened', async () => {
    backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    await heardBy('2.0.0');
    await backend.close();
    // As it was left by a version that knew of no stale results.
    const db = openDatabase(library);
    db.exec(`UPDATE tracks SET former_id = NULL, quick = quick & 127;
      UPDATE settings SET value = '["fake@2.0.0",""]' WHERE key = 'active-model'`);
    db.close();
    backend = await startBackend(library, { model: { id: 'fake', version: '2.0.0' } });
    expect(await backend.rows()).toMatchObject([{ stale: true }]);
  });

  it('tells what the new one hears otherwise, and only of tracks that both heard', async () => {
    writeSong(join(music, 'b.mp3'), { tags: { title: 'B' }, payload: [2, 1, 70] });
    backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    await heardBy('2.0.0');
    expect(await backend.call('models.diff', {})).toEqual({ model: 'fake@2.0.0', compared: 0, changed: 0, tracks: [] });
    backend.fake.hears = (payload) => (payload[0] === 9 ? [6, 0, 60] : payload);
    await backend.job('jobs.analyze');
    const diff = await backend.call('models.diff', {});
    expect(diff).toMatchObject({ model: 'fake@2.0.0', compared: 2, changed: 1 });
    expect(diff.tracks).toEqual([
      {
        trackId: expect.any(Number) as number,
        path: join(music, 'a.mp3'),
        former: 'fake@1.0.0',
        genre: { from: { top: 'rock', confidence: 0.9 }, to: { top: 'metal', confidence: 0.6 } },
        mood: null,
      },
    ]);
  });
});

describe('a new file', () => {
  it('is read once for its hash: the analysis gets it', async () => {
    backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    const payload = Buffer.from([9, 0, 90]);
    expect(backend.fake.hashes).toEqual([createHash('sha256').update(payload).digest('hex')]);
    await backend.job('jobs.analyze', { force: true });
    expect(backend.fake.hashes[1]).toBeNull();
  });
});

describe('the shelf of models', () => {
  const models = (): string => join(folder.path, 'models');
  const bundled = (): string => join(folder.path, 'bundled');
  const open = async (modelId?: string): Promise<void> => {
    const parts = { listModels, modelFolders: [models(), bundled()], ...(modelId === undefined ? {} : { modelId }) };
    backend = await startBackend(library, { parts });
  };
  const shelf = () => backend.call('models.list', {});
  const versioned = (name: string, version: string): string =>
    alteredModel(join(folder.path, name), (manifest) => (manifest['version'] = version));

  beforeEach(() => {
    alteredModel(join(bundled(), 'base'), (manifest) => (manifest['id'] = 'base'));
  });

  it('adds a pack, chooses it for good, and takes a newer version in its place', async () => {
    await open();
    expect(await shelf()).toMatchObject({ chosen: { id: 'base', by: 'default', problem: null }, folder: models() });
    const report = await backend.call('models.add', {
      path: writeSidecarPack(join(folder.path, 'pack'), () => undefined),
    });
    expect(report).toMatchObject({ dir: join(models(), 'tiny-tagger'), replaces: null, windowSec: 187 * 0.016 });
    expect(report.derivedGenres).toContainEqual({ genre: 'hip-hop', labels: ['hip-hop'] });
    await backend.call('models.choose', { id: 'tiny-tagger' });
    await backend.close();

    await open();
    expect((await shelf()).chosen).toEqual({ id: 'tiny-tagger', by: 'setting', problem: null });
    const newer = writeSidecarPack(join(folder.path, 'newer'), (sidecar) => (sidecar['version'] = '1.0.0'));
    expect((await backend.call('models.add', { path: newer })).replaces).toMatch(/^tiny-tagger@0\.0\.\d+$/);
    expect((await shelf()).models.filter(({ chosen }) => chosen)).toMatchObject([
      { version: '1.0.0', removable: true },
    ]);
  });

  it('refuses what would mix results: the same version with other weights', async () => {
    await open();
    await backend.call('models.add', { path: versioned('one', '1.0.0') });
    await expect(backend.call('models.add', { path: versioned('two', '1.0.0') })).rejects.toThrow(/is there already/);
    const other = versioned('three', '1.0.0');
    const bytes = Buffer.concat([readFileSync(join(other, 'model.onnx')), Buffer.from([0])]);
    writeFileSync(join(other, 'model.onnx'), bytes);
    const manifest = JSON.parse(readFileSync(join(other, 'model.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(other, 'model.json'), JSON.stringify({ ...manifest, sha256: sha256(bytes) }));
    await expect(backend.call('models.add', { path: other })).rejects.toThrow(/version: .*higher version/);
  });

  it('removes a pack of the user’s, never a bundled or the chosen one', async () => {
    await open();
    await backend.call('models.add', { path: versioned('one', '1.0.0') });
    await backend.call('models.choose', { id: 'tiny-test' });
    await expect(backend.call('models.remove', { id: 'base' })).rejects.toThrow(/so it stays/);
    await expect(backend.call('models.remove', { id: 'tiny-test' })).rejects.toThrow(/Choose another one first/);
    await expect(backend.call('models.remove', { id: '../bundled/base' })).rejects.toThrow(/There is no model/);
    await backend.call('models.choose', { id: 'base' });
    expect(await backend.call('models.remove', { id: 'tiny-test' })).toEqual({ dir: join(models(), 'tiny-test') });
    expect((await shelf()).models.map(({ id }) => id)).toEqual(['base']);
  });

  it('says that the chosen model is broken or gone, and has no other one stand in', async () => {
    await open();
    await backend.call('models.add', { path: versioned('one', '1.0.0') });
    await backend.call('models.choose', { id: 'tiny-test' });
    await backend.close();
    writeFileSync(join(models(), 'tiny-test', 'model.onnx'), 'altered');

    await open();
    expect(backend.seen).toContainEqual({
      name: 'notice',
      data: { level: 'error', message: expect.stringContaining('SHA-256') as string },
    });
    const broken = await shelf();
    expect(broken.chosen).toMatchObject({ id: 'tiny-test', problem: { code: 'model-hash-mismatch' } });
    expect(broken.models.map(({ id, chosen }) => [id, chosen])).toEqual([['base', false]]);
    expect((await backend.call('doctor.report', {})).chosenModel).toMatchObject({
      id: 'tiny-test',
      problem: { code: 'model-hash-mismatch' },
    });
    expect((await backend.job('jobs.scan', { paths: [music] })).failure?.code).toBe('model-hash-mismatch');

    await backend.call('models.remove', { id: 'tiny-test' });
    expect((await shelf()).chosen).toMatchObject({ id: 'tiny-test', problem: { code: 'model-missing' } });
    await expect(backend.call('models.choose', { id: 'tiny-test' })).rejects.toThrow(/Choose one of these: base@/);
    expect((await backend.call('models.choose', { id: 'base' })).chosen.problem).toBeNull();
  });

  it('has ensembles, whose members stay as long as they are needed', async () => {
    await open();
    await backend.call('models.add', { path: tinyMember(join(folder.path, 'one'), 'one') });
    const pack = writeEnsemble(join(folder.path, 'both'));
    await expect(backend.call('models.add', { path: pack })).rejects.toThrow(/ensemble\.members\.1\.id: there is no/);
    await backend.call('models.add', { path: tinyMember(join(folder.path, 'two'), 'two') });
    // Each trial takes a millisecond in the fake.
    expect(await backend.call('models.add', { path: pack })).toMatchObject({
      dir: join(models(), 'both'),
      msPerWindow: 2,
    });
    await expect(backend.call('models.remove', { id: 'two' })).rejects.toThrow(/member of the ensemble both/);
    const chosen = await backend.call('models.choose', { id: 'both' });
    expect(chosen.models.find(({ id }) => id === 'both')).toMatchObject({
      chosen: true,
      ensemble: {
        rule: 'mean',
        members: [
          { id: 'one', weight: 1 },
          { id: 'two', weight: 3 },
        ],
      },
    });
    expect((await backend.call('doctor.report', {})).chosenModel).toEqual({ id: 'both@1.0.0', problem: null });

    // A member's successor has other labels: the ensemble says so, and is whole again with the next one.
    const successor = (version: string, change: (labels: string[]) => void): string =>
      tinyMember(join(folder.path, version), 'two', (manifest) => {
        manifest['version'] = version;
        change((manifest['outputs'] as { labels: string[] }[])[0]!.labels);
      });
    await backend.call('models.add', { path: successor('2.0.0', (labels) => (labels[0] = 'polka')) });
    const broken = await shelf();
    expect(broken.chosen).toMatchObject({ id: 'both', problem: { code: 'model-invalid' } });
    expect(broken.problems).toMatchObject([{ id: 'both', field: 'outputs.0.labels' }]);
    await backend.call('models.add', { path: successor('2.0.1', () => undefined) });
    expect((await shelf()).chosen.problem).toBeNull();
  });

  it('shows an ensemble’s results as stale once a member is another, before anything is loaded', async () => {
    const own = join(folder.path, 'models');
    tinyMember(join(own, 'one'), 'one');
    const two = (version: string): string => tinyMember(join(own, 'two'), 'two', (m) => (m['version'] = version));
    two('1.0.0');
    writeEnsemble(join(own, 'both'));
    const found = (await listModels([own])).models.find(({ id }) => id === 'both')!;
    const frontEnd = ensembleFrontEnd(found.together!, ['a', 'b']);
    const openBoth = async (): Promise<void> => {
      const parts = { listModels, modelFolders: [own], modelId: 'both' };
      backend = await startBackend(library, { parts, model: { id: 'both', version: '1.0.0' }, frontEnd });
    };
    await openBoth();
    await backend.job('jobs.scan', { paths: [music] });
    await backend.close();
    await openBoth();
    expect(await backend.rows()).toMatchObject([{ stale: false, state: 'analysed' }]);
    await backend.close();
    two('1.1.0');
    await openBoth();
    expect(await backend.rows()).toMatchObject([{ stale: true, state: 'new' }]);
  });

  it('keeps out of a choice that the command line made', async () => {
    await open('base');
    expect((await shelf()).chosen.by).toBe('command-line');
    await expect(backend.call('models.choose', { id: 'base' })).rejects.toThrow(/without --model/);
  });

  it('names the folder where a file is given, and what is missing in it', async () => {
    await open();
    await expect(backend.call('models.check', { path: join(bundled(), 'base', 'model.json') })).rejects.toThrow(
      /is a file/,
    );
    await expect(backend.call('models.check', { path: music })).rejects.toThrow(/no readable model\.json/);
    await expect(backend.call('models.check', { path: join(folder.path, 'none') })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the choice of a model', () => {
  const model = (id: string) => ({
    id,
    version: '1.2.3',
    name: id,
    sha256: '',
    outputs: [],
    license: 'MIT',
    dir: `/${id}`,
  });
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
    expect(chooseModel({ models: [model('alpha')], failures: [brokenOther] }, undefined)).toMatchObject({
      id: 'alpha',
    });
    expect(chooseModel(found, 'omega')).toEqual({
      code: 'model-missing',
      message: 'The model omega was not found. Choose one of these: alpha@1.2.3, base@1.2.3, zeta@1.2.3.',
    });
    expect(chooseModel({ models: [], failures: [] }, undefined)).toMatchObject({ code: 'model-missing' });
  });

  it.each(['base', 'base@0.1.0', undefined])(
    'is never another one in silence where %s is there but broken',
    async (wanted) => {
      backend = await startBackend(library);
      expect(chooseModel({ models: [model('alpha')], failures: [brokenBase] }, wanted)).toEqual(brokenBase);
    },
  );
});

describe('the version', () => {
  it("is the package's", async () => {
    backend = await startBackend(library);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect((await backend.call('doctor.report', {})).version).toBe(version);
  });
});
