import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEATURE_COLUMNS } from '../../../src/main/core/features';
import type { DescribeRequest } from '../../../src/main/ports';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

/** How files sound in numbers, through the contract: real files and a real walk, and a describer that is told of. */
let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
const asked: { request: DescribeRequest; options: unknown }[] = [];
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = temporaryFolder();
  writeSong(at('music', 'b.mp3'), { payload: [1] });
  writeSong(at('music', 'album', 'a.mp3'), { payload: [2] });
  writeFileSync(at('music', 'notes.txt'), 'no music');
  backend = await startBackend(at('library.sqlite'), {
    parts: {
      describer: {
        describe: (request, options, signal) => {
          asked.push({ request, options });
          if (request.path.endsWith('slow.mp3'))
            return new Promise((resolve) => {
              signal.addEventListener('abort', () =>
                resolve({ status: 'failed', code: 'cancelled', message: 'Cancelled.' }),
              );
            });
          return Promise.resolve({ status: 'failed', code: 'decode-failed', message: 'Broken.' });
        },
        close: () => Promise.resolve(),
      },
    },
  });
});
afterAll(async () => {
  await backend.close();
  folder.cleanUp();
});

describe('describing files', () => {
  it('finds music in folders, names files once, and tells what is not there', async () => {
    const { files, failures } = await backend.call('describe.find', {
      paths: [at('music'), at('music', 'b.mp3'), at('gone')],
    });
    expect(files).toEqual([at('music', 'album', 'a.mp3'), at('music', 'b.mp3')]);
    expect(failures).toMatchObject([{ path: at('gone'), code: 'not-found' }]);
  });

  it('asks for what was named, by the listening settings; a bad file is an answer, not an error', async () => {
    await backend.call('settings.setListening', { share: 'low' });
    const columns = ['tempo', 'rms_mean'];
    const path = at('music', 'b.mp3');
    expect(await backend.call('describe.file', { path, columns })).toMatchObject({
      status: 'failed',
      message: 'Broken.',
    });
    expect(asked).toMatchObject([{ request: { path, columns }, options: { share: 'low', timeoutMinutes: 30 } }]);
  });

  it('ends what a window has under way, and nothing of another', async () => {
    const slow = (window: string) =>
      backend.call('describe.file', { path: at('music', 'slow.mp3'), columns: ['tempo'], window });
    let isOver = false;
    const [own, too, other] = [slow('one'), slow('one'), slow('two').finally(() => (isOver = true))];
    await backend.call('describe.cancel', { window: 'one' });
    expect([await own, await too]).toMatchObject([{ code: 'cancelled' }, { code: 'cancelled' }]);
    expect(isOver).toBe(false);
    await backend.call('describe.cancel', { window: 'two' });
    expect(await other).toMatchObject({ status: 'failed', code: 'cancelled' });
  });

  it('knows its statistics, and refuses others by name before anything is decoded', async () => {
    expect((await backend.call('describe.columns', {})).columns).toEqual(FEATURE_COLUMNS);
    const before = asked.length;
    await expect(
      backend.call('describe.file', { path: at('music', 'b.mp3'), columns: ['tempo', 'loudness'] }),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('loudness') as string });
    expect(asked).toHaveLength(before);
  });
});
