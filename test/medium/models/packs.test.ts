import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listModels, loadModel } from '../../../src/main/adapters/models';
import { modelPacks } from '../../../src/main/adapters/models/packs';
import { createSession } from '../../../src/main/adapters/onnx/session';
import { tryModel } from '../../../src/main/adapters/onnx/model-trial';
import { alteredModel, largestDifference, sha256, tinyModel } from '../../builders/audio';
import { temporaryFolder } from '../../builders/backend';
import { writeSidecarPack } from '../../builders/model-packs';
import { readNpz } from '../../builders/npz';
import { missing, sharedFolder } from '../../builders/requirements';

let folder: ReturnType<typeof temporaryFolder>;
let own: string;
beforeEach(() => {
  folder = temporaryFolder();
  own = join(folder.path, 'own');
});
afterEach(() => folder.cleanUp());

const at = (name: string): string => join(folder.path, name);
const problemOf = async (dir: string) => {
  const result = await modelPacks.inspect(dir, { models: [], failures: [] });
  expect(result.ok).toBe(false);
  return result.ok ? null : result.failure;
};
type Json = Record<string, unknown>;

describe('a sidecar of another format', () => {
  test('becomes a manifest, and the report says from what', async () => {
    const dir = writeSidecarPack(at('pack'), () => undefined);
    const loaded = await loadModel(dir);
    if (!loaded.ok) throw new Error(loaded.failure.message);
    expect(loaded.value.manifest).toMatchObject({
      id: 'tiny-tagger',
      file: 'model.onnx',
      input: {
        layout: 'NCTM',
        window: 'hann-symmetric',
        winLength: 400,
        preEmphasis: 0.97,
        melScale: 'kaldi',
        melNorm: 'none',
        compression: 'ln-1e-5',
        normalisation: { add: 4.5, divide: 5 },
        windowFrames: 187,
      },
      outputs: [{ name: 'genre', task: 'genre-wide', activation: 'logits-sigmoid', size: 10 }],
    });
    const { takenOver } = loaded.value;
    expect(takenOver).toContain('frontend.preemphasis: y[t] = x[t+1] - 0.97*x[t] -> 0.97');
    expect(takenOver).toContain('frontend.melNorm: none -> none');
  });

  test('other weights without a version are another version', async () => {
    const versions = ['aa', 'bb'].map(async (digits, i) => {
      const dir = writeSidecarPack(at(`pack-${i}`), (sidecar) => {
        (sidecar['model'] as Json)['sha256'] = digits.repeat(32);
      });
      const failure = await problemOf(dir);
      return failure?.code;
    });
    expect(await Promise.all(versions)).toEqual(['model-hash-mismatch', 'model-hash-mismatch']);
    const [one, two] = await Promise.all(
      ['x', 'y'].map(async (letter) => {
        const dir = writeSidecarPack(at(letter), (sidecar) => {
          const bytes = Buffer.concat([readFileSync(join(tinyModel, 'model.onnx')), Buffer.from(letter)]);
          writeFileSync(join(at(letter), 'model.onnx'), bytes);
          (sidecar['model'] as Json)['sha256'] = sha256(bytes);
        });
        const loaded = await loadModel(dir);
        return loaded.ok ? loaded.value.manifest.version : loaded.failure.message;
      }),
    );
    expect(one).toMatch(/^0\.0\.\d+$/);
    expect(two).toMatch(/^0\.0\.\d+$/);
    expect(one).not.toBe(two);
  });

  const wrong: [string, (sidecar: Json) => void, string][] = [
    ['a window not known', (s) => ((s['frontend'] as Json)['window'] = 'hamming'), 'frontend.window'],
    ['a normalisation not known', (s) => ((s['frontend'] as Json)['normalize'] = 'per band'), 'frontend.normalize'],
    ['a pre-emphasis not known', (s) => ((s['frontend'] as Json)['preemphasis'] = 'some'), 'frontend.preemphasis'],
    ['no centring', (s) => ((s['frontend'] as Json)['center'] = false), 'frontend.center'],
    ['another task', (s) => (s['task'] = 'beat tracking'), 'task'],
    ['a field that is missing', (s) => delete (s['patch'] as Json)['frames'], 'patch.frames'],
    ['a path as the file', (s) => ((s['model'] as Json)['file'] = '../model.onnx'), 'file'],
    ['labels that name no genres', (s) => (s['classes'] = [...'abcdefghij']), 'outputs.0.labelMap'],
  ];
  test.each(wrong)('%s: refused by the name of the field', async (_, change, field) => {
    const failure = await problemOf(writeSidecarPack(at('pack'), change));
    expect(failure).toMatchObject({ code: 'model-invalid', field, dir: at('pack'), id: 'tiny-tagger' });
    expect(failure?.message).toContain(`${join(at('pack'), 'model.json')}: ${field}: `);
    expect(failure?.message).toMatch(/; correct it or fetch the model again\.$/);
  });
});

