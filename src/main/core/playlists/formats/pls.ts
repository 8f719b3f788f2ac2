import { atLineStart, displayName, refusesNewlines, type ListFormat } from './format';

/** PLS version 2, Winamp's: an INI file. Lengths in seconds, -1 where unknown. https://en.wikipedia.org/wiki/PLS_(file_format) */
export const plsFormat: ListFormat = {
  extension: '.pls',
  uris: false,
  absolute: false,
  refuses: refusesNewlines,
  *pieces({ tracks }, { lineEnds }) {
    const end = lineEnds === 'crlf' ? '\r\n' : '\n';
    yield `[playlist]${end}`;
    for (const [i, track] of tracks.entries()) {
      const seconds = track.durationSec === null ? -1 : Math.round(track.durationSec);
      const lines = [
        `File${i + 1}=${atLineStart(track.path)}`,
        `Title${i + 1}=${displayName(track)}`,
        `Length${i + 1}=${seconds}`,
      ];
      yield lines.map((line) => line + end).join('');
    }
    yield `NumberOfEntries=${tracks.length}${end}Version=2${end}`;
  },
};
