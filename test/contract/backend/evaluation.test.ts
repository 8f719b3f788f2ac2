import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVALUATED_FROM } from '#shared/contract/audio';
import type { Evaluation, LabelSource } from '#shared/contract/evaluation';
import type { MethodInput } from '#shared/contract/methods';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import { confineTo } from '../../../src/main/backend/confinement';
import type { AnalysisService, FoundModel } from '../../../src/main/ports';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { createFakeAnalysis } from '../../builders/fake-analysis';
import { writeSong } from '../../builders/fake-files';

/** Real handlers, store and walk over labelled files; what is heard follows from each file's bytes. */
const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder.path, ...names);
const [BLUES, CLASSICAL, , , , , METAL] = [0, 1, 2, 3, 4, 5, 6];
/** A sure one, a less sure one, and one under the threshold at which the model names anything. */
const [SURE, FAIR, UNSURE] = [90, 60, 20];

const foundModel = (id: string, labels: readonly string[]): FoundModel => ({
  ...{ id, version: '1.0.0', name: `The ${id} model`, sha256: '0'.repeat(64), license: 'MIT', dir: `/models/${id}` },
  outputs: [{ name: 'genre', task: 'genre', labels }],
});
const MODELS = [foundModel('fake', CLASSIC_GENRES), foundModel('other', CLASSIC_GENRES)];

/** Two models: the second hears everything as metal. */
function twoModels(delayMs = 0): AnalysisService & { started: string[] } {
  const embeds = (payload: Uint8Array): Float32Array => Float32Array.from(payload.subarray(0, 3), (byte) => byte / 100);
  const fakes = MODELS.map(({ id, version }) => createFakeAnalysis({ model: { id, version }, embeds, delayMs }));
  fakes[1]!.hears = (payload) => [METAL, payload[1]!, payload[2]!];
  let present = fakes[0]!;
  const started: string[] = [];
  return {
    ...present,
    started,
    start: async (options) => {
      const index = MODELS.findIndex(({ dir }) => dir === options.modelDir);
      present = fakes[index]!;
      started.push(MODELS[index]!.id);
      return { ...(await present.start(options)), model: MODELS[index]! };
    },
    analyze: (request, signal) => present.analyze(request, signal),
  };
}

const listModels = () => Promise.resolve({ models: MODELS, failures: [] });

async function evaluate(
  backend: TestBackend,
  input: Omit<MethodInput<'evaluation.start'>, 'task'>,
): Promise<Evaluation> {
  const { jobId } = await backend.call('evaluation.start', { task: 'genre', ...input });
  const status = await backend.finished(jobId);
  if (status.failure) throw new Error(status.failure.message);
  return (await backend.call('evaluation.result', {}))!;
}

const byFolder = (): LabelSource => ({ kind: 'folder', path: at('sorted') });

