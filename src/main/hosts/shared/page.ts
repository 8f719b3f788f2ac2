import { extname } from 'node:path';

/** What every host says of the window's page: where it may load from, and what its files are. */

/**
 * The content security policy of the window: nothing is loaded from anywhere but our own files. Styles may stand inline,
 * as the component library sets CSS variables so; scripts may not.
 *
 * @param media where the tracks' audio comes from, and nothing else may
 * @param connect sources besides our own that the page may talk to
 */
export const contentSecurityPolicy = (media: string, connect: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `media-src ${media}`,
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** The media type of one of the window's files by its extension, or null if it is of no known kind. */
export const contentTypeOf = (file: string): string | null => CONTENT_TYPES[extname(file).toLowerCase()] ?? null;
