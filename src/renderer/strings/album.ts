import { formatCount, formatPlural } from '../ui/format';

/** What is said where a whole album is decided at once. */
export const album = {
  unit: 'What is decided at a time',
  units: { track: 'Tracks', album: 'Albums' },
  byline: (artist: string | null, year: number | null, tracks: number, time: string): string =>
    [artist, year, formatPlural(tracks, 'track'), time].filter((part) => part !== null).join(' · '),
  agreed: (genres: string, tracks: number, of: number): string =>
    tracks === of
      ? `${genres}, as in all ${formatPlural(of, 'track')}`
      : `${genres} in ${formatCount(tracks)} of ${formatPlural(of, 'track')}`,
  split: 'No genre has more than half of the tracks',
  unsure: 'Not sure of any track',
  unheard: 'None of the tracks was heard to be music yet',
  own: 'In the files',
  accept: (genres: string, tracks: number): string => `${genres} for ${formatPlural(tracks, 'track')}`,
  noAnswer: 'No common genre',
  each: 'Each as heard',
  asHeard: 'Each as heard',
  about: (what: string, name: string, tracks: number): string =>
    `${what} for ${formatPlural(tracks, 'track')} of ${name}`,
  noneChosen: 'No track of this album is chosen. Choose some in the list, or go on to the next album.',
  noAgreement:
    'No genre has more than half of this album. Press the number of a genre, type one, or accept each track as heard.',
  tracks: 'Tracks of the album',
  hear: (title: string): string => `Hear why: ${title}`,
  next: 'Next album',
  previous: 'Previous album',
};
