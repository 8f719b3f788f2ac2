import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError, type Failure } from '#shared/domain/failure';
import { createKeptHearings } from '../../../src/main/backend/comparison/kept-hearings';
import type { AnalysisService, FoundModel } from '../../../src/main/ports';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { createFakeAnalysis, type FakeAnalysis } from '../../builders/fake-analysis';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
let song: string;
/** The services that were made to compare with, by the folder of the model that each was started with. */
let made: { model: string; fake: FakeAnalysis; open: boolean }[];
/** What hearing fails with, by model. */
let fails: Record<string, Failure>;
let deaf: string | null;

const model = (id: string): FoundModel => ({
  ...{ id, version: '1.0.0', name: id.toUpperCase(), sha256: '0'.repeat(64), outputs: [] },
  ...{ license: 'MIT', dir: `/models/${id}` },
});
const broken = {
  code: 'model-hash-mismatch',
  message: 'It was altered.',
  dir: '/models/d',
  id: 'd',
  field: null,
} as const;

/** Each model hears another genre: its place in the alphabet is added to the first byte. */
function createAnalysis(): AnalysisService {
  const fake = createFakeAnalysis({ delayMs: 20 });
  const entry = { model: '', fake, open: false };
  return {
    ...fake,
    start: (options) => {
      Object.assign(entry, { model: basename(options.modelDir), open: true });
      // One at a time.
      expect(made.filter(({ open }) => open)).toEqual([]);
      made.push(entry);
      const shift = entry.model.charCodeAt(0) - 'a'.charCodeAt(0);
      fake.hears = ([first = 0, ...rest]) => [first + shift, ...rest];
      const failure = fails[`start ${entry.model}`];
      return failure ? Promise.reject(CodedError.from(failure)) : fake.start(options);
    },
    analyze: (request, signal) => {
      const failure = fails[entry.model];
      if (entry.model === deaf) return new Promise(() => undefined);
      return failure ? Promise.resolve({ status: 'failed', ...failure }) : fake.analyze(request, signal);
    },
    close: () => {
      entry.open = false;
      return fake.close();
    },
  };
}