describe('a manifest of ours', () => {
  const input = (manifest: Json): Json => manifest['input'] as Json;
  const wrong: [string, (manifest: Json) => void, string][] = [
    ['a mel scale not known', (m) => (input(m)['melScale'] = 'bark'), 'input.melScale'],
    ['a field not known', (m) => (input(m)['preemphasis'] = 0.97), 'input'],
    ['a window longer than the transform', (m) => (input(m)['winLength'] = 1024), 'input.winLength'],
    ['Kaldi bands with a norm', (m) => (input(m)['melScale'] = 'kaldi'), 'input.melNorm'],
    ['a path as the file', (m) => (m['file'] = '../../model.onnx'), 'file'],
    ['an id that is a path', (m) => (m['id'] = '../up'), 'id'],
    [
      'a label map of strangers',
      (m) => ((m['outputs'] as Json[])[0]!['labelMap'] = { polka: 'folk' }),
      'outputs.0.labelMap',
    ],
  ];
  test.each(wrong)('%s: the field is named', async (_, change, field) => {
    expect(await problemOf(alteredModel(at('pack'), change))).toMatchObject({ code: 'model-invalid', field });
  });

  test('missing and altered files', async () => {
    expect(await problemOf(at('nowhere'))).toMatchObject({ code: 'model-missing', id: null });
    const dir = alteredModel(at('pack'), () => undefined);
    writeFileSync(join(dir, 'model.onnx'), 'altered');
    expect(await problemOf(dir)).toMatchObject({ code: 'model-hash-mismatch', id: 'tiny-test', field: 'sha256' });
    rmSync(join(dir, 'model.onnx'));
    expect(await problemOf(dir)).toMatchObject({ code: 'model-missing', field: 'file' });
    writeFileSync(join(dir, 'model.json'), '{');
    expect(await problemOf(dir)).toMatchObject({ code: 'model-invalid', field: null });
  });
});

describe('installing', () => {
  test('copies what was checked and its papers, in our format, and takes an older one’s place', async () => {
    const dir = writeSidecarPack(at('pack'), () => undefined);
    writeFileSync(join(dir, 'LICENSE'), 'Terms.');
    writeFileSync(join(dir, 'notes.bin'), 'not wanted');
    const installed = await modelPacks.install(dir, own);
    expect(installed).toEqual({ ok: true, value: { dir: join(own, 'tiny-tagger') } });
    expect(readdirSync(own)).toEqual(['tiny-tagger']);
    expect(readdirSync(join(own, 'tiny-tagger')).sort()).toEqual(['LICENSE', 'model.json', 'model.onnx']);
    const { models, failures } = await listModels([own]);
    expect(failures).toEqual([]);
    expect(models).toMatchObject([{ id: 'tiny-tagger', license: 'MIT' }]);

    writeFileSync(join(own, 'tiny-tagger', 'old.txt'), '');
    await modelPacks.install(dir, own);
    expect(existsSync(join(own, 'tiny-tagger', 'old.txt'))).toBe(false);
    expect(readdirSync(own)).toEqual(['tiny-tagger']);
  });

  test('a broken pack leaves nothing behind; a folder that is a file is said', async () => {
    const broken = writeSidecarPack(at('broken'), (sidecar) => delete sidecar['license']);
    expect(await modelPacks.install(broken, own)).toMatchObject({ ok: false, failure: { field: 'license' } });
    expect(existsSync(own)).toBe(false);
    writeFileSync(own, 'a file');
    const sound = writeSidecarPack(at('sound'), () => undefined);
    expect(await modelPacks.install(sound, own)).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
    expect(readFileSync(own, 'utf8')).toBe('a file');
  });

  test('removal deletes only what lies in the folder itself', async () => {
    const dir = writeSidecarPack(join(own, 'pack'), () => undefined);
    for (const elsewhere of [at('pack'), own, join(own, 'pack', 'deeper')])
      expect(await modelPacks.remove(elsewhere, own)).toMatchObject({ ok: false, failure: { code: 'invalid-input' } });
    expect(existsSync(dir)).toBe(true);
    expect(await modelPacks.remove(dir, own)).toEqual({ ok: true, value: null });
    expect(existsSync(dir)).toBe(false);
  });

  test('a linked folder is unlinked, and what it leads to stays', async () => {
    const dir = writeSidecarPack(at('linked'), () => undefined);
    mkdirSync(own);
    symlinkSync(dir, join(own, 'linked'));
    expect((await modelPacks.remove(join(own, 'linked'), own)).ok).toBe(true);
    expect(existsSync(join(dir, 'model.onnx'))).toBe(true);
  });
});

