import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FfmpegLog } from '../../../src/main/adapters/decoders/ffmpeg-log';
import { withoutStall } from '../../../src/main/adapters/decoders/stall';
import { Credit } from '../../../src/main/analysis/credit';
import { InferenceQueue } from '../../../src/main/analysis/inference-queue';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { WorkerPool } from '../../../src/main/analysis/worker-pool';

const never = new AbortController().signal;

describe('credit', () => {
  test('holds back what has not been paid for', async () => {
    const credit = new Credit(2);
    await credit.take(never);
    await credit.take(never);
    let taken = false;
    const third = credit.take(never).then(() => (taken = true));
    await new Promise(setImmediate);
    expect(taken).toBe(false);
    credit.add(1);
    await third;
    expect(taken).toBe(true);
  });

  test('who waits for it can be cancelled', async () => {
    const controller = new AbortController();
    const taking = new Credit(0).take(controller.signal);
    controller.abort();
    await expect(taking).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the inference queue', () => {
  const windowOf = (value: number, log: string[], wanted = true): Parameters<InferenceQueue['push']>[0] => ({
    data: Float32Array.of(value),
    wanted: () => wanted,
    left: () => log.push(`left ${value}`),
    deliver: (rows) => log.push(`${value}: ${[...rows['out']!].join()}`),
    fail: (error) => log.push(`${value}: ${String(error)}`),
  });

  test('gives each window its own row, batches across tracks, and skips what nobody wants', async () => {
    const batches: number[] = [];
    const log: string[] = [];
    const queue = new InferenceQueue((windows) => {
      batches.push(windows.length);
      return Promise.resolve({ out: Float32Array.from(windows.flatMap(([value]) => [value!, 10 * value!])) });
    }, 3);
    for (let value = 1; value <= 5; value++) queue.push(windowOf(value, log, value !== 2));
    while (log.length < 9) await new Promise(setImmediate);
    expect(batches).toEqual([2, 2]);
    expect(log.filter((line) => line.includes(':'))).toEqual(['1: 1,10', '3: 3,30', '4: 4,40', '5: 5,50']);
    expect(log.filter((line) => line.startsWith('left'))).toHaveLength(5);
  });

  test('a failed batch fails its windows and not the next batch', async () => {
    const log: string[] = [];
    let first = true;
    const queue = new InferenceQueue(([window]) => {
      if (!first) return Promise.resolve({ out: window! });
      first = false;
      return Promise.reject(new Error('lost'));
    }, 1);
    queue.push(windowOf(1, log));
    queue.push(windowOf(2, log));
    while (log.length < 4) await new Promise(setImmediate);
    expect(log.filter((line) => line.includes(':'))).toEqual(['1: Error: lost', '2: 2']);
  });
});

describe('the worker pool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'worker.cjs');
  // Does what the path says.
  writeFileSync(
    program,
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', (message) => {
       if (message.type !== 'decode') return;
       if (message.request.path === 'exit') process.exit(1);
       if (message.request.path === 'throw') throw new Error('wasm trap');
       parentPort.postMessage({ type: 'done', job: message.job, result: { path: message.request.path } });
     });`,
  );

  test('a worker that crashes costs its job and is replaced', async () => {
    const settled = new Map<number, string>();
    const pool = new WorkerPool(
      program,
      {
        decoders: { ffmpeg: null, forced: null },
        input: { ...DEFAULT_MEL, kind: 'mel', windowFrames: 187, layout: 'NCTM' },
        credit: 48,
      },
      1,
      {
        started: () => undefined,
        windows: () => undefined,
        done: (job) => settled.set(job, 'done'),
        failed: (job, { code, message }) => settled.set(job, `${code}: ${message}`),
      },
    );
    ['fine', 'exit', 'fine', 'throw', 'fine'].forEach((path, job) => pool.submit(job, { path, plan: { kind: 'all' } }));
    while (settled.size < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    await pool.close();
    expect([0, 2, 4].map((job) => settled.get(job))).toEqual(['done', 'done', 'done']);
    expect(settled.get(1)).toMatch(/^decode-failed: The decoder ended unexpectedly/);
    expect(settled.get(3)).toMatch(/^decode-failed: The decoder crashed \(wasm trap\)/);
  });
});

describe('a decoder that gives nothing', () => {
  test('is not waited for for ever', async () => {
    await expect(withoutStall(new Promise(() => undefined), 20)).rejects.toMatchObject({ code: 'decode-timeout' });
    expect(await withoutStall(Promise.resolve(7), 20)).toBe(7);
  });
});

describe('what ffmpeg says', () => {
  const heard = (...lines: string[]): FfmpegLog => {
    const log = new FfmpegLog();
    // In pieces, as a pipe gives them.
    for (const piece of (lines.join('\n') + '\n').match(/[\s\S]{1,7}/g)!) log.add(piece);
    return log;
  };

  test('the duration of the headers', () => {
    expect(heard('[info]   Duration: 01:02:03.50, start: 0.0, bitrate: 128 kb/s').declaredSec).toBe(3723.5);
    expect(heard('[info]   Duration: N/A, bitrate: N/A').declaredSec).toBeNull();
  });

  test('one that is only guessed from the bit rate is none', () => {
    const log = heard(
      '[mp3 @ 0x1] [warning] Estimating duration from bitrate, this may be inaccurate',
      '[info]   Duration: 00:00:10.00, start: 0',
    );
    expect(log.declaredSec).toBeNull();
  });

  test('errors become one sentence without the path', () => {
    const log = heard('[fatal] file:/music/a b.mp3: Invalid data found when processing input');
    expect(log.failure()).toMatchObject({ code: 'decode-failed' });
    expect(log.failure().message).toContain('(Invalid data found when processing input)');
    expect(heard('[fatal] file:/x.mp3: Permission denied').failure().code).toBe('permission-denied');
    expect(heard("[fatal] Stream map '0:a:0' matches no streams.").failure().code).toBe('unsupported-format');
  });

  test('the same complaint a thousand times is one warning', () => {
    expect(heard(...Array.from({ length: 1000 }, () => '[mp3float @ 0x1] [error] Header missing')).warnings).toEqual([
      'Header missing',
    ]);
  });
});
