import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

/** By which names the server is called, and from where its pages come. */
export interface Names {
  /** The path that all of the server's own lie under: '' or such as `/genregram`. */
  readonly prefix: string;
  /** Whether browsers reach it by https, so that cookies may be kept to that. */
  readonly isSecure: boolean;
  /**
   * Whether a request is meant for us by name. A foreign name that resolves to our address is DNS rebinding: its page would be of the same
   * origin as ours.
   */
  isForUs(request: IncomingMessage): boolean;
  /** True also without an Origin: only programs leave it out, no browser does where it matters, and they need to be let in too. */
  isFromOurPage(request: IncomingMessage): boolean;
  /** The origins that our page may have for the one who asks: a proxy may hand its own name on, or ours. */
  originsFor(request: IncomingMessage): readonly string[];
}

export interface NamesOptions {
  readonly port: number;
  /** The address that is listened on. */
  readonly host: string;
  /** Further names, each with a port or good for any. */
  readonly allowHosts: readonly string[];
  /** Where a reverse proxy offers us; null without one. */
  readonly publicUrl: URL | null;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const EVERYWHERE = new Set(['0.0.0.0', '::']);

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** An address as it stands in a URL. */
export const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/** Nothing that a proxy says in `X-Forwarded-*` counts here: what it stands for is given at the start. */
export function createNames({ port, host, allowHosts, publicUrl }: NamesOptions): Names {
  const own = isLoopback(host) ? LOOPBACK : [...LOOPBACK, inUrl(host)];
  const exact = new Set(own.map((name) => `${name}:${port}`));
  if (port === 80) for (const name of own) exact.add(name);
  if (publicUrl) exact.add(publicUrl.host);
  const allowed = new Set(allowHosts.map((name) => name.toLowerCase()));
  const anyAddress = EVERYWHERE.has(host);

  const isOurName = (text: string): boolean => {
    if (exact.has(text) || allowed.has(text)) return true;
    const match = /^(\[[0-9a-f:.]{2,45}\]|[^:[\]/@\s]{1,253})(:\d{1,5})?$/.exec(text);
    const name = match?.[1] ?? '';
    // An address in figures is looked up nowhere, so it can't be rebound.
    return name !== '' && (allowed.has(name) || (anyAddress && isIP(name.replace(/^\[|\]$/g, '')) !== 0));
  };
  const hostOf = ({ headers }: IncomingMessage): string => (headers.host ?? '').toLowerCase();
  const originsFor = (request: IncomingMessage): string[] => [
    `http://${hostOf(request)}`,
    ...(publicUrl ? [publicUrl.origin] : []),
  ];

  return {
    prefix: publicUrl?.pathname.replace(/\/+$/, '') ?? '',
    isSecure: publicUrl?.protocol === 'https:',
    isForUs: (request) => isOurName(hostOf(request)),
    isFromOurPage: (request) => {
      const { origin } = request.headers;
      return origin === undefined || originsFor(request).includes(origin);
    },
    originsFor,
  };
}
