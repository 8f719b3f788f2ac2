import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobStatusSchema, type JobStatus, type TrackRow } from '#shared/contract/schemas';
import type { FakeAnalysisOptions } from '../../builders/fake-analysis';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { bundleProgram, startChild } from '../../builders/child-program';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let library: string;
let backend: TestBackend;

beforeEach(() => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  library = join(folder.path, 'library.db');
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

/** As a window's host has it, unless `unasked` is false: what was heard quickly is refined by itself. */
const start = async (options: FakeAnalysisOptions = {}, unasked = true): Promise<void> => {
  backend = await startBackend(library, { concurrency: 1, ...options, parts: { refinesUnasked: unasked } });
};
const song = (name: string, payload: number[]): void => {
  writeSong(join(music, `${name}.mp3`), { tags: { genres: ['Old'] }, payload });
};
/** Songs 00, 01, …; of those named the model is in doubt. */
const songs = (count: number, doubtful: readonly number[] = []): void => {
  for (let n = 0; n < count; n++) song(String(n).padStart(2, '0'), [n % 10, 0, doubtful.includes(n) ? 40 : 90, n]);
};
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};
const jobs = (): JobStatus[] => backend.handlers['jobs.list']({}) as JobStatus[];
const refined = async (): Promise<JobStatus> => {
  await until(() => jobs().every(({ finishedAt }) => finishedAt !== null));
  return jobs()[0]!;
};
const scan = (): Promise<JobStatus> => backend.job('jobs.scan', { paths: [music], quickFirst: true });
const names = (paths: readonly string[]): string[] => paths.map((path) => basename(path, '.mp3'));
const heard = (plan: string): string[] =>
  names(backend.fake.asked.filter((_, index) => backend.fake.plans[index] === plan));
const row = async (name: string): Promise<TrackRow> =>
  (await backend.rows()).find(({ fileName }) => fileName === `${name}.mp3`)!;
const detail = async (name: string) => backend.call('tracks.detail', { id: (await row(name)).id });
const count = async (filter: 'quick' | 'look-again' | 'decided'): Promise<number> =>
  (await backend.call('library.summary', {})).quick[filter];
/** Every song is blues when heard quickly, and the genre of this number when heard in full. */
const bluesThen = (full: number): void => {
  backend.fake.hears = (payload, plan) => [plan === '12' ? 0 : full, 0, payload[2]!];
};

