import type { MessagePortMain } from 'electron';
import type { AudioResponse } from '../../backend/playback';

/**
 * A track's audio from the backend process to Electron's main process, over a port for each request: the backend opens the file and reads
 * it, so that main knows no path and decodes nothing. First comes the head; then a piece for each `more`, so that no more is read than is
 * taken. The port closes when all was sent, when either side has enough, and when the backend dies.
 */
interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly hasBody: boolean;
}
type FromBackend = { readonly head: Head } | { readonly piece: Uint8Array } | { readonly end: true };

/** In the backend process: sends the answer over the port. */
export async function sendOverPort(answer: Promise<AudioResponse>, port: MessagePortMain): Promise<void> {
  const { status, headers, body } = await answer;
  const pieces = body?.[Symbol.asyncIterator]();
  const post = (message: FromBackend): void => {
    port.postMessage(message);
  };
  let reading: Promise<void> = Promise.resolve();
  port.on('message', () => {
    reading = reading
      .then(async () => {
        const next = await pieces?.next();
        if (next && !next.done) post({ piece: next.value });
        else post({ end: true });
      })
      // The file is gone or turned out to be damaged: a closed port without an end says so.
      .catch(() => {
        port.close();
      });
  });
  port.once('close', () => {
    void reading.then(() => pieces?.return?.()).catch(() => undefined);
  });
  port.start();
  post({ head: { status, headers, hasBody: body !== null } });
}

/** In the main process: the answer that comes over the port. A port that closes before its time is a broken answer. */
export function responseOverPort(port: MessagePortMain): Promise<Response> {
  return new Promise((resolve) => {
    let body: ReadableStreamDefaultController<Uint8Array> | null = null;
    let taken: () => void = () => undefined;
    port.on('message', ({ data }) => {
      const message = data as FromBackend;
      if ('head' in message) resolve(responseOf(message.head));
      else if ('piece' in message) body?.enqueue(message.piece);
      else {
        body?.close();
        body = null;
        port.close();
      }
      taken();
    });
    port.on('close', () => {
      body?.error(new Error('the audio broke off'));
      body = null;
      taken();
      resolve(new Response(null, { status: 503 }));
    });
    port.start();

    function responseOf({ status, headers, hasBody }: Head): Response {
      if (!hasBody) {
        port.close();
        return new Response(null, { status, headers });
      }
      const stream = new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            body = controller;
          },
          pull: () =>
            new Promise<void>((pulled) => {
              taken = pulled;
              port.postMessage('more');
            }),
          cancel: () => {
            body = null;
            port.close();
          },
        },
        { highWaterMark: 1 },
      );
      return new Response(stream, { status, headers });
    }
  });
}
