import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { CodedError } from '#shared/domain/failure';
import { listModels } from '../../../src/main/adapters/models';
import { analysed, codeOf, never, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { alteredModel, sha256, tinyModel } from '../../builders/audio';
import { tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const model = (name: string): string => join(folder.path, 'models', name);
type Json = Record<string, unknown>;
const input = (manifest: Json): Json => manifest['input'] as Json;
const output = (manifest: Json, i: number): Json => (manifest['outputs'] as Json[])[i]!;

afterAll(() => folder.remove());

describe('a model that is not as its manifest says', () => {
  const { service } = watchedAnalysis();
  afterEach(() => rmSync(join(folder.path, 'models'), { recursive: true, force: true }));
  const refusal = async (dir: string): Promise<CodedError> => {
    const error: unknown = await service.start({ modelDir: dir, provider: 'cpu' }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CodedError);
    return error as CodedError;
  };

  test('missing folder, missing onnx file', async () => {
    expect(await refusal(model('none'))).toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(model('none')) as string,
    });
    const dir = alteredModel(model('half'), () => undefined);
    rmSync(join(dir, 'model.onnx'));
    expect(await refusal(dir)).toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('model.onnx') as string,
    });
  });

  test('another hash: both are named', async () => {
    const dir = alteredModel(model('hash'), () => undefined);
    const bytes = Buffer.concat([readFileSync(join(dir, 'model.onnx')), Buffer.from([0])]);
    writeFileSync(join(dir, 'model.onnx'), bytes);
    const { code, message } = await refusal(dir);
    expect(code).toBe('model-hash-mismatch');
    expect(message).toContain(sha256(bytes));
    expect(message).toContain(sha256(readFileSync(join(tinyModel, 'model.onnx'))));
  });

  const wrong: [string, (manifest: Json) => void, RegExp][] = [
    ['no JSON schema', (m) => delete m['license'], /license/],
    ['window length', (m) => (input(m)['windowFrames'] = 200), /windowFrames.*200.*187/],
    ['layout', (m) => (input(m)['layout'] = 'NCMT'), /nMels, windowFrames/],
    ['input name', (m) => (input(m)['name'] = 'audio'), /input\.name.*audio/],
    ['band above the Nyquist frequency', (m) => (input(m)['fMax'] = 9000), /input\.fMax/],
    ['label count', (m) => (output(m, 0)['labels'] as string[]).pop(), /outputs\.0\.labels.*9 labels, size says 10/],
    [
      'size',
      (m) => ((output(m, 1)['labels'] as string[]).push('bored'), (output(m, 1)['size'] = 5)),
      /outputs\.1\.size.*5.*4/,
    ],
    ['output name', (m) => (output(m, 1)['name'] = 'feeling'), /outputs\.1\.name.*feeling/],
    [
      'neither genre nor mood',
      (m) => (m['outputs'] = [{ ...output(m, 0), task: 'embedding' }]),
      /outputs: none of them has the task genre, genre-wide or mood/,
    ],
  ];
  test.each(wrong)('%s: the field is named', async (_, change, message) => {
    const { code, message: actual } = await refusal(alteredModel(model('wrong'), change));
    expect(code).toBe('model-invalid');
    expect(actual).toMatch(message);
  });

  test('an onnx file that is none', async () => {
    const dir = alteredModel(model('noise'), (manifest) => (manifest['sha256'] = sha256(Buffer.from('no model'))));
    writeFileSync(join(dir, 'model.onnx'), 'no model');
    expect((await refusal(dir)).code).toBe('model-invalid');
  });
});

test('a model that gives no numbers fails the track and not the run', async () => {
  const bytes = readFileSync(join(tinyModel, 'model.onnx'));
  // The weights of the genre output: 96 x 10 floats as raw_data (field 9) of 3840 bytes.
  const at = bytes.indexOf(Buffer.from([0x4a, 0x80, 0x1e])) + 3;
  expect(at).toBeGreaterThan(3);
  for (let i = 0; i < 960; i++) bytes.writeUInt32LE(0x7fc0_0000, at + 4 * i);
  const dir = alteredModel(model('nan'), (manifest) => (manifest['sha256'] = sha256(bytes)));
  writeFileSync(join(dir, 'model.onnx'), bytes);
  writeWav(join(folder.path, 'tone.wav'), tone(440), 4);
  const { service } = watchedAnalysis();
  await service.start({ modelDir: dir, provider: 'cpu' });
  const ask = { path: join(folder.path, 'tone.wav'), plan: { kind: 'all' } } as const;
  expect(codeOf(await service.analyze(ask, never))).toBe('inference-invalid');
  await service.start({ modelDir: tinyModel, provider: 'cpu' });
  expect((await analysed(service, ask.path)).windows).toBe(1);
  await service.close();
});

test('models are listed with what is wrong with the others; the first of an id stands', async () => {
  const one = join(folder.path, 'one');
  const two = join(folder.path, 'two');
  alteredModel(join(one, 'tiny'), (manifest) => (manifest['name'] = 'Mine'));
  alteredModel(join(one, 'broken'), (manifest) => delete manifest['file']);
  alteredModel(join(two, 'tiny'), () => undefined);
  alteredModel(join(two, 'other'), (manifest) => (manifest['id'] = 'other'));
  const { models, failures } = await listModels([one, join(folder.path, 'absent'), two]);
  expect(models.map(({ id, name }) => [id, name])).toEqual([
    ['tiny-test', 'Mine'],
    ['other', 'Tiny test model'],
  ]);
  expect(models[0]!.dir).toBe(join(one, 'tiny'));
  expect(failures.map(({ code }) => code)).toEqual(['model-invalid']);
});

describe('providers', () => {
  const { service } = watchedAnalysis();
  afterAll(() => service.close());

  test('auto finds one that works, and the report says what was tried', async () => {
    const info = await service.start({ modelDir: tinyModel, provider: 'auto' });
    const report = await service.probe({ modelDir: tinyModel, provider: 'auto' });
    expect(report.providers.filter(({ state }) => state === 'in-use').map(({ name }) => name)).toEqual([info.provider]);
    for (const { detail } of report.providers) expect(detail).not.toBe('');
    expect(report.onnxruntime).toMatch(/^\d+\.\d+/);
    expect(report.decoders.map(({ name }) => name)).toEqual(['ffmpeg', 'built-in']);
  });

  test('one that is not compiled in is refused by name, never replaced in silence', async () => {
    await expect(service.start({ modelDir: tinyModel, provider: 'warp-drive' })).rejects.toMatchObject({
      code: 'provider-unavailable',
      message: expect.stringContaining('warp-drive') as string,
    });
  });

  test('without a model the report still comes, and says why nothing was tried', async () => {
    const { providers } = await service.probe({ modelDir: join(folder.path, 'nowhere'), provider: 'auto' });
    expect(providers.every(({ state, detail }) => state === 'failed' && /model\.json/.test(detail))).toBe(true);
  });
});
