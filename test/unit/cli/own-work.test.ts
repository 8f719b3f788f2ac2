import { describe, expect, it } from 'vitest';
import { describeFiles } from '../../../src/main/hosts/cli/describe-files';
import { createOwnWork } from '../../../src/main/hosts/cli/own-work';
import type { WorkStatus } from '../../../src/main/hosts/cli/progress-lines';

/** What is told of describing two files, of which the second is bad, by a command that stops after so many. */
async function toldOf(stopAfter: number, aborted = false): Promise<{ told: WorkStatus[]; paths: string[] }> {
  const told: WorkStatus[] = [];
  const abort = new AbortController();
  if (aborted) abort.abort();
  const session = {
    client: {
      call: (_: string, { path }: { path: string }) =>
        Promise.resolve(
          path === 'bad.mp3'
            ? { status: 'failed', code: 'decode-failed', message: 'Broken.' }
            : { status: 'ok', durationSec: 1, values: [1], warnings: [] },
        ),
    },
    signal: abort.signal,
    count: (kind: 'describe', files: number) => createOwnWork(kind, files, (status) => told.push(status)),
  } as unknown as Parameters<typeof describeFiles>[0];
  const paths: string[] = [];
  for await (const { path } of describeFiles(session, ['a.mp3', 'bad.mp3'], ['tempo'])) {
    paths.push(path);
    if (paths.length === stopAfter) break;
  }
  return { told, paths };
}

describe('describing files on the command line', () => {
  it('tells how far it is, from nothing to all', async () => {
    const { told, paths } = await toldOf(2 + 1);
    expect(paths).toEqual(['a.mp3', 'bad.mp3']);
    expect(told.map(({ state, done, failed, current }) => [state, done, failed, current])).toEqual([
      ['running', 0, 0, null],
      ['running', 1, 0, 'a.mp3'],
      ['running', 2, 1, 'bad.mp3'],
      ['done', 2, 1, null],
    ]);
    expect(told.every(({ kind, total }) => kind === 'describe' && total === 2)).toBe(true);
    expect(told.map(({ finishedAt }) => finishedAt !== null)).toEqual([false, false, false, true]);
  });

  it('ends what it tells also where it is not gone through, or stopped', async () => {
    expect((await toldOf(1)).told.at(-1)).toMatchObject({
      state: 'failed',
      done: 1,
      finishedAt: expect.any(Number) as number,
    });
    await expect(toldOf(2, true)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
