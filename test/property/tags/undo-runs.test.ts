import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MethodInput } from '#shared/contract/methods';
import { createTagWriter } from '../../../src/main/adapters/tags';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { comments, flac, padding } from '../../builders/tags-flac';
import { apev2, bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const values = fc.subarray(['Rock', 'Jazz', 'Drum & Bass', 'Ελληνικά', 'a genre that is longer than the padding is']);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ genres: values, moods: values, only: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.constant('undo the newest run' as const) },
  { weight: 2, arbitrary: fc.nat(20) },
  { weight: 1, arbitrary: fc.constant('back to day 0' as const) },
);

/** Files of different makes in a folder of their own, with a backend that writes them. */
async function bench() {
  const folder = temporaryFolder();
  const music = join(folder.path, 'music');
  mkdirSync(music);
  const files = new Map<string, Uint8Array>([
    [join(music, 'a.mp3'), bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 9 }), silentMp3(), id3v1(8))],
    [join(music, 'b.mp3'), bytes(silentMp3(), apev2({ Title: ['t'], Genre: ['Pop', 'Folk'] }))],
    [join(music, 'c.flac'), flac([comments(['TITLE=Aria', 'genre=Opera', 'GENRE=Aria']), padding(12)])],
  ]);
  for (const [path, content] of files) writeFileSync(path, content);
  const backend = await startBackend(join(folder.path, 'library.db'), { parts: { tagWriter: createTagWriter() } });
  return { files, backend, cleanUp: folder.cleanUp };
}

async function write(backend: TestBackend, paths: string[], change: MethodInput<'write.planFiles'>['change']) {
  const { planId } = await backend.call('write.planFiles', { paths, change });
  const { jobId } = await backend.call('write.apply', { planId });
  await backend.finished(jobId);
}

describe('writes and undos in any order', () => {
  it(
    'lead back exactly from the newest run, and from all of them to the first byte',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
          const { files, backend, cleanUp } = await bench();
          const paths = [...files.keys()];
          const contents = () => new Map(paths.map((path) => [path, readFileSync(path, 'latin1')]));
          const before = new Map<number, Map<string, string>>();
          const undo = async (input: MethodInput<'write.undo'>): Promise<void> => {
            // Nothing may be left to undo; then nothing changes.
            await backend.undo(input).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'undo-unavailable' });
            });
          };
          try {
            for (const each of steps) {
              const now = contents();
              const [newest] = await backend.call('write.history', {});
              if (each === 'back to day 0') await undo({ all: true });
              else if (each === 'undo the newest run') {
                if (newest) await undo({ runId: newest.id });
              } else if (typeof each === 'number') {
                if (newest) await undo({ runId: 1 + (each % newest.id) });
              } else {
                const { only, ...change } = each;
                await write(backend, only < 3 ? [paths[only]!] : paths, change);
              }
              const [run] = await backend.call('write.history', {});
              if (run && run.id !== newest?.id) before.set(run.id, now);
              if (each === 'undo the newest run' && newest && newest.undone === 0)
                for (const file of await backend.call('write.results', { runId: newest.id }))
                  if (file.status === 'written')
                    expect(readFileSync(file.path, 'latin1')).toBe(before.get(newest.id)?.get(file.path));
            }
            await undo({ all: true });
            expect((await backend.call('write.undoable', {})).files).toBe(0);
            for (const [path, content] of files)
              expect(readFileSync(path, 'latin1')).toBe(Buffer.from(content).toString('latin1'));
          } finally {
            await backend.close();
            cleanUp();
          }
        }),
        { numRuns: 25 },
      );
    },
  );
});
