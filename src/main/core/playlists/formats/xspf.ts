import { uriOf } from '../paths/uri';
import type { ListFormat } from './format';
import { XML_HEAD, xmlLine } from './xml';

/**
 * XSPF version 1 (https://xspf.org/spec): locations are URIs, absolute or relative to the playlist file; durations in milliseconds. No
 * date is told, so that a playlist that is the same stays the same file.
 */
export const xspfFormat: ListFormat = {
  extension: '.xspf',
  uris: true,
  absolute: false,
  refuses: () => null,
  *pieces({ name, comment, tracks }) {
    yield `${XML_HEAD}<playlist version="1" xmlns="http://xspf.org/ns/0/">\n`;
    yield `${xmlLine('  ', 'title', name)}${xmlLine('  ', 'annotation', comment)}  <trackList>\n`;
    for (const track of tracks) {
      const { title, artist, album, trackNumber, durationSec } = track;
      const lines = [
        xmlLine('      ', 'location', uriOf(track.path)),
        xmlLine('      ', 'title', title),
        xmlLine('      ', 'creator', artist),
        xmlLine('      ', 'album', album),
        xmlLine('      ', 'trackNum', positive(trackNumber)),
        xmlLine('      ', 'duration', durationSec === null ? null : Math.round(durationSec * 1000)),
      ];
      yield `    <track>\n${lines.join('')}    </track>\n`;
    }
    yield '  </trackList>\n</playlist>\n';
  },
};

/** A track's number is a whole one greater than zero (4.1.1.2.14.1.1.1.9). */
export const positive = (number: number | null): number | null =>
  number !== null && Number.isInteger(number) && number > 0 ? number : null;