beforeEach(async () => {
  folder = temporaryFolder();
  made = [];
  fails = {};
  deaf = null;
  const music = join(folder.path, 'music');
  mkdirSync(music);
  song = join(music, 'a.mp3');
  writeSong(song, { tags: { title: 'A' }, payload: [5, 0, 90] });
  const listModels = () => Promise.resolve({ models: ['a', 'b', 'c'].map(model), failures: [broken] });
  backend = await startBackend(join(folder.path, 'library.db'), {
    model: { id: 'a', version: '1.0.0' },
    parts: { listModels, createAnalysis, modelId: 'a' },
  });
  await backend.job('jobs.scan', { paths: [music] });
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const trackId = async (): Promise<number> => (await backend.call('tracks.ids', {}))[0]!;
const look = async (models: string[], plan = 'all') =>
  (await backend.call('comparison.look', { track: { trackId: await trackId() }, models, plan })).columns;
const hear = async (models: string[], plan = 'all') => {
  const { jobId } = await backend.call('comparison.hear', { tracks: [{ trackId: await trackId() }], models, plan });
  return backend.finished(jobId);
};
const tops = (columns: Awaited<ReturnType<typeof look>>) => columns.map(({ heard }) => heard?.genre?.top ?? null);

describe('a comparison of models', () => {
  it('hears with one after the other, takes the library’s own result, and stores nothing', async () => {
    const before = await backend.rows();
    expect(tops(await look(['a', 'b', 'c']))).toEqual(['jazz', null, null]);
    const job = await hear(['a', 'b', 'c']);
    expect(job).toMatchObject({ kind: 'compare', state: 'done', done: 2, total: 2, failed: 0 });
    const columns = await look(['c', 'a', 'b']);
    expect(columns.map(({ model: key, name }) => [key, name])).toEqual([
      ['c@1.0.0', 'C'],
      ['a@1.0.0', 'A'],
      ['b@1.0.0', 'B'],
    ]);
    expect(tops(columns)).toEqual(['pop', 'jazz', 'metal']);
    expect(columns.map(({ heard }) => heard?.stored)).toEqual([false, true, false]);
    expect(columns[0]?.heard?.perWindow.genre?.data).toHaveLength(20);
    expect(made.map((each) => [each.model, each.open])).toEqual([
      ['b', false],
      ['c', false],
    ]);
    expect(await backend.rows()).toEqual(before);
    expect((await backend.call('doctor.report', {})).library.analysed).toBe(1);

    // What is known is not heard again; other windows are another hearing, of the library's own model too.
    expect(await hear(['b', 'c'])).toMatchObject({ done: 0, total: 0 });
    expect(made).toHaveLength(2);
    await hear(['a', 'b'], '5');
    expect(made.slice(2).map(({ model: id, fake }) => [id, fake.plans])).toEqual([
      ['a', ['5']],
      ['b', ['5']],
    ]);
    expect((await look(['a'], '5'))[0]?.heard?.stored).toBe(false);
  });

  it('hears a file that is in no library, and again once it is another', async () => {
    const path = join(folder.path, 'elsewhere.mp3');
    writeSong(path, { tags: {}, payload: [0, 0, 90] });
    const track = { path };
    const ask = { tracks: [track], models: ['b'] };
    await backend.finished((await backend.call('comparison.hear', ask)).jobId);
    const one = await backend.call('comparison.look', { track, models: ['b'] });
    expect(tops([...one.columns])).toEqual(['classical']);
    writeSong(path, { tags: { title: 'Longer' }, payload: [1, 0, 90] });
    expect(tops([...(await backend.call('comparison.look', { track, models: ['b'] })).columns])).toEqual([null]);
    expect((await backend.rows()).map((row) => row.path)).toEqual([song]);
  });

  it('says of each model and file what is wrong, tries again when asked again, and goes on with the others', async () => {
    fails = {
      b: { code: 'decode-failed', message: 'Damaged.' },
      'start c': { code: 'provider-unavailable', message: 'Choose cpu.' },
    };
    const job = await hear(['d', 'nobody', 'b', 'c']);
    expect(job).toMatchObject({ state: 'done', done: 2, failed: 0 });
    expect((await look(['d', 'nobody', 'b', 'c', 'a'])).map(({ model: key, failure }) => [key, failure?.code])).toEqual(
      [
        ['d', 'model-hash-mismatch'],
        ['nobody', 'model-missing'],
        ['b@1.0.0', 'decode-failed'],
        ['c@1.0.0', 'provider-unavailable'],
        ['a@1.0.0', undefined],
      ],
    );
    fails = {};
    await hear(['b', 'c']);
    expect(tops(await look(['b', 'c']))).toEqual(['metal', 'pop']);
    expect(made.every(({ open }) => !open)).toBe(true);
  });

  it('is cancelled at once, its process closed, with what was heard kept', async () => {
    deaf = 'c';
    const { jobId } = await backend.call('comparison.hear', {
      tracks: [{ trackId: await trackId() }],
      models: ['b', 'c'],
    });
    while (made.at(-1)?.model !== 'c') await new Promise((resolve) => setTimeout(resolve, 5));
    await backend.call('jobs.cancel', { jobId });
    expect(await backend.finished(jobId)).toMatchObject({ state: 'cancelled', done: 1 });
    expect(tops(await look(['b', 'c']))).toEqual(['metal', null]);
    expect(made.map(({ open }) => open)).toEqual([false, false]);
  });

  it('names what is no track', async () => {
    await expect(backend.call('comparison.look', { track: { trackId: 99 }, models: ['a'] })).rejects.toThrow(
      /not in the/,
    );
    await expect(backend.call('comparison.look', { track: { path: folder.path }, models: ['a'] })).rejects.toThrow(
      /is a folder/,
    );
    await expect(backend.call('comparison.look', { track: { path: '/none.mp3' }, models: ['a'] })).rejects.toThrow(
      /can't be found/,
    );
    await expect(look(['a'], 'some')).rejects.toThrow(/no window plan/);
  });
});

it('what was heard is kept up to a number, the latest', () => {
  const kept = createKeptHearings(2);
  const failure = { code: 'too-short', message: '' } as const;
  for (const key of ['one', 'two', 'one', 'three']) kept.keep(key, { failure });
  expect(['one', 'two', 'three'].map((key) => kept.find(key) !== undefined)).toEqual([true, false, true]);
});
