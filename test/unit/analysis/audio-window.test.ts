import { describe, expect, test } from 'vitest';
import { AudioWindow, type AudioWindowPort, type PieceAnswer } from '../../../src/main/analysis/audio-window';
import { remotePieces } from '../../../src/main/adapters/decoders/aac/remote';

/** Windows that answer as told: the answer to a piece is its length a second time; pieces of one byte crash, of two bytes hang. */
class FakeHost {
  opened = 0;
  ended = 0;
  refusals = 0;
  busy = 0;
  mostBusy = 0;
  private close: () => void = () => undefined;

  open = (): Promise<AudioWindowPort | null> => {
    this.opened++;
    if (this.refusals-- > 0) return Promise.resolve(null);
    let answer: (message: PieceAnswer) => void = () => undefined;
    let closed = false;
    this.busy = 0;
    return Promise.resolve({
      post: ({ id, adts }) => {
        this.mostBusy = Math.max(this.mostBusy, ++this.busy);
        if (adts.length === 2) return;
        setTimeout(() => {
          this.busy--;
          if (adts.length === 1) this.close();
          else if (!closed) answer({ id, mono: adts.length === 3 ? null : new Float32Array(adts.length) });
        }, 5);
      },
      onMessage: (listener) => (answer = listener),
      onClose: (listener) => {
        this.close = () => {
          closed = true;
          listener();
        };
      },
    } satisfies AudioWindowPort);
  };

  end = (): void => {
    this.ended++;
    this.close();
  };
}

const windowOf = (host: FakeHost): AudioWindow => new AudioWindow(host, { pieceMs: 200, openMs: 200 });
const piece = (bytes: number): Uint8Array => new Uint8Array(bytes);

describe('the window that decodes', () => {
  test('is opened once, and given a piece at a time', async () => {
    const host = new FakeHost();
    const window = windowOf(host);
    const answers = await Promise.all([10, 20, 30].map((bytes) => window.decode(piece(bytes), 44_100)));
    expect(answers.map((mono) => mono?.length)).toEqual([10, 20, 30]);
    expect(await window.decode(piece(3), 44_100)).toBeNull();
    expect(host).toMatchObject({ opened: 1, ended: 0, mostBusy: 1 });
  });

  test('a crash costs the piece that it was at; the next ones go to a new window', async () => {
    const host = new FakeHost();
    const window = windowOf(host);
    const answers = await Promise.allSettled([10, 1, 20].map((bytes) => window.decode(piece(bytes), 44_100)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({
      reason: { code: 'decode-failed', message: expect.stringMatching(/crashed.*install ffmpeg/) as string },
    });
    expect(host.opened).toBe(2);
  });

  test('so does a hang, and the window is ended', async () => {
    const host = new FakeHost();
    const window = windowOf(host);
    const answers = await Promise.allSettled([2, 10].map((bytes) => window.decode(piece(bytes), 44_100)));
    expect(answers[0]).toMatchObject({ reason: { code: 'decode-timeout' } });
    expect(answers[1]).toMatchObject({ status: 'fulfilled' });
    expect(host).toMatchObject({ opened: 2, ended: 1 });
  });

  test('one that can’t be opened is tried once more', async () => {
    const host = new FakeHost();
    host.refusals = 1;
    expect(await windowOf(host).decode(piece(10), 44_100)).toHaveLength(10);
    host.refusals = 2;
    await expect(windowOf(host).decode(piece(10), 44_100)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/did not start.*install ffmpeg/) as string,
    });
  });

  test('serves workers over ports, failures and all', async () => {
    const window = windowOf(new FakeHost());
    const ports = [window.connect(), window.connect()];
    const [one, other] = ports.map(remotePieces);
    const answers = await Promise.allSettled([one!(piece(10), 8000), other!(piece(1), 8000), other!(piece(3), 8000)]);
    expect(answers[0]).toMatchObject({ status: 'fulfilled', value: new Float32Array(10) });
    expect(answers[1]).toMatchObject({ status: 'rejected', reason: { code: 'decode-failed' } });
    expect(answers[2]).toMatchObject({ status: 'fulfilled', value: null });
    for (const port of ports) port.close();
  });
});
