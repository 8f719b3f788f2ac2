import type { Group } from '#shared/contract/review';
import { formatCount, formatPlural } from '../ui/format';

/** One decision for several tracks. */
export const share = {
  around: 'Around this track',
  headings: { album: 'Album', artist: 'Artist', similar: 'Sounds like this' },
  buttons: { album: 'The same for the album…', artist: 'The same for the artist…', similar: 'The same for these…' },
  titles: {
    album: 'One genre for the album',
    artist: 'One genre for the artist',
    similar: 'One genre for similar tracks',
  },
  help: 'Shows the tracks first',
  says: (of: 'album' | 'artist', { tracks, undecided, majority, agrees }: Group): string => {
    const waiting =
      undecided === 0
        ? 'none waits for you'
        : `${formatCount(undecided)} of them ${undecided === 1 ? 'waits' : 'wait'} for you`;
    if (!majority) return `${formatPlural(tracks, 'track')}, ${waiting}.`;
    const where = of === 'album' ? 'on this album' : 'by this artist';
    const stands = agrees === null ? 'this one says nothing' : agrees ? 'so does this one' : 'this one disagrees';
    const others =
      majority.others === 0
        ? ''
        : ` ${formatPlural(majority.others, 'track')} that ${majority.others === 1 ? 'waits says' : 'wait say'} otherwise or nothing.`;
    return `${formatCount(majority.tracks)} of ${formatPlural(majority.of, 'track')} ${where} say ${majority.genre}; ${stands}.${others}`;
  },
  similar: (count: number): string =>
    count === 0
      ? 'No other track that waits sounds much like this one.'
      : `${formatPlural(count, 'track')} that ${count === 1 ? 'waits sounds' : 'wait sound'} much like this one.`,
  take: (of: 'album' | 'artist', genre: string): string => `Take ${genre} for the ${of}…`,
  genre: 'Genre',
  onlyGenre: 'Only the genre is decided. Nothing is written yet, and one undo takes all of it back.',
  chosen: (chosen: number, of: number): string => `${formatCount(chosen)} of ${formatPlural(of, 'track')} chosen`,
  hidden: (count: number): string => `${formatPlural(count, 'more track')} not listed and left alone`,
  list: 'Tracks that get the decision',
  similarity: 'Likeness',
  itself: 'this track',
  tracks: (count: number): string => formatPlural(count, 'track'),
  confirm: (genre: string, count: number): string =>
    genre === '' ? 'Name a genre' : `${genre} for ${formatPlural(count, 'track')}`,
  cancel: 'Cancel',
  close: 'Close',
} as const;
