import { EXPORT_TARGETS, type ExportTarget } from '#shared/domain/playlists/targets';
import { beetsRules } from './beets';
import { kodiRules } from './kodi';
import { mpdRules } from './mpd';
import { navidromeRules } from './navidrome';
import type { TargetInfo } from './target';

/** Every target, with what there is to tell of it. */
export const TARGETS: Readonly<Record<ExportTarget, TargetInfo>> = {
  m3u8: {
    id: 'm3u8',
    name: 'M3U (UTF-8)',
    extension: '.m3u8',
    where: 'Nearly every player reads it. Jellyfin, Plex and Navidrome take it up when it lies in the music folder.',
    list: 'm3u8',
    rules: null,
  },
  m3u: {
    id: 'm3u',
    name: 'M3U',
    extension: '.m3u',
    where: 'For players that know only this extension; the text is UTF-8 all the same.',
    list: 'm3u',
    rules: null,
  },
  xspf: {
    id: 'xspf',
    name: 'XSPF',
    extension: '.xspf',
    where: 'VLC, Audacious, Strawberry and others open it; it can name every file, whatever is in its name.',
    list: 'xspf',
    rules: null,
  },
  jspf: {
    id: 'jspf',
    name: 'JSPF',
    extension: '.jspf',
    where: 'XSPF as JSON, which ListenBrainz reads.',
    list: 'jspf',
    rules: null,
  },
  pls: {
    id: 'pls',
    name: 'PLS',
    extension: '.pls',
    where: 'An old format that foobar2000, Winamp and VLC open.',
    list: 'pls',
    rules: null,
  },
  itunes: {
    id: 'itunes',
    name: 'iTunes and Apple Music',
    extension: '.xml',
    where: 'In Music: File > Library > Import Playlist. Its smart rules are undocumented, so it is a list.',
    list: 'itunes',
    rules: null,
  },
  navidrome: {
    id: 'navidrome',
    name: 'Navidrome',
    extension: '.nsp',
    where: 'Put it into the music folder, or where PlaylistsPath points; Navidrome takes it up with its next scan.',
    list: 'm3u8',
    rules: { language: navidromeRules, file: true },
  },
  kodi: {
    id: 'kodi',
    name: 'Kodi',
    extension: '.xsp',
    where: 'Put it into userdata/playlists/music of Kodi.',
    list: 'm3u8',
    rules: { language: kodiRules, file: true },
  },
  beets: {
    id: 'beets',
    name: 'beets',
    extension: '.yaml',
    where: 'Lines for the configuration of beets; its plugin smartplaylist writes the playlist itself.',
    list: 'm3u',
    rules: { language: beetsRules, file: true },
  },
  mpd: {
    id: 'mpd',
    name: 'MPD',
    extension: '.m3u',
    where: 'Put it into MPD’s playlist_directory, with paths relative to its music_directory.',
    list: 'mpd',
    rules: { language: mpdRules, file: false },
  },
};

export const ALL_TARGETS = EXPORT_TARGETS.map((id) => TARGETS[id]);
