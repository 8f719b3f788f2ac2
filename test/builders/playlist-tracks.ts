import type { PlaylistTrack } from '#shared/domain/playlists/playlist';

/** A track as playlists tell of it, with what is of interest. */
export const playlistTrack = (id: number, path: string, more: Partial<PlaylistTrack> = {}): PlaylistTrack => ({
  id,
  path,
  title: `Title ${id}`,
  artist: 'Artist',
  albumArtist: null,
  album: null,
  trackNumber: null,
  year: null,
  genres: [],
  durationSec: 180.4,
  bitrate: 320,
  sampleRate: 44_100,
  sizeBytes: 7_000_000,
  rating: null,
  addedAt: Date.UTC(2026, 10, 1),
  modifiedAt: Date.UTC(2026, 10, 2),
  ...more,
});

/** What gave playlist writers trouble: every name is one that Linux can hold. */
export const TRICKY_NAMES = [
  'Plain.mp3',
  '#1 Hit.mp3',
  ' leading space.flac',
  '100% & more <live>.ogg',
  'Ünïcödé – 日本語 🎵.opus',
  'Cafe\u0301 (decomposed).mp3',
  'quote"s and \'s.mp3',
  'http: not a link.mp3',
  'semi;colon=equals [x].wav',
  'back\\slash.mp3',
  `${'long '.repeat(58)}.mp3`,
];

/** Tracks of these names, in two folders. */
export const trickyTracks = (root = '/music'): PlaylistTrack[] =>
  TRICKY_NAMES.map((name, i) =>
    playlistTrack(i + 1, `${root}/${i % 2 === 0 ? 'A & B' : 'C#'}/${name}`, {
      title: i === 0 ? null : `Title <${i}> & "co" \u0001\u000b ☃`,
      artist: i === 1 ? null : 'Sigur Rós',
      album: 'An Album',
      trackNumber: i === 3 ? 0 : i,
      year: 1999,
      genres: i % 3 === 0 ? ['Post-Rock', 'Ambient'] : [],
      rating: i === 2 ? 4.5 : null,
      durationSec: i === 4 ? null : 60 + i / 3,
    }),
  );
