import { atLineStart, displayName, oneLine, refusesNewlines, type ListFormat } from './format';

/**
 * Extended M3U: a line `#EXTINF:seconds,title` before each path. `.m3u8` is M3U in UTF-8; MPD and most players of today read `.m3u` so, too.
 * https://en.wikipedia.org/wiki/M3U, RFC 8216 section 4.
 */
const m3u = (extension: '.m3u' | '.m3u8'): ListFormat => ({
  extension,
  uris: false,
  absolute: false,
  refuses: refusesNewlines,
  *pieces({ name, tracks }, { lineEnds, bom }) {
    const end = lineEnds === 'crlf' ? '\r\n' : '\n';
    yield `${bom ? '\ufeff' : ''}#EXTM3U${end}#PLAYLIST:${oneLine(name)}${end}`;
    for (const track of tracks) {
      const seconds = track.durationSec === null ? -1 : Math.round(track.durationSec);
      yield `#EXTINF:${seconds},${displayName(track)}${end}${atLineStart(track.path)}${end}`;
    }
  },
});

export const m3u8Format = m3u('.m3u8');
export const m3uFormat = m3u('.m3u');