describe('a quick look first', () => {
  it('hears all tracks in twelve windows, then all in full: in doubt first, then in path order', async () => {
    songs(6, [2, 4]);
    await start();
    const quick = await scan();
    expect(quick).toMatchObject({ kind: 'scan', state: 'done', pass: 'quick', done: 6, total: 6 });
    expect(await refined()).toMatchObject({
      kind: 'refine',
      state: 'done',
      pass: 'full',
      done: 6,
      total: 6,
      failed: 0,
    });
    expect(backend.fake.plans).toEqual([...Array<string>(6).fill('12'), ...Array<string>(6).fill('all')]);
    expect(heard('12')).toEqual(['00', '01', '02', '03', '04', '05']);
    expect(heard('all')).toEqual(['02', '04', '00', '01', '03', '05']);
    expect(await count('quick')).toBe(0);
  });

  it('takes what the window shows before anything else, and the open track first of all', async () => {
    songs(8, [0, 1]);
    await start();
    await backend.job('jobs.scan', { paths: [music], analyze: false });
    const ids = (await backend.rows()).map(({ id }) => id);
    await backend.call('tracks.inSight', { trackIds: [ids[6]!, ids[5]!], openId: ids[7]! });
    await scan();
    await refined();
    expect(heard('all')).toEqual(['07', '06', '05', '00', '01', '02', '03', '04']);
  });

  it('follows the setting where the scan does not say, and a plan of its own leaves no room for it', async () => {
    songs(2);
    await start();
    await backend.job('jobs.scan', { paths: [music] });
    expect(backend.fake.plans).toEqual(['all', 'all']);
    songs(4);
    await backend.call('settings.setListening', { quickFirst: true });
    await backend.job('jobs.scan', {});
    await refined();
    expect(backend.fake.plans.slice(2)).toEqual(['12', '12', 'all', 'all']);
    await backend.job('jobs.scan', { plan: '5' });
    expect(backend.fake.plans.slice(6)).toEqual(['5', '5', '5', '5']);
    await expect(backend.call('jobs.scan', { plan: '5', quickFirst: true })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(backend.call('jobs.analyze', { force: true, quickFirst: true })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('marks its results until the full ones take their place', async () => {
    songs(3);
    await start({}, false);
    bluesThen(5);
    await scan();
    expect((await backend.rows()).map(({ quick, state, genre }) => [quick, state, genre?.top])).toEqual(
      Array(3).fill([true, 'analysed', 'blues']),
    );
    expect(await count('quick')).toBe(3);
    expect((await backend.call('tracks.query', { quick: 'quick' })).total).toBe(3);
    expect(await detail('00')).toMatchObject({ fullAnalysis: 'waiting', analysis: { plan: '12', windows: 12 } });
    await backend.finished((await backend.call('jobs.refine', {})).jobId);
    const rows = await backend.rows();
    expect(new Set(rows.map(({ genre }) => genre?.top)).size).toBe(1);
    expect(rows.every(({ quick, genre }) => !quick && genre?.top !== 'blues')).toBe(true);
    expect(await detail('00')).toMatchObject({ quick: false, fullAnalysis: null, analysis: { plan: 'all' } });
  });

  it('says of each track where its full analysis stands', async () => {
    songs(3);
    await start({ delayMs: 60 });
    await scan();
    await until(() => heard('all').length === 1);
    expect(await detail('00')).toMatchObject({ fullAnalysis: 'running' });
    expect(await detail('02')).toMatchObject({ fullAnalysis: 'waiting' });
    await backend.call('jobs.cancel', { jobId: jobs()[0]!.id });
    await refined();
    expect(await detail('02')).toMatchObject({ fullAnalysis: 'stopped' });
  });

  it('never takes the place of a full result, nor hears what has one under another name', async () => {
    songs(2);
    await start();
    await backend.job('jobs.scan', { paths: [music] });
    copyFileSync(join(music, '00.mp3'), join(music, 'copy.mp3'));
    await scan();
    await refined();
    expect(backend.fake.plans).toEqual(['all', 'all']);
    expect((await backend.rows()).map(({ quick, state }) => [quick, state])).toEqual(
      Array(3).fill([false, 'analysed']),
    );
  });

  it('has the full result at once of a track that has no more windows than it listens to', async () => {
    songs(1);
    await start();
    const analyze = backend.fake.analyze.bind(backend.fake);
    backend.fake.analyze = async (request, signal) => {
      const outcome = await analyze(request, signal);
      return outcome.status === 'ok' ? { ...outcome, windows: 11 } : outcome;
    };
    await scan();
    await refined();
    expect(backend.fake.plans).toEqual(['12']);
    expect(await detail('00')).toMatchObject({ quick: false, analysis: { plan: 'all' } });
  });
});

describe('a decision on a quick result', () => {
  const decide = async (name: string, action: 'accept' | 'change' | 'skip', genres?: string[]): Promise<void> => {
    const trackIds = [(await row(name)).id];
    await backend.call('decisions.set', { trackIds, action, ...(genres && { genres }) });
  };
  const refine = async (): Promise<void> => {
    await backend.finished((await backend.call('jobs.refine', {})).jobId);
  };
  const planned = async (trackIds?: number[]): Promise<string[]> => {
    const { files } = await backend.call('write.plan', trackIds ? { trackIds } : {});
    return names(files.map(({ path }) => path));
  };

  it('stays as it is where the full result bears it out', async () => {
    songs(1);
    await start({}, false);
    bluesThen(0);
    await scan();
    await decide('00', 'accept');
    const { quick } = await backend.call('write.plan', {});
    expect(names(quick)).toEqual(['00']);
    await refine();
    expect(await row('00')).toMatchObject({ state: 'decided', lookAgain: false, decision: { genres: ['Blues'] } });
    expect(await planned()).toEqual(['00']);
    expect((await backend.call('write.plan', {})).quick).toEqual([]);
  });

  it('waits for another look where it was accepted and the full result says otherwise', async () => {
    songs(2);
    await start({}, false);
    bluesThen(5);
    await scan();
    await decide('00', 'accept');
    await refine();
    const again = await row('00');
    expect(again).toMatchObject({
      state: 'decided',
      lookAgain: true,
      decision: { action: 'accept', genres: ['Blues'] },
    });
    expect(await row('01')).toMatchObject({ lookAgain: false });
    expect(await count('look-again')).toBe(1);
    expect(await planned()).toEqual([]);
    expect(await planned([again.id])).toEqual(['00']);
    expect(readFileSync(join(music, '00.mp3'), 'latin1')).toContain('Old');

    await decide('00', 'accept');
    const settled = await row('00');
    expect(settled.lookAgain).toBe(false);
    expect(settled.decision?.genres).not.toEqual(['Blues']);
    expect(await planned()).toEqual(['00']);
  });

  it('waits also where the full result names nothing any more, or another mood', async () => {
    songs(2);
    await start({}, false);
    backend.fake.hears = ([id = 0], plan) => (plan === '12' ? [0, 0, 90] : id === 0 ? [0, 0, 20] : [0, 1, 90]);
    await scan();
    await decide('00', 'accept');
    await decide('01', 'accept');
    await refine();
    expect((await backend.rows()).map(({ lookAgain }) => lookAgain)).toEqual([true, true]);
  });

  it('is the user’s own where it was chosen or skipped: no verdict speaks against it', async () => {
    songs(2);
    await start({}, false);
    bluesThen(5);
    await scan();
    await decide('00', 'change', ['Polka']);
    await decide('01', 'skip');
    await refine();
    expect(await backend.rows()).toMatchObject([
      { state: 'decided', lookAgain: false, decision: { action: 'change', genres: ['Polka'] } },
      { state: 'skipped', lookAgain: false },
    ]);
  });

  it('is marked after it was written, too', async () => {
    songs(1);
    await start({}, false);
    bluesThen(5);
    await scan();
    await decide('00', 'accept');
    const { planId } = await backend.call('write.plan', {});
    await backend.finished((await backend.call('write.apply', { planId })).jobId);
    await refine();
    expect(await row('00')).toMatchObject({ state: 'written', lookAgain: true });
  });
});

describe('a file that fails', () => {
  it('quickly is tried in full only where that can help, and not again after that', async () => {
    songs(3);
    const fails: FakeAnalysisOptions['fails'] = (path, plan) => {
      if (path.endsWith('00.mp3') && plan === '12') return { code: 'decode-failed', message: 'Damaged index.' };
      if (path.endsWith('01.mp3')) return { code: 'decode-failed', message: 'Damaged.' };
      return path.endsWith('02.mp3') ? { code: 'too-short', message: 'Too short.' } : null;
    };
    await start({ fails });
    await scan();
    expect(await refined()).toMatchObject({ done: 2, failed: 1 });
    expect(heard('all')).toEqual(['00', '01']);
    expect((await backend.rows()).map(({ state }) => state)).toEqual(['analysed', 'failed', 'failed']);
    await scan();
    // Nothing is left, so no further job begins.
    expect(await refined()).toMatchObject({ kind: 'scan', done: 0 });
    expect(backend.fake.asked).toHaveLength(5);
  });

  it('in full keeps its quick result, says so, and is not tried for ever', async () => {
    songs(1);
    await start({ fails: (_, plan) => (plan === 'all' ? { code: 'decode-failed', message: 'Damaged end.' } : null) });
    await scan();
    await refined();
    expect(await detail('00')).toMatchObject({
      state: 'analysed',
      quick: true,
      fullAnalysis: 'failed',
      failure: { code: 'decode-failed' },
    });
    await scan();
    await refined();
    expect(backend.fake.plans).toEqual(['12', 'all']);
  });
});

describe('the refinement', () => {
  it('makes way for any other job and goes on after it', async () => {
    songs(12);
    await start({ delayMs: 15 });
    await scan();
    await until(() => heard('all').length >= 3);
    const trackIds = [(await row('00')).id];
    await backend.call('decisions.set', { trackIds, action: 'change', genres: ['Polka'] });
    const { planId } = await backend.call('write.plan', { trackIds });
    const { jobId } = await backend.call('write.apply', { planId });
    expect(await backend.finished(jobId)).toMatchObject({ kind: 'write', state: 'done', done: 1 });
    expect(readFileSync(join(music, '00.mp3'), 'latin1')).toContain('Polka');
    expect(await refined()).toMatchObject({ state: 'done' });
    expect((await backend.rows()).every(({ quick }) => !quick)).toBe(true);
    // None but those that were under way is heard twice.
    expect(heard('all').length).toBeLessThanOrEqual(13);
  });

  it('can be paused, and is still so after it made way', async () => {
    songs(8);
    await start({ delayMs: 15 });
    await scan();
    await until(() => heard('all').length >= 2);
    await backend.call('jobs.pause', { jobId: jobs()[0]!.id });
    await until(async () => (await count('quick')) === 8 - heard('all').length);
    const halted = heard('all').length;
    await backend.job('jobs.scan', { analyze: false });
    await until(() => jobs()[0]?.kind === 'refine');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(jobs()[0]).toMatchObject({ kind: 'refine', state: 'paused' });
    expect(heard('all')).toHaveLength(halted);
    await backend.call('jobs.resume', { jobId: jobs()[0]!.id });
    await refined();
    expect(await count('quick')).toBe(0);
  });

  it('does not begin where the quick pass was cancelled; the next scan goes on with both', async () => {
    songs(10);
    await start({ delayMs: 15 });
    const { jobId } = await backend.call('jobs.scan', { paths: [music], quickFirst: true });
    await until(() => heard('12').length >= 4);
    await backend.call('jobs.cancel', { jobId });
    await backend.finished(jobId);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(jobs().map(({ kind }) => kind)).toEqual(['scan']);
    const quick = await count('quick');
    expect(quick).toBeGreaterThanOrEqual(3);
    const before = heard('12').length;
    expect((await scan()).done).toBe(10 - quick);
    await refined();
    expect(heard('12').slice(before)).toHaveLength(10 - quick);
    expect(await count('quick')).toBe(0);
  });

  it('is over for good when it is cancelled, until it is asked for', async () => {
    songs(6);
    await start({ delayMs: 15 });
    await scan();
    await until(() => heard('all').length >= 2);
    await backend.call('jobs.cancel', { jobId: jobs()[0]!.id });
    expect(await refined()).toMatchObject({ state: 'cancelled' });
    const left = await count('quick');
    await backend.close();
    await start();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(jobs()).toEqual([]);
    await backend.call('jobs.refine', {});
    expect(await refined()).toMatchObject({ state: 'done', done: left });
  });

  it('is the same job where it is asked for while it is at work', async () => {
    songs(6);
    await start({ delayMs: 15 });
    await scan();
    await until(() => heard('all').length >= 1);
    expect((await backend.call('jobs.refine', {})).jobId).toBe(jobs()[0]!.id);
    await expect(backend.call('roots.remove', { id: 1 })).rejects.toMatchObject({ code: 'busy' });
  });

  it('goes on at the next start where it was closed, and hears no more than was asked for', async () => {
    songs(6);
    mkdirSync(join(folder.path, 'other'));
    writeSong(join(folder.path, 'other', 'x.mp3'), { payload: [1, 1, 90, 99] });
    await start({ delayMs: 15 });
    await backend.job('jobs.scan', { paths: [join(folder.path, 'other')], analyze: false });
    await scan();
    await until(() => heard('all').length >= 2);
    await backend.close();
    await start();
    expect(await refined()).toMatchObject({ state: 'done' });
    expect(heard('12')).toEqual([]);
    expect((await backend.rows()).map(({ fileName, quick, state }) => [fileName, quick, state])).toEqual([
      ...['00', '01', '02', '03', '04', '05'].map((name) => [`${name}.mp3`, false, 'analysed']),
      ['x.mp3', false, 'new'],
    ]);
    await backend.close();
    await start();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(jobs()).toEqual([]);
  });

  it('goes on after a kill in the quick pass: first with that, then in full', async () => {
    songs(40);
    const child = startChild(await bundleProgram('medium/backend/scan-child.ts'), [library, music, 'quick-first']);
    while (Number(await child.line()) < 8);
    await child.kill();
    await start({ concurrency: 2 });
    const kept = await count('quick');
    expect(kept).toBeGreaterThanOrEqual(8);
    expect(kept).toBeLessThan(40);
    expect(await refined()).toMatchObject({ state: 'done', pass: 'full', done: 40 });
    expect(heard('12')).toHaveLength(40 - kept);
    expect(heard('all')).toHaveLength(40);
    expect((await backend.rows()).every(({ quick, state }) => !quick && state === 'analysed')).toBe(true);
  });

  it('tells how far each pass is', async () => {
    songs(30);
    await start({ delayMs: 40 });
    await scan();
    await refined();
    const statuses = backend.seen
      .filter(({ name }) => name === 'job.progress')
      .map(({ data }) => jobStatusSchema.parse(data));
    for (const pass of ['quick', 'full'] as const) {
      const of = statuses.filter((status) => status.pass === pass);
      expect(of.some(({ done, total }) => done > 5 && done < 30 && total === 30)).toBe(true);
      expect(of.some(({ secondsLeft }) => secondsLeft !== null && secondsLeft > 0)).toBe(true);
    }
  });
});
