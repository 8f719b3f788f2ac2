import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNode } from '../../builders/programs';
import { leftOut, repositoryRoot } from '../../builders/requirements';
import { tone, writeWav } from '../../builders/sounds';

/** Python to run the models lab with: $GENREGRAM_PYTHON, else python3. */
const python = process.env['GENREGRAM_PYTHON'] ?? 'python3';

function reasonToLeaveOut(): string | null {
  const needed = 'import numpy, scipy, sklearn, torch, onnx, onnxruntime';
  const tried = spawnSync(python, ['-c', needed], { stdio: 'ignore', timeout: 60_000 });
  if (tried.status === 0) return null;
  const reason = `${python} lacks the parts in models/lab/requirements.txt (GENREGRAM_PYTHON names another Python)`;
  leftOut(reason);
  return reason;
}

describe.skipIf(reasonToLeaveOut())('the models lab', () => {
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
        python,
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
});
