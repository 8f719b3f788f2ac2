import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonWith } from '../../builders/lab';
import { startNode } from '../../builders/programs';
import { repositoryRoot } from '../../builders/requirements';

/** By pack, how sure Python is of each label. */
type Expected = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Heard {
  readonly status: string;
  readonly mood: { readonly histogram: readonly { readonly label: string; readonly share: number }[] };
}

const python = pythonWith('numpy, scipy, sklearn, torch, onnx, onnxruntime, skl2onnx');

describe.skipIf(!python)('the published systems of the models lab', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'genregram-systems-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'a pack of each kind of input, and an ensemble of two, say in the app what they say in Python',
    { timeout: 300_000 },
    async () => {
      const selftest = spawnSync(python!, [join(repositoryRoot, 'models/lab/selftest_systems.py'), '--out', folder], {
        encoding: 'utf8',
      });
      expect(selftest.stdout, selftest.stderr).toContain('self-test of the systems passed');
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
      expect(Object.keys(expected)).toHaveLength(5);

      for (const [id, shares] of Object.entries(expected)) {
        const { stdout, stderr } = await startNode([
          join(repositoryRoot, 'out/main/cli.cjs'),
          ...['analyze', join(folder, 'sound.wav'), '--library', join(folder, `${id}.db`)],
          ...['--models', join(folder, 'packs'), '--model', id, '--json'],
        ]).finished;
        const heard = JSON.parse(stdout || '{}') as Heard;
        expect(heard, stderr).toMatchObject({ status: 'ok' });
        for (const { label, share } of heard.mood.histogram)
          expect(share, `${id}: ${label}`).toBeCloseTo(shares[label]!, 2);
      }
    },
  );
});
