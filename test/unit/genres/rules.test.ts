import { describe, expect, test } from 'vitest';
import { parseGenres } from '#shared/domain/genres/genre-file';
import { readGenres } from '#shared/domain/genres/graph';
import { nearestAllowed, overrideFor } from '#shared/domain/genres/rules';

const problemsOf = (text: string) => readGenres(text).problems;

describe('rules in a file of genres', () => {
  test('are read, with colons in names', () => {
    expect(parseGenres('@artist Trio: Live: Jazz, Swing\n@folder Games/\n@only Rock, Jazz *').file).toMatchObject({
      overrides: [{ of: 'artist', name: 'Trio: Live', genres: ['Jazz', 'Swing'], line: 1 }],
      only: [
        { label: 'Rock', kinds: false, line: 3 },
        { label: 'Jazz', kinds: true, line: 3 },
      ],
    });
  });

  test.each([
    ['@artist Miles Davis', /A name, a colon and a genre.*@artist Miles Davis: Jazz/],
    ['@folder : Jazz', /A name, a colon/],
    ['@artist X:', /A name, a colon/],
    ['@only', /genres are missing/],
    ['@singer X: Pop', /There is no @singer; there are @artist/],
    ['@only Nonsense', /“Nonsense” is no genre here/],
    ['@artist X: Pop\n@artist x: Rock', /“x” has a line already/],
  ])('%j is told by its line', (text, message) => {
    const line = text.split('\n').length;
    expect(problemsOf(text)).toEqual([{ line, message: expect.stringMatching(message) as string }]);
  });

  test('the same name may be an artist’s and a folder’s', () => {
    expect(problemsOf('@artist Nord: Pop\n@folder Nord: Rock\n@album-artist Nord: Jazz')).toEqual([]);
  });
});

describe('an override', () => {
  const { graph } = readGenres(
    `Rap = hip-hop
@artist Miles Davis: Jazz
@artist AC/DC: hip hop
@album-artist Various: Compilation
@folder Games: Game Music
@folder /Music/Games/Old/: Chiptune`,
  );
  const genresOf = (path: string, artist: string | null = null, albumArtist: string | null = null) =>
    overrideFor(graph.rules, { path, artist, albumArtist })?.genres ?? null;

  test('holds for an artist in any case and accents, also among several, under the collector’s name', () => {
    expect(genresOf('/a.mp3', 'MILES DAVIS')).toEqual(['Jazz']);
    expect(genresOf('/a.mp3', 'John Coltrane; Miles Dávis')).toEqual(['Jazz']);
    expect(genresOf('/a.mp3', 'AC/DC')).toEqual(['Rap']);
    expect(genresOf('/a.mp3', 'Miles Davis Tribute')).toBeNull();
    expect(genresOf('/a.mp3')).toBeNull();
  });

  test('of the artist beats the album artist, and that a folder', () => {
    expect(genresOf('/Games/a.mp3', 'Miles Davis', 'Various')).toEqual(['Jazz']);
    expect(genresOf('/Games/a.mp3', 'Who', 'Various')).toEqual(['Compilation']);
    expect(genresOf('/Games/a.mp3', 'Who', 'Who')).toEqual(['Game Music']);
  });

  test('of a folder holds for all below it, the deepest first; a file’s name is no folder', () => {
    expect(genresOf('/home/Music/games/New/a.mp3')).toEqual(['Game Music']);
    expect(genresOf('/home/Music/Games/Old/x/a.mp3')).toEqual(['Chiptune']);
    expect(genresOf('C:\\Music\\Games\\a.mp3')).toEqual(['Game Music']);
    expect(genresOf('/home/MyGames/a.mp3')).toBeNull();
    expect(genresOf('/home/Games')).toBeNull();
  });
});

describe('a list of what may be written', () => {
  const { graph } = readGenres('@only Rock, Electronic, House, Jazz *');
  test.each([
    ['Rock', 'Rock'],
    ['Hard Rock', 'Rock'],
    ['Deep House', 'House'],
    ['Techno', 'Electronic'],
    ['Bebop', 'Bebop'],
    ['Polka', null],
    ['My Own', null],
  ])('%s becomes %s', (name, written) => {
    expect(nearestAllowed(graph, name)).toBe(written);
  });

  test('that is empty lets everything be', () => {
    expect(nearestAllowed(readGenres('').graph, 'My Own')).toBe('My Own');
  });
});
