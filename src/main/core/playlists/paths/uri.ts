/** What RFC 3986 lets stand in a segment of a path besides letters and digits, and encodeURIComponent encodes needlessly. */
const NEEDLESS = /%(?:2C|3B|40|24|26|2B|3D)/g;

const segment = (part: string): string =>
  encodeURIComponent(part).replace(NEEDLESS, (code) => decodeURIComponent(code));

const segments = (path: string): string => path.split('/').map(segment).join('/');

/**
 * A path as a URI reference (RFC 3986, RFC 8089): a `file:` URI of an absolute one, a relative reference of a relative one. In UTF-8.
 *
 * @param path with forward slashes; a share as `//server/share/…`, a drive as `D:/…`; without lone surrogates
 * @param host of local paths: empty, or `localhost` as iTunes has it
 */
export function uriOf(path: string, host: '' | 'localhost' = ''): string {
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0];
  if (drive !== undefined) return `file://${host}/${drive}${segments(path.slice(drive.length))}`;
  // iTunes names no other host than localhost, and puts shares behind it.
  if (path.startsWith('//')) return host === '' ? `file:${segments(path)}` : `file://${host}${segments(path)}`;
  if (path.startsWith('/')) return `file://${host}${segments(path)}`;
  // A colon is encoded above, so that no first segment reads as a scheme.
  return segments(path);
}
