import { readdirSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { SHARES } from '#shared/domain/listening';
import { canRaisePriority, loadOf, takePriority } from '../../../src/main/analysis/load';

const { PRIORITY_LOW, PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

describe('a share of the machine', () => {
  it.each([
    ['low', 16, { workers: 1, threads: 1, priority: PRIORITY_LOW }],
    ['half', 16, { workers: 8, threads: 4, priority: PRIORITY_BELOW_NORMAL }],
    ['half', 4, { workers: 2, threads: 1, priority: PRIORITY_BELOW_NORMAL }],
    ['half', 1, { workers: 1, threads: 1, priority: PRIORITY_BELOW_NORMAL }],
    ['most', 4, { workers: 4, threads: 2, priority: PRIORITY_BELOW_NORMAL }],
    ['most', 1, { workers: 2, threads: 1, priority: PRIORITY_BELOW_NORMAL }],
    ['all', 4, { workers: 4, threads: 2, priority: PRIORITY_NORMAL }],
  ] as const)('%s of %d cores', (share, cores, load) => {
    expect(loadOf({ share }, cores, true)).toEqual(load);
  });

  it('is by default most of it', () => {
    expect(loadOf({}, 6, true)).toEqual(loadOf({ share: 'most' }, 6, true));
  });

  it('steps back in priority while the window is in front, and to no more workers', () => {
    const front = (share: (typeof SHARES)[number]) => loadOf({ share, inFront: true }, 8, true);
    expect(SHARES.map((share) => front(share).priority)).toEqual([
      PRIORITY_LOW,
      PRIORITY_LOW,
      PRIORITY_LOW,
      PRIORITY_BELOW_NORMAL,
    ]);
    for (const share of SHARES) expect(front(share).workers).toBe(loadOf({ share }, 8, true).workers);
  });

  it('steps back in workers where a priority can not be raised again', () => {
    expect(loadOf({ share: 'most', inFront: true }, 8, false)).toEqual({ ...loadOf({ share: 'most' }, 8), workers: 6 });
    expect(loadOf({ share: 'low', inFront: true }, 8, false)).toEqual(loadOf({ share: 'low' }, 8));
  });
});

describe.skipIf(process.platform !== 'linux' || !canRaisePriority())('the priority of a process', () => {
  it('is that of all its threads, also of those that run already, and can be taken back', async () => {
    const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => undefined)', {
      eval: true,
    });
    await new Promise((resolve) => worker.once('online', resolve));
    const priorities = () => new Set(readdirSync('/proc/self/task').map((id) => getPriority(Number(id))));
    const before = getPriority();
    try {
      takePriority(before + 3);
      expect(priorities()).toEqual(new Set([before + 3]));
      takePriority(before);
      expect(priorities()).toEqual(new Set([before]));
    } finally {
      await worker.terminate();
    }
  });
});
