import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type Client } from '#shared/contract/client';
import { METHODS, type Handlers, type MethodName } from '#shared/contract/methods';
import { serve } from '#shared/contract/server';
import { createTransportPair, type Transport } from '#shared/contract/transport';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;
let transport: Transport;
let client: Client;

beforeEach(async () => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  for (let n = 0; n < 3; n++)
    writeSong(join(music, `${n}.mp3`), { tags: { title: `Title ${n}` }, payload: [n, n, 80] });
  backend = await startBackend(join(folder.path, 'library.db'));
  const [near, far] = createTransportPair();
  backend.attach(far);
  transport = near;
  client = createClient(near);
});
afterEach(async () => {
  client.close();
  await backend.close();
  folder.cleanUp();
});

/** The next job that ends, as a window would see it. */
const jobEnd = () =>
  new Promise<string>((resolve) => {
    client.on('job.progress', ({ finishedAt, state }) => {
      if (finishedAt !== null) resolve(state);
    });
  });

describe('a window over a transport', () => {
  it('goes the whole way: add, scan, look, decide, plan, write, undo', async () => {
    let changed = 0;
    client.on('library.changed', () => changed++);
    const root = await client.call('roots.add', { path: music });
    let end = jobEnd();
    await client.call('jobs.scan', { rootIds: [root.id] });
    expect(await end).toBe('done');
    const { rows, total } = await client.call('tracks.query', { sort: { column: 'title', descending: true } });
    expect(total).toBe(3);
    expect(rows.map(({ title }) => title)).toEqual(['Title 2', 'Title 1', 'Title 0']);
    await client.call('decisions.set', { trackIds: rows.map(({ id }) => id), action: 'accept' });
    const { planId, files } = await client.call('write.plan');
    expect(files).toHaveLength(3);
    end = jobEnd();
    const { runId } = await client.call('write.apply', { planId });
    expect(await end).toBe('done');
    expect(await client.call('write.results', { runId })).toHaveLength(3);
    end = jobEnd();
    const undo = await client.call('write.undo');
    expect(await end).toBe('done');
    expect((await client.call('write.results', { runId: undo.runId })).map(({ status }) => status)).toEqual(
      Array(3).fill('written'),
    );
    expect((await client.call('library.summary')).quick.decided).toBe(3);
    expect(changed).toBeGreaterThan(0);
  });

  it('gets an answer from every method that the contract has', async () => {
    const inputs: Partial<Record<MethodName, unknown>> = {
      'roots.add': { path: music },
      'roots.remove': { id: 1 },
      'tracks.byPath': { paths: [music] },
      'tracks.detail': { id: 1 },
      'jobs.cancel': { jobId: 'none' },
      'decisions.set': { trackIds: [], action: 'skip' },
      'write.planFiles': { paths: [], change: {} },
      'write.apply': { planId: 'none' },
      'write.results': { runId: 1 },
    };
    for (const name of Object.keys(METHODS) as MethodName[]) {
      const answer = await client.call(name, (inputs[name] ?? {}) as never).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
      expect([name, answer]).not.toEqual([name, 'internal']);
    }
  });

  it('is told what is wrong with a malformed request, and is answered afterwards', async () => {
    const wrong: [MethodName, unknown][] = [
      ['tracks.query', { limit: -1 }],
      ['tracks.query', { quick: 'loud' }],
      ['decisions.set', { trackIds: 'all', action: 'accept' }],
      ['roots.add', {}],
      ['roots.add', null],
      ['write.plan', { mode: 'destroy' }],
      ['nothing.here' as MethodName, {}],
      ['constructor' as MethodName, {}],
    ];
    for (const [name, input] of wrong)
      await expect(client.call(name, input as never)).rejects.toMatchObject({ code: 'invalid-input' });
    for (const message of [
      null,
      7,
      'text',
      [],
      { type: 'request' },
      { type: 'request', id: 'x', method: 5 },
      { type: 'reply', id: 1 },
    ])
      transport.post(message);
    expect(await client.call('roots.list', {})).toEqual([]);
  });

  it('hears of what went wrong before it came', async () => {
    const other = await startBackend(join(folder.path, 'other.db'), { silent: true });
    other.fake.notice('The graphics card was dropped.');
    const [near, far] = createTransportPair();
    other.attach(far);
    const late = createClient(near);
    const notices: string[] = [];
    late.on('notice', ({ message }) => notices.push(message));
    await late.call('roots.list', {});
    expect(notices).toEqual(['The graphics card was dropped.']);
    await late.call('roots.list', {});
    expect(notices).toHaveLength(1);
    await other.close();
  });

  it('does not disturb others when it goes away in the middle of a job', async () => {
    const [near, far] = createTransportPair();
    backend.attach(far);
    const other = createClient(near);
    await other.call('jobs.scan', { paths: [music] });
    const pending = other.call('library.summary');
    other.close();
    await expect(pending).rejects.toMatchObject({ code: 'disconnected' });
    const [job] = await client.call('jobs.list', {});
    expect((await backend.finished(job!.id)).state).toBe('done');
    expect((await client.call('tracks.query', {})).total).toBe(3);
  });
});

describe('the client', () => {
  it('ends a call whose answer is malformed', async () => {
    const answers = [
      { type: 'reply', id: 1 },
      { type: 'reply', id: 1, output: 'no list' },
      { type: 'error', id: 1, failure: { code: 'a code of the future', message: '' } },
      { type: 'shrug', id: 1 },
    ];
    for (const answer of answers) {
      const [near, far] = createTransportPair();
      far.onMessage(() => far.post(answer));
      await expect(createClient(near).call('roots.list', {})).rejects.toMatchObject({ code: 'internal' });
    }
  });
});

describe('the server', () => {
  const answering = (answer: () => unknown) => {
    const [near, far] = createTransportPair();
    const bugs: unknown[] = [];
    serve(far, { 'roots.list': answer } as unknown as Handlers, (error) => bugs.push(error));
    return { call: () => createClient(near).call('roots.list', {}), bugs };
  };

  it('answers also where the answer can not be sent', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    for (const unsendable of [loop, 1n, { deep: [10n] }]) {
      const { call, bugs } = answering(() => unsendable);
      await expect(call()).rejects.toMatchObject({ code: 'internal' });
      expect(bugs).toHaveLength(1);
    }
  });

  it('answers where a handler throws, at once or later, whatever it throws', async () => {
    const throwing = [
      () => {
        throw new TypeError('undefined is not a function');
      },
      () => Promise.reject(new Error('later')),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      () => Promise.reject('no error at all'),
      () => undefined,
    ];
    for (const answer of throwing) await expect(answering(answer).call()).rejects.toMatchObject({ code: 'internal' });
  });
});
