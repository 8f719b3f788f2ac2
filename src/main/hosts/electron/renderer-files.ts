import { join, sep } from 'node:path';
import { AUDIO_ORIGIN } from '#shared/contract/audio';
import { contentSecurityPolicy, contentTypeOf } from '../shared/page';

/** Where the window's own files come from. A scheme of our own, so that the page has a real origin and never `file:` rights. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'genregram';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const START_PAGE = `${APP_ORIGIN}/index.html`;

export const CONTENT_SECURITY_POLICY = contentSecurityPolicy(AUDIO_ORIGIN);

/** The media type of a file by its extension; unknown ones are offered as bytes, which a page can't run. */
export function contentType(file: string): string {
  return contentTypeOf(file) ?? 'application/octet-stream';
}

/**
 * The file that a URL of our scheme stands for, or null if it stands for none of ours: another host, a path that leaves
 * `folder` (also percent-encoded), a NUL byte.
 *
 * @param folder absolute path of the folder that holds the window's files
 */
export function rendererFile(folder: string, url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== `${APP_SCHEME}:` || host !== APP_HOST) return null;
  const path = decode(pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = join(folder, path === '/' ? 'index.html' : path);
  return file.startsWith(folder + sep) ? file : null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
