import type { PlaylistTrack } from '#shared/domain/playlists/playlist';

/** What a list file holds: a playlist's name and its tracks, in order, with their paths as the file is to say them. */
export interface TrackList {
  readonly name: string;
  readonly comment?: string | undefined;
  readonly tracks: readonly PlaylistTrack[];
}

/** How a list file's text is made; of no meaning to formats whose specification leaves no choice. */
export interface TextOptions {
  readonly lineEnds: 'lf' | 'crlf';
  readonly bom: boolean;
}

/** A playlist format, as text in UTF-8. */
export interface ListFormat {
  /** With the dot. */
  readonly extension: string;
  /** Names tracks by URIs, so that it needs forward slashes. */
  readonly uris: boolean;
  /** Holds absolute paths only. */
  readonly absolute: boolean;
  /** Why it can't hold a track of such a path; null if it can. */
  readonly refuses: (path: string) => string | null;
  /** The file's text, in pieces of one track each; no track of a path that it refuses may be in the list. */
  readonly pieces: (list: TrackList, options: TextOptions) => Generator<string>;
}

/** The text on one line: what would break it is a space. */
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();

/** `Artist - Title`, as players show it; the file's name where there is no title. */
export function displayName({ artist, title, path }: PlaylistTrack): string {
  const name = title ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return oneLine(artist === null ? name : `${artist} - ${name}`);
}

/** Of formats of lines. */
export const refusesNewlines = (path: string): string | null =>
  /[\r\n]/.test(path) ? 'Its path holds a line break, which this format can’t say; XSPF and JSPF can.' : null;

/**
 * A path that a line can begin with: a relative one that would be read as a comment or a URL, or whose first character players
 * strip, begins with `./`.
 */
export function atLineStart(path: string): string {
  if (/^(?:[A-Za-z]:[\\/]|[\\/]{1,2})/.test(path)) return path;
  const dot = path.includes('\\') && !path.includes('/') ? '.\\' : './';
  return /^(?:[#\s\ufeff[;]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path) ? dot + path : path;
}
