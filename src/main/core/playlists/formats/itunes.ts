import type { PlaylistTrack } from '#shared/domain/playlists/playlist';
import { uriOf } from '../paths/uri';
import type { ListFormat } from './format';
import { XML_HEAD, xmlText } from './xml';

type Value = string | number | Date | boolean | null;

/**
 * A library of iTunes and Apple Music as XML (File > Library > Import Playlist): a property list with a dictionary of tracks and one
 * playlist that names them. Locations are `file://localhost/` URLs; times in milliseconds, ratings 0..100. Smart rules are binary
 * there (`Smart Info`) and undocumented, so it is always a list. https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/PropertyLists
 */
export const itunesFormat: ListFormat = {
  extension: '.xml',
  uris: true,
  absolute: true,
  refuses: () => null,
  *pieces({ name, comment, tracks }) {
    yield `${XML_HEAD}<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n`;
    yield `<plist version="1.0">\n<dict>\n${pairs('\t', { 'Major Version': 1, 'Minor Version': 1, 'Application Version': '12.0' })}`;
    yield '\t<key>Tracks</key>\n\t<dict>\n';
    const told = new Set<number>();
    for (const track of tracks) {
      if (told.has(track.id)) continue;
      told.add(track.id);
      yield `\t\t<key>${track.id}</key>\n\t\t<dict>\n${pairs('\t\t\t', facts(track))}\t\t</dict>\n`;
    }
    yield '\t</dict>\n\t<key>Playlists</key>\n\t<array>\n\t\t<dict>\n';
    yield pairs('\t\t\t', { Name: name, Description: comment ?? null, 'Playlist ID': 1, 'All Items': true });
    yield '\t\t\t<key>Playlist Items</key>\n\t\t\t<array>\n';
    for (const { id } of tracks) yield `\t\t\t\t<dict>\n${pairs('\t\t\t\t\t', { 'Track ID': id })}\t\t\t\t</dict>\n`;
    yield '\t\t\t</array>\n\t\t</dict>\n\t</array>\n</dict>\n</plist>\n';
  },
};

const facts = (track: PlaylistTrack): Record<string, Value> => ({
  'Track ID': track.id,
  Name: track.title,
  Artist: track.artist,
  'Album Artist': track.albumArtist,
  Album: track.album,
  Genre: track.genres.length > 0 ? track.genres.join(', ') : null,
  Size: track.sizeBytes,
  'Total Time': track.durationSec === null ? null : Math.round(track.durationSec * 1000),
  'Track Number': track.trackNumber,
  Year: track.year,
  'Date Modified': new Date(track.modifiedAt),
  'Date Added': new Date(track.addedAt),
  'Bit Rate': track.bitrate,
  'Sample Rate': track.sampleRate,
  Rating: track.rating === null ? null : Math.round(track.rating * 20),
  'Track Type': 'File',
  Location: uriOf(track.path, 'localhost'),
});

const pairs = (indent: string, values: Readonly<Record<string, Value>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${indent}<key>${key}</key>${element(value)}\n`)
    .join('');

function element(value: Value): string {
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (value instanceof Date) return `<date>${value.toISOString().replace(/\.\d+Z$/, 'Z')}</date>`;
  return typeof value === 'number'
    ? `<integer>${Math.round(value)}</integer>`
    : `<string>${xmlText(value ?? '')}</string>`;
}
