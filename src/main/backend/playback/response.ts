import { readByteRange } from '../../core/playback/byte-range';
import type { AudioContent } from '../../adapters/playback/content';
import { toFailure, type FailureCode } from '#shared/domain/failure';

/** An HTTP answer, whoever sends it. */
export interface AudioResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where there is none. May be read once; whoever has enough ends the iteration. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** What of an HTTP request for audio matters. */
export interface AudioConditions {
  readonly method: 'GET' | 'HEAD';
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
}

/** Nobody but the window may keep any of it. */
const PRIVATE = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/** Answers with a content, or with the part of it that is asked for (RFC 9110, sections 14 and 15). */
export function respondWith(content: AudioContent, { method, range, ifRange }: AudioConditions): AudioResponse {
  const { type, size, etag } = content;
  const headers = { ...PRIVATE, 'Content-Type': type, 'Accept-Ranges': 'bytes', ETag: etag };
  // `Range` has a meaning with GET alone, and none if the part asked for is one of another version.
  const applies = method === 'GET' && (ifRange === undefined || ifRange === etag);
  const wanted = readByteRange(applies ? range : null, size);
  if (wanted.kind === 'unsatisfiable')
    return {
      status: 416,
      headers: { ...PRIVATE, 'Content-Range': `bytes */${size}`, 'Content-Length': '0' },
      body: null,
    };
  const { start, end } = wanted.kind === 'part' ? wanted : { start: 0, end: size };
  return {
    status: wanted.kind === 'part' ? 206 : 200,
    headers: {
      ...headers,
      'Content-Length': String(end - start),
      ...(wanted.kind === 'part' && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
    },
    body: method === 'GET' ? content.read(start, end) : null,
  };
}

const STATUS: Partial<Record<FailureCode, number>> = {
  'not-found': 404,
  'permission-denied': 403,
  'link-refused': 403,
  'not-available': 503,
  'unsupported-format': 415,
  'empty-file': 415,
  'decode-failed': 415,
  'decoder-missing': 415,
};

/** Says in words why there is no audio. */
export function respondWithFailure(error: unknown, method: AudioConditions['method']): AudioResponse {
  const { code, message } = toFailure(error);
  const text = new TextEncoder().encode(`${message}\n`);
  return {
    status: STATUS[code] ?? 500,
    headers: { ...PRIVATE, 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': String(text.length) },
    body: method === 'GET' ? only(text) : null,
  };
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