describe('evaluation', () => {
  let backend: TestBackend;
  let analysis: ReturnType<typeof twoModels>;
  beforeAll(async () => {
    const song = (place: string, genre: number, percent: number, tags = {}): void => {
      writeSong(at('sorted', place), { payload: [genre, 0, percent], tags });
    };
    song('Blues/one.mp3', BLUES, SURE, { title: 'One', artist: 'Ada', genres: ['Classical'] });
    song('Blues/two.mp3', CLASSICAL, FAIR);
    song('classical/three.mp3', CLASSICAL, SURE);
    song('classical/four.mp3', METAL, UNSURE);
    song('METAL/five.mp3', METAL, SURE);
    song('polka/six.mp3', BLUES, SURE);
    analysis = twoModels();
    backend = await startBackend(at('library.sqlite'), { parts: { listModels, analysis } });
  });
  afterAll(async () => {
    await backend.close();
    folder.cleanUp();
  });

  it('tells what labels there are before anything is heard', async () => {
    const look = await backend.call('evaluation.look', { source: byFolder(), task: 'genre' });
    expect(look).toMatchObject({ files: 6, looked: 6, known: 5, unlabelled: 0, modelLabels: CLASSIC_GENRES });
    expect(look.labels).toContainEqual({ label: 'Blues', files: 2, known: true });
    expect(look.labels).toContainEqual({ label: 'polka', files: 1, known: false });
    const tags = await backend.call('evaluation.look', { source: { ...byFolder(), kind: 'tag' }, task: 'genre' });
    expect(tags).toMatchObject({ files: 6, known: 1, unlabelled: 5, labels: [{ label: 'Classical', files: 1 }] });
    expect(analysis.started).toEqual([]);
  });

  it('hears the files beside the library, and judges them by the folders that they lie in', async () => {
    const before = readFileSync(at('sorted/Blues/one.mp3'));
    const result = await evaluate(backend, { source: byFolder() });
    const [model] = result.models;
    expect(model).toMatchObject({
      ...{ model: 'fake@1.0.0', name: 'The fake model', n: 5, right: 3, accuracy: 0.6, top2: 0.8 },
      ...{ named: 4, namedRight: 3, strangers: [{ label: 'polka', count: 1 }] },
    });
    // Wilson's interval of 3 in 5.
    expect(model!.interval[0]).toBeCloseTo(0.2307, 4);
    expect(model!.interval[1]).toBeCloseTo(0.8824, 4);
    const cell = (truth: string, heard: string): number =>
      model!.matrix[model!.labels.indexOf(truth)]![model!.labels.indexOf(heard)]!;
    expect([cell('blues', 'classical'), cell('classical', 'metal'), cell('metal', 'metal')]).toEqual([1, 1, 1]);
    expect(model!.perClass.find(({ label }) => label === 'classical')).toMatchObject({
      ...{ precision: 0.5, recall: 0.5, support: 2 },
    });
    expect(model!.bins.reduce((sum, { tracks }) => sum + tracks, 0)).toBe(5);
    expect(model!.riskCoverage.at(-1)).toMatchObject({ coverage: 1, risk: 0.4 });

    expect(await backend.rows()).toEqual([]);
    expect(await backend.call('failures.list', {})).toEqual([]);
    expect(readFileSync(at('sorted/Blues/one.mp3'))).toEqual(before);
  });

  it('lists the tracks with label and verdict, their windows and embeddings, and lets each be heard', async () => {
    const { id } = await evaluate(backend, { source: byFolder() });
    const tracks = await backend.call('evaluation.tracks', { evaluation: id });
    const of = (name: string) => tracks.find(({ path }) => path.endsWith(name))!;
    expect(tracks).toHaveLength(5);
    expect(of('one.mp3')).toMatchObject({ title: 'One', artist: 'Ada', label: 'blues', durationSec: 6 });
    expect(of('one.mp3').id).toBeGreaterThanOrEqual(EVALUATED_FROM);
    expect(of('four.mp3').verdicts).toEqual([{ heard: 'metal', confidence: 0.2, abstained: true, isRight: false }]);
    const windows = await backend.call('evaluation.windows', { evaluation: id, trackId: of('two.mp3').id });
    expect(windows).toMatchObject({ windowSec: 3, startsSec: [0, 3], labels: CLASSIC_GENRES });
    const map = await backend.call('evaluation.embeddings', { evaluation: id });
    expect(map.ids).toEqual(tracks.map((track) => track.id));
    expect(Buffer.from(map.vectors, 'base64')).toHaveLength(map.dimensions * 5);

    const answer = await backend.playback.respond({ trackId: of('two.mp3').id, decoded: false, method: 'GET' });
    // The fake's files hold no audio: it is opened, looked at and said to be none, which another path would not come to.
    expect(answer.status).not.toBe(404);
    const gone = await backend.playback.respond({ trackId: EVALUATED_FROM - 1, decoded: false, method: 'GET' });
    expect(gone.status).toBe(404);
  });

  it('compares two models on the same tracks, and goes back to the chosen one', async () => {
    const result = await evaluate(backend, { source: byFolder(), against: 'other' });
    expect(result.models.map(({ model, right }) => [model, right])).toEqual([
      ['fake@1.0.0', 3],
      ['other@1.0.0', 1],
    ]);
    // McNemar's exact p of 2 against 0 is 2 * 0.5^2.
    expect(result.paired).toMatchObject({ n: 5, bothRight: 1, onlyFirst: 2, onlySecond: 0, bothWrong: 2, p: 0.5 });
    const tracks = await backend.call('evaluation.tracks', { evaluation: result.id });
    expect(tracks[0]!.verdicts.map((verdict) => verdict?.isRight)).toEqual([true, false]);

    writeSong(at('own', 'a.mp3'), { payload: [BLUES, 0, SURE] });
    await backend.job('jobs.scan', { paths: [at('own')] });
    expect(analysis.started.slice(-2)).toEqual(['other', 'fake']);
    expect((await backend.rows())[0]?.genre?.top).toBe('blues');
  });

  it('takes labels from a table and by a column of another name; exports what the command line would', async () => {
    writeFileSync(
      at('labels.csv'),
      'file,style\nsorted/Blues/one.mp3,Blues\nsorted/none.mp3,metal\nsorted/METAL/five.mp3,\n',
    );
    const source = { kind: 'table', path: at('labels.csv'), column: 'style' } as const;
    const look = await backend.call('evaluation.look', { source: { kind: 'table', path: source.path }, task: 'genre' });
    expect(look).toMatchObject({ columns: ['file', 'style'], column: null, files: 2, failed: 1 });
    expect(look.failure).toMatchObject({ path: at('sorted/none.mp3'), code: 'not-found' });
    const result = await evaluate(backend, { source });
    expect(result).toMatchObject({ failed: 1, failures: [{ code: 'not-found', path: at('sorted/none.mp3') }] });
    expect(result.models[0]).toMatchObject({ n: 1, right: 1 });
    const { text } = await backend.call('evaluation.export', { evaluation: result.id, form: 'csv' });
    const path = at('sorted/Blues/one.mp3');
    expect(text).toBe(
      `model,task,path,label,heard,confidence,abstained,right\r\nfake@1.0.0,genre,${path},blues,blues,0.9,false,true\r\n`,
    );
    const page = await backend.call('evaluation.export', { evaluation: result.id, form: 'html' });
    expect(page.text).toContain('<h1>How right it is</h1>');
    await expect(backend.call('evaluation.tracks', { evaluation: result.id - 1 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('says in plain words why there is nothing to judge', async () => {
    const wrong = (input: MethodInput<'evaluation.start'>) => evaluate(backend, input);
    const source = { kind: 'folder', path: at('sorted', 'polka') } as const;
    await expect(wrong({ source, task: 'genre' })).rejects.toThrow(
      /Found: polka\. The model knows: blues, .*folders of such names/,
    );
    await expect(wrong({ source: { ...source, kind: 'tag' }, task: 'genre' })).rejects.toThrow('names of folders');
    await expect(wrong({ source: { ...source, kind: 'tag' }, task: 'content' })).rejects.toThrow(
      'say nothing of content',
    );
    const none = { ...source, path: at('sorted', 'none') };
    await expect(wrong({ source: none, task: 'genre' })).rejects.toThrow("can't be found");
    await expect(wrong({ source, task: 'genre', model: 'absent' })).rejects.toMatchObject({ code: 'model-missing' });
    await expect(wrong({ source, task: 'genre', against: 'fake' })).rejects.toThrow('the same one');
    await expect(wrong({ source, task: 'genre', plan: 'few' })).rejects.toThrow('no window plan');
  });

  it('is cancelled at once, keeps the last result, and lets nothing else begin meanwhile', async () => {
    const slow = twoModels(20_000);
    const other = await startBackend(at('slow.sqlite'), { parts: { listModels, analysis: slow } });
    const { jobId } = await other.call('evaluation.start', { source: byFolder(), task: 'genre' });
    await expect(other.call('jobs.scan', { paths: [at('own')] })).rejects.toMatchObject({ code: 'busy' });
    await other.call('jobs.cancel', { jobId });
    expect((await other.finished(jobId)).state).toBe('cancelled');
    expect(await other.call('evaluation.result', {})).toBeNull();
    await other.close();
  });

  it('confined to a folder, neither hears nor tells of what a table or a link names outside', async () => {
    const inside = at('shared');
    writeSong(join(inside, 'blues', 'in.mp3'), { payload: [BLUES, 0, SURE] });
    symlinkSync(at('sorted', 'METAL', 'five.mp3'), join(inside, 'blues', 'out.mp3'));
    const table = join(inside, 'labels.csv');
    writeFileSync(
      table,
      `file,genre\nblues/in.mp3,blues\n${at('sorted/METAL/five.mp3')},metal\n${at('absent.mp3')},metal\n`,
    );
    const parts = { listModels, analysis: twoModels(), confinement: await confineTo([inside]) };
    const served = await startBackend(at('served.sqlite'), { parts });
    const codes = async (source: LabelSource): Promise<string[]> =>
      (await evaluate(served, { source })).failures.map(({ code }) => code);
    expect(await codes({ kind: 'table', path: table })).toEqual(['permission-denied', 'permission-denied']);
    expect((await served.call('evaluation.result', {}))?.models[0]?.n).toBe(1);
    expect(await codes({ kind: 'folder', path: inside })).toEqual(['link-refused']);
    await expect(served.call('evaluation.look', { source: byFolder(), task: 'genre' })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await served.close();
  });
});
