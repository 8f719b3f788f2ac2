import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listModels, loadModel } from '../../../src/main/adapters/models';
import { modelPacks } from '../../../src/main/adapters/models/packs';
import { temporaryFolder } from '../../builders/backend';
import { moodPack, tinyMember, writeEnsemble } from '../../builders/model-packs';

type Json = Record<string, unknown>;

let folder: ReturnType<typeof temporaryFolder>;
let own: string;
beforeEach(() => {
  folder = temporaryFolder();
  own = join(folder.path, 'own');
  tinyMember(join(own, 'one'), 'one');
  tinyMember(join(own, 'two'), 'two', (manifest) => (manifest['version'] = '2.1.0'));
});
afterEach(() => folder.cleanUp());

const members = (manifest: Json): Json[] => (manifest['ensemble'] as { members: Json[] }).members;
const outputs = (manifest: Json): Json[] => manifest['outputs'] as Json[];
const problems = async () => (await listModels([own])).failures;

describe('an ensemble', () => {
  test('is a model as any other, after those that it is made of', async () => {
    const dir = writeEnsemble(join(own, 'a-first-by-name'));
    const { models, failures } = await listModels([own]);
    expect(failures).toEqual([]);
    expect(models.map(({ id }) => id)).toEqual(['one', 'two', 'both']);
    expect(models[2]).toMatchObject({
      dir,
      outputs: [{ name: 'genre', task: 'genre' }, { task: 'mood' }],
      ensemble: {
        rule: 'mean',
        members: [
          { id: 'one', version: '1.0.0', weight: 1 },
          { id: 'two', version: '2.1.0', weight: 3 },
        ],
      },
      together: { dirs: [join(own, 'one'), join(own, 'two')] },
    });
  });

  test('may be of moods alone, and of members that tell nothing else', async () => {
    moodPack(join(own, 'one'), 'one');
    moodPack(join(own, 'three'), 'three');
    writeEnsemble(join(own, 'both'), (m) => {
      members(m)[1]!['id'] = 'three';
      outputs(m).shift();
    });
    const { models, failures } = await listModels([own]);
    expect(failures).toEqual([]);
    expect(models.find(({ id }) => id === 'both')?.outputs.map(({ task }) => task)).toEqual(['mood']);
  });

  test('finds its members in another folder than its own', async () => {
    const elsewhere = join(folder.path, 'elsewhere');
    writeEnsemble(join(elsewhere, 'both'));
    expect((await listModels([elsewhere, own])).models.map(({ id }) => id)).toEqual(['one', 'two', 'both']);
  });

  test('matches labels by spelling, and genres by what they are kinds of', async () => {
    tinyMember(join(own, 'two'), 'two', (manifest) => {
      const labels = outputs(manifest)[0]!['labels'] as string[];
      outputs(manifest)[0]!['labels'] = labels.map((label) => (label === 'hip-hop' ? 'Hip Hop' : label)).reverse();
      outputs(manifest)[1]!['labels'] = ['Q1', 'Q2', 'Q3', 'Q4'];
    });
    writeEnsemble(join(own, 'both'));
    expect(await problems()).toEqual([]);
  });

  const wrong: [string, (manifest: Json) => void, string, RegExp][] = [
    ['no such member', (m) => (members(m)[1]!['id'] = 'three'), 'ensemble.members.1.id', /no model three\. Add its/],
    [
      'a member of another version',
      (m) => (members(m)[1]!['version'] = '2.0.0'),
      'ensemble.members.1.version',
      /asks for two 2\.0\.0, but 2\.1\.0 is installed/,
    ],
    ['itself', (m) => (members(m)[0]!['id'] = 'both'), 'ensemble.members.0.id', /the ensemble itself/],
    ['a member twice', (m) => (members(m)[1]!['id'] = 'one'), 'ensemble.members.1.id', /names one again/],
    ['one member', (m) => members(m).pop(), 'ensemble.members', /./],
    ['a weight of nothing', (m) => (members(m)[0]!['weight'] = 0), 'ensemble.members.0.weight', /./],
    ['a rule that is none', (m) => ((m['ensemble'] as Json)['rule'] = 'best'), 'ensemble.rule', /./],
    ['a field that is not known', (m) => ((m['ensemble'] as Json)['rules'] = 1), 'ensemble', /rules/],
    [
      'a label that a member has not',
      (m) => (outputs(m)[0]!['labels'] as string[]).push('polka'),
      'outputs.0.labels',
      /names polka, which the member one has no label for/,
    ],
    [
      'a label missing that a member gives',
      (m) => (outputs(m)[1]!['labels'] as string[]).pop(),
      'outputs.1.labels',
      /nothing that stands for calm, which the member one gives/,
    ],
    [
      'a task that no member has',
      (m) => outputs(m).push({ task: 'content', labels: ['music', 'speech'] }),
      'outputs.2.task',
      /none of the members/,
    ],
    ['a task twice', (m) => (outputs(m)[1]!['task'] = 'genre'), 'outputs.1.task', /names genre again/],
    [
      'neither genre nor mood',
      (m) => (m['outputs'] = [{ task: 'content', labels: ['music', 'speech'] }]),
      'outputs',
      /task genre or mood/,
    ],
    [
      'thresholds of genres',
      (m) => (outputs(m)[0]!['calibration'] = { thresholds: [0.5] }),
      'outputs.0.calibration.thresholds',
      /genre-wide/,
    ],
  ];
  test.each(wrong)('%s: the field is named', async (_, change, field, message) => {
    const dir = writeEnsemble(join(own, 'both'), change);
    const [problem, ...others] = await problems();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ dir, id: 'both', field });
    expect(problem?.message).toContain(`${join(dir, 'model.json')}: ${field}: `);
    expect(problem?.message).toMatch(message);
    expect(await modelPacks.inspect(dir, await listModels([own]))).toMatchObject({ ok: false, failure: { field } });
  });

  test('of an ensemble is refused, also in a circle', async () => {
    writeEnsemble(join(own, 'both'), (m) => (members(m)[1]!['id'] = 'round'));
    writeEnsemble(join(own, 'round'), (m) => {
      m['id'] = 'round';
      members(m)[1]!['id'] = 'both';
    });
    expect(await problems()).toMatchObject([
      { id: 'both', field: 'ensemble.members.1.id' },
      { id: 'round', field: 'ensemble.members.1.id' },
    ]);
    expect((await problems())[0]!.message).toMatch(/round, which is an ensemble itself; name its members/);
  });

  test('with a broken member says what is wrong with that', async () => {
    writeEnsemble(join(own, 'both'));
    writeFileSync(join(own, 'two', 'model.onnx'), 'altered');
    const [member, ensemble] = await problems();
    expect(member).toMatchObject({ id: 'two', code: 'model-hash-mismatch' });
    expect(ensemble).toMatchObject({ id: 'both', field: 'ensemble.members.1.id' });
    expect(ensemble?.message).toContain(member!.message);
  });

  test('has no weights: what loads weights says so', async () => {
    const dir = writeEnsemble(join(own, 'both'));
    const loaded = await loadModel(dir);
    expect(loaded).toMatchObject({ ok: false, failure: { field: 'ensemble', id: 'both' } });
  });

  test('is installed by its manifest and its papers', async () => {
    const dir = writeEnsemble(join(folder.path, 'pack'));
    writeFileSync(join(dir, 'CARD.md'), 'About it.');
    const report = await modelPacks.inspect(dir, await listModels([own]));
    expect(report).toMatchObject({ ok: true, value: { model: { id: 'both' }, derivedGenres: null } });
    expect(report.ok && report.value.windowSec).toBeCloseTo(2.992, 3);
    expect(await modelPacks.install(dir, own)).toEqual({ ok: true, value: { dir: join(own, 'both') } });
    expect(readdirSync(join(own, 'both')).sort()).toEqual(['CARD.md', 'model.json']);
    expect(JSON.parse(readFileSync(join(own, 'both', 'model.json'), 'utf8'))).toMatchObject({ id: 'both' });
    expect((await listModels([own])).failures).toEqual([]);
    rmSync(dir, { recursive: true });
    expect(existsSync(join(own, 'both', 'model.json'))).toBe(true);
  });

  test('another one of the same id in the folder is a problem', async () => {
    writeEnsemble(join(own, 'x'));
    writeEnsemble(join(own, 'y'));
    expect(await problems()).toMatchObject([{ id: 'both', field: 'id', dir: join(own, 'y') }]);
  });
});