describe('the list', () => {
  test('two packs of one id in one folder: the second is a problem that names the first', async () => {
    alteredModel(join(own, 'a'), () => undefined);
    alteredModel(join(own, 'b'), () => undefined);
    const { models, failures } = await listModels([own]);
    expect(models.map(({ dir }) => dir)).toEqual([join(own, 'a')]);
    expect(failures).toMatchObject([{ id: 'tiny-test', field: 'id', dir: join(own, 'b') }]);
    expect(failures[0]?.message).toContain(join(own, 'a'));
  });

  test('a broken pack keeps its id: the bundled model of that id does not stand in for it', async () => {
    const dir = alteredModel(join(own, 'mine'), () => undefined);
    writeFileSync(join(dir, 'model.onnx'), 'altered');
    alteredModel(at('bundled/tiny'), () => undefined);
    const { models, failures } = await listModels([own, at('bundled')]);
    expect(models).toEqual([]);
    expect(failures).toMatchObject([{ id: 'tiny-test', dir }]);
  });
});

describe('a trial run', () => {
  const trial = async (dir: string): Promise<string> => {
    const loaded = await loadModel(dir);
    if (!loaded.ok) return loaded.failure.message;
    return tryModel(loaded.value, 1).then(
      ({ msPerWindow }) => (msPerWindow > 0 ? 'works' : 'no time'),
      (error: unknown) => (error as Error).message,
    );
  };

  test('works for the tiny model, and through a sidecar', async () => {
    expect(await trial(tinyModel)).toBe('works');
    expect(await trial(writeSidecarPack(at('pack'), () => undefined))).toBe('works');
  });

  test('finds probabilities that are none, a wrong label count, and a file that is no graph', async () => {
    const claims = alteredModel(at('claims'), (manifest) => {
      (manifest['outputs'] as Json[])[0]!['activation'] = 'softmax';
    });
    expect(await trial(claims)).toMatch(/outputs\.0\.activation: is softmax, but/);
    const count = writeSidecarPack(at('count'), (sidecar) => (sidecar['classes'] as string[]).pop());
    expect(await trial(count)).toMatch(/outputs\.0\.size: the manifest says .*9.*10/);
    const noise = alteredModel(at('noise'), (manifest) => (manifest['sha256'] = sha256(Buffer.from('no graph'))));
    writeFileSync(join(noise, 'model.onnx'), 'no graph');
    expect(await trial(noise)).toMatch(/file: model\.onnx can't be loaded/);
    const shape = writeSidecarPack(at('shape'), (sidecar) => ((sidecar['patch'] as Json)['frames'] = 100));
    expect(await trial(shape)).toMatch(/input\.windowFrames, nMels: the manifest says .*100.*187/);
  });
});

describe.skipIf(missing('shared-data'))('real packs of others', () => {
  test.each([
    ['msd-musicnn', 'tags'],
    ['mn04-audioset', 'scores'],
  ])('%s gives the outputs that its makers give', async (pack, output) => {
    const dir = join(sharedFolder, 'data/packs', pack);
    const loaded = await loadModel(dir);
    if (!loaded.ok) throw new Error(loaded.failure.message);
    const check = readNpz(join(dir, 'check.npz'));
    const input = check.get('logmel')!;
    const expected = check.get(output)!;
    const mel = loaded.value.manifest.input;
    if (mel.kind !== 'mel') throw new Error(`${pack} takes ${mel.kind}`);
    const { nMels, layout } = mel;
    const [count = 0] = input.shape;
    const length = input.data.length / count;
    // The check vectors may be shorter than the window; the graph takes any length.
    const manifest = {
      ...loaded.value.manifest,
      input: { ...mel, windowFrames: length / nMels },
    };
    expect(layout === 'NCTM' ? input.shape.at(-1) : input.shape.at(-2)).toBe(nMels);
    const session = await createSession({ ...loaded.value, manifest }, 'cpu', 1);
    const windows = Array.from({ length: count }, (_, i) => input.data.subarray(i * length, (i + 1) * length));
    const { [output]: actual } = await session.run(windows, [output]);
    expect(largestDifference(actual!, expected.data)).toBeLessThan(1e-4);
    await session.release();
  });
});
