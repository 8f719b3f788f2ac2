import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobStatus } from '#shared/contract/schemas';
import { jobStatusSchema } from '#shared/contract/schemas';
import type { FakeAnalysisOptions } from '../../builders/fake-analysis';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;

beforeEach(() => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const start = async (options: FakeAnalysisOptions = {}, songs = 0): Promise<void> => {
  backend = await startBackend(join(folder.path, 'library.db'), options);
  for (let n = 0; n < songs; n++)
    writeSong(join(music, `${String(n).padStart(3, '0')}.mp3`), { payload: [n % 10, 0, 90, n] });
};
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const statuses = (): JobStatus[] =>
  backend.seen.filter(({ name }) => name === 'job.progress').map(({ data }) => jobStatusSchema.parse(data));

describe('a job', () => {
  it('is the only one of its time', async () => {
    await start({ delayMs: 20 }, 10);
    const { jobId } = await backend.call('jobs.scan', { paths: [music] });
    await expect(backend.call('jobs.scan', {})).rejects.toMatchObject({ code: 'busy' });
    await expect(backend.call('jobs.analyze', {})).rejects.toMatchObject({ code: 'busy' });
    await expect(backend.call('write.undo', { runId: 1 })).rejects.toMatchObject({ code: 'not-found' });
    await backend.finished(jobId);
    expect((await backend.job('jobs.scan')).state).toBe('done');
  });

  it('is cancelled at once, even where the analysis does not listen, and keeps what was finished', async () => {
    await start({ deaf: true }, 4);
    const { jobId } = await backend.call('jobs.scan', { paths: [music] });
    await until(() => backend.fake.asked.length > 0);
    await backend.call('jobs.cancel', { jobId });
    const status = await backend.finished(jobId);
    expect(status).toMatchObject({ state: 'cancelled', failure: null, current: null });
    expect(statuses().map(({ state }) => state)).toContain('cancelling');
    expect((await backend.rows()).map(({ state }) => state)).toEqual(['new', 'new', 'new', 'new']);
    expect(await backend.call('failures.list', {})).toEqual([]);
  });

  it('goes on where it was cancelled', async () => {
    await start({ delayMs: 10 }, 40);
    const { jobId } = await backend.call('jobs.scan', { paths: [music] });
    await until(() => statuses().some(({ detail, done }) => detail === 'cpu · fake' && done >= 5));
    await backend.call('jobs.cancel', { jobId });
    await backend.finished(jobId);
    const kept = (await backend.rows()).filter(({ state }) => state === 'analysed').length;
    expect(kept).toBeGreaterThanOrEqual(5);
    expect(kept).toBeLessThan(40);
    expect((await backend.job('jobs.analyze')).done).toBe(40 - kept);
  });

  it('tells how far it is, at most ten times a second, and once when it has ended', async () => {
    await start({ delayMs: 5, concurrency: 4 }, 120);
    const from = performance.now();
    const status = await backend.job('jobs.scan', { paths: [music] });
    const seconds = (performance.now() - from) / 1000;
    const seen = statuses();
    // One at the start and one at the end besides the ten a second.
    expect(seen.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 2);
    expect(seen.filter(({ finishedAt }) => finishedAt !== null)).toEqual([status]);
    expect(status).toMatchObject({ kind: 'scan', state: 'done', done: 120, total: 120, secondsLeft: null });
    expect(await backend.call('jobs.list', {})).toEqual([status]);
  });

  it('keeps as many requests in flight as the analysis asks for, and no more', async () => {
    let inFlight = 0;
    let most = 0;
    await start({ concurrency: 3, delayMs: 5 }, 20);
    const analyze = backend.fake.analyze.bind(backend.fake);
    backend.fake.analyze = async (request, signal) => {
      most = Math.max(most, ++inFlight);
      try {
        return await analyze(request, signal);
      } finally {
        inFlight--;
      }
    };
    await backend.job('jobs.scan', { paths: [music] });
    expect(most).toBe(3);
  });

  it('refuses a window plan that is none', async () => {
    await start();
    await expect(backend.call('jobs.analyze', { plan: 'some' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(backend.call('jobs.cancel', { jobId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(backend.call('jobs.analyze', { paths: ['/nowhere'] })).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('that writes or undoes', () => {
    const paths = (): string[] =>
      Array.from({ length: 12 }, (_, n) => join(music, `${String(n).padStart(3, '0')}.mp3`));
    const written = (): number => paths().filter((path) => readFileSync(path, 'latin1').includes('Folk')).length;
    /** Pauses the job after so many files, as a window would. */
    const pauseAfter = (files: number): Promise<string> =>
      new Promise((resolve) => {
        let done = 0;
        backend.writer.afterRename = () => {
          if (++done !== files) return;
          const { id } = running();
          void backend.call('jobs.pause', { jobId: id }).then(() => {
            resolve(id);
          });
        };
      });
    /** Files under way when it is paused are finished: at most three more. */
    const around = (count: number, least: number): void => {
      expect(count).toBeGreaterThanOrEqual(least);
      expect(count).toBeLessThanOrEqual(least + 3);
    };
    const running = (): JobStatus => statuses().findLast(({ finishedAt }) => finishedAt === null)!;
    const write = async () => {
      const { planId } = await backend.call('write.planFiles', { paths: paths(), change: { genres: ['Folk'] } });
      return backend.call('write.apply', { planId });
    };
    const settle = () => new Promise((resolve) => setTimeout(resolve, 150));

    it('halts after the files at hand, says so, and goes on when it is resumed', async () => {
      await start({}, 12);
      const paused = pauseAfter(5);
      const { runId } = await write();
      const jobId = await paused;
      await settle();
      const halted = written();
      around(halted, 5);
      await settle();
      expect(written()).toBe(halted);
      expect((await backend.call('jobs.list', {}))[0]).toMatchObject({
        state: 'paused',
        done: halted,
        tracksPerSecond: null,
        finishedAt: null,
      });
      expect((await backend.call('write.history', {}))[0]).toMatchObject({
        state: 'running',
        written: halted,
        notReached: 0,
      });
      await expect(backend.call('jobs.scan', {})).rejects.toMatchObject({ code: 'busy' });
      await backend.call('jobs.resume', { jobId });
      expect(await backend.finished(jobId)).toMatchObject({ state: 'done', done: 12, failed: 0 });
      expect(written()).toBe(12);

      const undoPaused = pauseAfter(3);
      const undo = await backend.call('write.undo', { runId });
      expect(await undoPaused).toBe(undo.jobId);
      await settle();
      around(12 - written(), 3);
      await backend.call('jobs.resume', { jobId: undo.jobId });
      await backend.finished(undo.jobId);
      expect(written()).toBe(0);
    });

    it('is cancelled while it is halted; what it did not come to is named, and can be written later', async () => {
      await start({}, 12);
      const paused = pauseAfter(4);
      const { runId } = await write();
      const jobId = await paused;
      await backend.call('jobs.cancel', { jobId });
      expect(await backend.finished(jobId)).toMatchObject({ state: 'cancelled' });
      const halted = written();
      around(halted, 4);
      const files = await backend.call('write.results', { runId });
      expect(files.map(({ status }) => status)).toEqual([
        ...Array<string>(halted).fill('written'),
        ...Array<string>(12 - halted).fill('refused'),
      ]);
      expect(files[11]).toMatchObject({ path: paths()[11], code: 'cancelled' });
      expect((await backend.call('write.history', {}))[0]).toMatchObject({
        state: 'cancelled',
        files: 12,
        written: halted,
        refused: 0,
        notReached: 12 - halted,
        note: null,
      });
      backend.writer.afterRename = () => undefined;
      await backend.finished((await write()).jobId);
      expect(written()).toBe(12);
    });

    it('is cancelled by the end of the process also while it is halted', async () => {
      await start({}, 12);
      const paused = pauseAfter(2);
      await write();
      await paused;
      await backend.close();
      await start();
      expect(backend.seen).toEqual([]);
      const [run] = await backend.call('write.history', {});
      expect(run).toMatchObject({ state: 'cancelled', written: written(), notReached: 12 - written() });
    });

    it('is the only kind that can be paused', async () => {
      await start({ deaf: true }, 2);
      const { jobId } = await backend.call('jobs.scan', { paths: [music] });
      await expect(backend.call('jobs.pause', { jobId })).rejects.toMatchObject({ code: 'not-available' });
      await expect(backend.call('jobs.pause', { jobId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
      await backend.call('jobs.resume', { jobId });
    });
  });

  it('shows the result of the plan that was asked for last', async () => {
    await start({}, 1);
    await backend.job('jobs.scan', { paths: [music] });
    const [id = 0] = await backend.call('tracks.ids', {});
    const shown = async () => (await backend.call('tracks.detail', { id })).analysis?.plan;
    expect(await shown()).toBe('all');
    await backend.job('jobs.analyze', { trackIds: [id], plan: 'random:10' });
    expect(await shown()).toBe('random:10');
    await backend.job('jobs.analyze', { trackIds: [id], plan: 'all' });
    expect(await shown()).toBe('all');
    expect(backend.fake.asked).toHaveLength(2);
    await backend.job('jobs.analyze', { trackIds: [id], plan: 'all', force: true });
    expect(backend.fake.asked).toHaveLength(3);
  });

  it('ends with the process: closing cancels it and closes the analysis', async () => {
    await start({ deaf: true }, 2);
    await backend.call('jobs.scan', { paths: [music] });
    await until(() => backend.fake.asked.length > 0);
    await backend.close();
    expect(backend.fake.closed).toBe(true);
    await start();
    expect(await backend.rows()).toHaveLength(2);
  });
});
