import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonWith } from '../../builders/lab';
import { startNode } from '../../builders/programs';
import { missing, repositoryRoot } from '../../builders/requirements';
import { tone, writeWav } from '../../builders/sounds';

const python = pythonWith('numpy, scipy, sklearn, torch, onnx, onnxruntime');

describe.skipIf(!python)('the models lab', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'genregram-lab-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'trains on made-up audio and exports a model that the app loads and hears with',
    { timeout: 240_000 },
    async () => {
      const models = join(folder, 'models');
      const selftest = spawnSync(
        python!,
        [join(repositoryRoot, 'models/lab/selftest.py'), '--out', join(models, 'selftest')],
        { encoding: 'utf8' },
      );
      expect(selftest.stdout, selftest.stderr).toContain('self-test passed');

      const song = join(folder, 'song.wav');
      writeWav(song, tone(440), 7);
      const library = join(folder, 'library.db');
      const { stdout, stderr } = await startNode([
        join(repositoryRoot, 'out/main/cli.cjs'),
        ...['analyze', song, '--library', library, '--models', models, '--model', 'selftest', '--json'],
      ]).finished;
      const line = JSON.parse(stdout || '{}') as Record<string, unknown>;
      expect(line, stderr).toMatchObject({ status: 'ok', model: 'selftest@0.0.1', windows: 2 });
    },
  );

  const drawing = python && !missing('ffmpeg') ? pythonWith('matplotlib') : null;
  it.skipIf(!drawing)('draws results, compares recipes and changes sounds as it says', { timeout: 240_000 }, () => {
    const selftest = spawnSync(drawing!, [join(repositoryRoot, 'models/lab/selftest_results.py')], {
      encoding: 'utf8',
    });
    expect(selftest.stdout, selftest.stderr).toContain('self-test of the results passed');
  });
});
