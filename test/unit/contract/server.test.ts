import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Handlers } from '#shared/contract/methods';
import { serve } from '#shared/contract/server';
import type { Transport } from '#shared/contract/transport';
import { CodedError } from '#shared/domain/failure';

/** A transport whose other side can be told to be gone, or to refuse values, without a word by `onClose`. */
function transportThat(post: (message: unknown) => void): Transport & { receive(message: unknown): void } {
  let listener: (message: unknown) => void = () => undefined;
  return {
    post,
    onMessage: (given) => {
      listener = given;
    },
    onClose: () => undefined,
    close: () => undefined,
    receive: (message) => {
      listener(message);
    },
  };
}

const question = { type: 'request', id: 1, method: 'roots.list', input: {} };
const handlers = { 'roots.list': () => [] } as unknown as Handlers;
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the server side of the contract', () => {
  const unhandled = vi.fn();
  const onBug = vi.fn();
  beforeEach(() => {
    vi.clearAllMocks();
    process.on('unhandledRejection', unhandled);
  });
  afterEach(() => {
    process.off('unhandledRejection', unhandled);
  });

  it('lets an answer fall when the other side went away while it was made', async () => {
    const transport = transportThat(() => {
      throw new CodedError('disconnected', 'gone');
    });
    const connection = serve(transport, handlers, onBug);
    transport.receive(question);
    connection.emit('notice', { level: 'info', message: 'hello' });
    await settled();
    expect(unhandled).not.toHaveBeenCalled();
    expect(onBug).not.toHaveBeenCalled();
  });

  it('replies with an error where the answer itself can’t be sent, and tells of the bug', async () => {
    const sent: unknown[] = [];
    const transport = transportThat((message) => {
      if ((message as { type: string }).type === 'reply') throw new Error('could not be cloned');
      sent.push(message);
    });
    serve(transport, handlers, onBug);
    transport.receive(question);
    await settled();
    expect(sent).toEqual([{ type: 'error', id: 1, failure: { code: 'internal', message: 'could not be cloned' } }]);
    expect(onBug).toHaveBeenCalledOnce();
  });

  it('drops what is no request, and refuses what is no method', async () => {
    const sent: unknown[] = [];
    const transport = transportThat((message) => sent.push(message));
    serve(transport, handlers, onBug);
    transport.receive('hello');
    transport.receive({ ...question, method: 'toString' });
    await settled();
    expect(sent).toMatchObject([{ type: 'error', id: 1, failure: { code: 'invalid-input' } }]);
  });
});
