import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '#shared/contract/server';
import { createTransportPair, type Transport } from '#shared/contract/transport';
import { createConnection } from '../../../src/renderer/api/connection';
import type { Dialler } from '../../../src/renderer/connect';
import { createFakeBackend } from '../../builders/fake-backend';

/** A dialler whose attempts the test answers. */
function handDialler() {
  const attempts: { open: (transport: Transport) => void; fail: Parameters<Dialler['dial']>[1] }[] = [];
  let replaced: (transport: Transport) => void = () => undefined;
  const dialler: Dialler = {
    dial: (open, fail) => attempts.push({ open, fail }),
    onReplaced: (listener) => {
      replaced = listener;
    },
  };
  return {
    dialler,
    attempts,
    replace: (transport: Transport) => {
      replaced(transport);
    },
  };
}

function backendEnd() {
  const backend = createFakeBackend({ tracks: 5 });
  const [left, right] = createTransportPair();
  return { near: left, far: right, server: serve(right, backend.handlers) };
}

describe('the connection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('holds calls back until the first connection stands', async () => {
    const { dialler, attempts } = handDialler();
    const connection = createConnection(dialler);
    const answer = connection.call('library.summary');
    attempts[0]?.open(backendEnd().near);
    expect((await answer).tracks).toBe(5);
    expect(connection.state()).toBe('open');
  });

  it('dials again with growing pauses, and keeps subscriptions', async () => {
    const { dialler, attempts } = handDialler();
    const connection = createConnection(dialler);
    const heard: string[] = [];
    connection.on('notice', (notice) => heard.push(notice.message));
    const first = backendEnd();
    attempts[0]?.open(first.near);
    first.far.close();
    expect(connection.state()).toBe('lost');
    await expect(connection.call('roots.list', {})).rejects.toMatchObject({ code: 'disconnected' });

    await vi.advanceTimersByTimeAsync(250);
    expect(attempts).toHaveLength(2);
    attempts[1]?.fail();
    await vi.advanceTimersByTimeAsync(499);
    expect(attempts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempts).toHaveLength(3);

    const second = backendEnd();
    attempts[2]?.open(second.near);
    second.server.emit('notice', { level: 'info', message: 'back' });
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['back']);
  });

  it('settles what was asked when the other side goes away', async () => {
    const { dialler, attempts } = handDialler();
    const connection = createConnection(dialler);
    const [near, far] = createTransportPair();
    attempts[0]?.open(near);
    const answer = connection.call('roots.list', {});
    const settled = expect(answer).rejects.toMatchObject({ code: 'disconnected' });
    await vi.advanceTimersByTimeAsync(0);
    far.close();
    await settled;
  });

  it('moves to a new transport that the host brings by itself', async () => {
    const { dialler, attempts, replace } = handDialler();
    const connection = createConnection(dialler);
    const states: string[] = [];
    connection.onState(() => states.push(connection.state()));
    attempts[0]?.open(backendEnd().near);
    replace(backendEnd().near);
    expect(states.at(-1)).toBe('open');
    expect((await connection.call('library.summary')).tracks).toBe(5);
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('passes on why there is no backend', async () => {
    const { dialler, attempts } = handDialler();
    const connection = createConnection(dialler);
    const answer = connection.call('roots.list', {});
    const settled = expect(answer).rejects.toMatchObject({ code: 'library-newer' });
    attempts[0]?.fail({ code: 'library-newer', message: 'The library is of a newer version. Update Genregram.' });
    await settled;
    expect(connection.failure()?.code).toBe('library-newer');
  });
});
