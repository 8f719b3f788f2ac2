import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobStatus } from '#shared/contract/schemas';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
let battery: boolean | null;
const listeners = new Set<() => void>();
const power = {
  onBattery: () => battery,
  watch: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
const setBattery = (now: boolean | null): void => {
  battery = now;
  for (const listener of listeners) listener();
};

beforeEach(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'music'));
  for (let n = 0; n < 6; n++) writeSong(join(folder.path, 'music', `${n}.mp3`), { payload: [n, 0, 90] });
  setBattery(false);
  backend = await startBackend(join(folder.path, 'library.db'), { parts: { power }, concurrency: 1, delayMs: 20 });
});
afterEach(async () => {
  vi.useRealTimers();
  await backend.close();
  folder.cleanUp();
  expect(listeners.size).toBe(0);
});

const scan = () => backend.call('jobs.scan', { paths: [join(folder.path, 'music')] });
const job = async (): Promise<JobStatus> => (await backend.call('jobs.list', {}))[0]!;

describe('listening on battery', () => {
  it('waits with a reason where the settings say so, and goes on by itself on mains', async () => {
    await backend.call('settings.setListening', { pauseOnBattery: true });
    const { jobId } = await scan();
    await expect.poll(async () => (await job()).done).toBeGreaterThan(0);
    setBattery(true);
    await expect.poll(job).toMatchObject({ state: 'paused', held: 'The machine runs on its battery' });
    const asked = backend.fake.asked.length;
    expect(asked).toBeLessThan(6);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(backend.fake.asked.length).toBe(asked);
    // Nobody but the mains can have it go on.
    await backend.call('jobs.resume', { jobId });
    expect(await job()).toMatchObject({ state: 'paused' });
    setBattery(false);
    expect(await backend.finished(jobId)).toMatchObject({ state: 'done', done: 6, held: null });
    expect(backend.fake.asked).toHaveLength(6);
  });

  it('can be cancelled while it waits, and goes on when the setting is taken back', async () => {
    await backend.call('settings.setListening', { pauseOnBattery: true });
    setBattery(true);
    const first = await scan();
    await expect.poll(job).toMatchObject({ state: 'paused' });
    await backend.call('jobs.cancel', first);
    expect(await backend.finished(first.jobId)).toMatchObject({ state: 'cancelled', held: null });
    const second = await scan();
    await expect.poll(job).toMatchObject({ state: 'paused' });
    await backend.call('settings.setListening', { pauseOnBattery: false });
    expect(await backend.finished(second.jobId)).toMatchObject({ state: 'done', done: 6 });
  });

  it('goes on where the settings do not mind, and where nothing is known, which is said', async () => {
    setBattery(true);
    expect(await backend.finished((await scan()).jobId)).toMatchObject({ state: 'done' });
    await backend.call('settings.setListening', { pauseOnBattery: true });
    setBattery(null);
    await backend.finished((await backend.call('jobs.analyze', { force: true })).jobId);
    const notices = backend.seen.filter(({ name }) => name === 'notice').map(({ data }) => data);
    expect(notices).toEqual([
      { level: 'warning', message: expect.stringContaining("runs on its battery can't be told here") as string },
    ]);
  });
});

describe('what the analysis is told of the machine', () => {
  it('follows the settings and the windows, and is said once', async () => {
    const { loads } = backend.fake;
    expect(loads).toEqual([{ share: 'most', inFront: false }]);
    await backend.call('window.inFront', { window: 'a', inFront: true });
    await backend.call('window.inFront', { window: 'b', inFront: true });
    await backend.call('window.inFront', { window: 'a', inFront: false });
    expect(loads.at(-1)).toEqual({ share: 'most', inFront: true });
    await backend.call('window.inFront', { window: 'b', inFront: false });
    await backend.call('settings.setListening', { share: 'low' });
    await backend.call('window.inFront', { window: 'a', inFront: true });
    await backend.call('settings.setListening', { yieldToWindow: false, quickFirst: true });
    await backend.call('window.inFront', { window: 'a', inFront: true });
    const said = loads.slice(1).map(({ share, inFront }) => `${share} ${inFront}`);
    expect(said).toEqual(['most true', 'most false', 'low false', 'low true', 'low false']);
  });

  it('forgets a window that says nothing any more', async () => {
    vi.useFakeTimers();
    await backend.call('window.inFront', { window: 'a', inFront: true });
    vi.advanceTimersByTime(50_000);
    await backend.call('window.inFront', { window: 'a', inFront: true });
    vi.advanceTimersByTime(50_000);
    expect(backend.fake.loads.at(-1)).toMatchObject({ inFront: true });
    vi.advanceTimersByTime(15_000);
    expect(backend.fake.loads.at(-1)).toMatchObject({ inFront: false });
  });
});
