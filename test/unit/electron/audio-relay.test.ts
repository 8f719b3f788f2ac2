import type { MessagePortMain } from 'electron';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { AudioResponse } from '../../../src/main/backend/playback';
import { audioOf } from '../../../src/main/hosts/electron/audio-protocol';
import { responseOverPort, sendOverPort } from '../../../src/main/hosts/electron/audio-relay';

/** Node's ports speak as Electron's do but for what a listener is given. */
function asElectron(port: MessagePort): MessagePortMain {
  const on = (name: 'message' | 'close', listener: (event?: unknown) => void) => {
    if (name === 'close') port.on('close', () => listener());
    else port.on('message', (data: unknown) => listener({ data, ports: [] }));
  };
  return {
    on,
    once: on,
    start: () => {
      port.start();
    },
    close: () => {
      port.close();
    },
    postMessage: (message: unknown) => {
      port.postMessage(message);
    },
  } as unknown as MessagePortMain;
}

interface Relay {
  readonly response: Promise<Response>;
  /** Pieces read so far. */
  readonly read: () => number;
  readonly ended: () => boolean;
  readonly breakOff: () => void;
}

function relay(pieces: readonly Uint8Array[], head: Partial<AudioResponse> = {}, failsAfter = Infinity): Relay {
  const { port1, port2 } = new MessageChannel();
  let read = 0;
  let ended = false;
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of pieces) {
        if (read === failsAfter) throw new Error('the file is gone');
        read++;
        await Promise.resolve();
        yield piece;
      }
    } finally {
      ended = true;
    }
  }
  const answer: AudioResponse = { status: 206, headers: { 'Content-Type': 'audio/wav' }, body: body(), ...head };
  void sendOverPort(Promise.resolve(answer), asElectron(port1));
  return {
    response: responseOverPort(asElectron(port2)),
    read: () => read,
    ended: () => ended,
    breakOff: () => {
      port1.close();
    },
  };
}

const PIECES = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5, 6)];

describe('audio on its way from the backend to the window', () => {
  it('arrives whole and in order, with its head', async () => {
    const { response, ended } = relay(PIECES);
    const { status, headers } = await response;
    expect([status, headers.get('content-type')]).toEqual([206, 'audio/wav']);
    expect([...new Uint8Array(await (await response).arrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6]);
    await expect.poll(ended).toBe(true);
  });

  it('is read no further than it is taken, and let go when nobody wants more', async () => {
    const many = Array.from({ length: 100 }, (_, i) => Uint8Array.of(i));
    const { response, read, ended } = relay(many);
    const reader = (await response).body!.getReader();
    expect((await reader.read()).value).toEqual(Uint8Array.of(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read()).toBeLessThanOrEqual(3);
    await reader.cancel();
    await expect.poll(ended).toBe(true);
    expect(read()).toBeLessThanOrEqual(3);
  });

  it('has no body where there is none', async () => {
    const response = await relay([], { status: 416, body: null }).response;
    expect([response.status, response.body]).toEqual([416, null]);
  });

  it('breaks off where the file does, or the backend dies, and never ends as though it were whole', async () => {
    await expect((await relay(PIECES, {}, 1).response).arrayBuffer()).rejects.toThrow('broke off');
    const dying = relay(PIECES);
    const reader = (await dying.response).body!.getReader();
    await reader.read();
    dying.breakOff();
    await expect(reader.read().then(() => reader.read())).rejects.toThrow('broke off');
    const { port1, port2 } = new MessageChannel();
    const silent = responseOverPort(asElectron(port2));
    port1.close();
    expect((await silent).status).toBe(503);
  });
});

describe('the scheme of audio', () => {
  it('stands for tracks by their id', () => {
    expect(audioOf('track://library/audio/12')).toEqual({ trackId: 12, decoded: false });
    expect(audioOf('track://library/audio/12.wav')).toEqual({ trackId: 12, decoded: true });
  });

  it.each([
    'track://elsewhere/audio/12',
    'track://library:80/audio/12',
    'track://me@library/audio/12',
    'track://library/audio/',
    'track://library/audio/-1',
    'track://library/audio/1.mp3',
    'track://library/audio/%31',
    'track://library/audio/../../etc/passwd',
    'track://library/etc/passwd',
    'file:///audio/12',
    'app://library/audio/12',
    'nonsense',
  ])('and for nothing else: %s', (url) => {
    expect(audioOf(url)).toBeNull();
  });
});
