import { uriOf } from '../paths/uri';
import type { ListFormat } from './format';
import { positive } from './xspf';

/** JSPF: XSPF as JSON (https://xspf.org/jspf); a track's locations are a list. */
export const jspfFormat: ListFormat = {
  extension: '.jspf',
  uris: true,
  absolute: false,
  refuses: () => null,
  *pieces({ name, comment, tracks }) {
    const head = { title: name, ...(comment && { annotation: comment }) };
    yield `{\n  "playlist": {\n${Object.entries(head)
      .map(([key, value]) => `    "${key}": ${JSON.stringify(value)},\n`)
      .join('')}    "track": [`;
    for (const [i, track] of tracks.entries()) {
      const { title, artist, album, durationSec } = track;
      const entry = {
        location: [uriOf(track.path)],
        title,
        creator: artist,
        album,
        trackNum: positive(track.trackNumber),
        duration: durationSec === null ? null : Math.round(durationSec * 1000),
      };
      const told = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
      yield `${i === 0 ? '' : ','}\n      ${JSON.stringify(told)}`;
    }
    yield `${tracks.length > 0 ? '\n    ' : ''}]\n  }\n}\n`;
  },
};
