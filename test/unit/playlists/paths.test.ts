import { describe, expect, test } from 'vitest';
import { DEFAULT_PATH_OPTIONS, type PathOptions } from '#shared/domain/playlists/targets';
import { atLineStart } from '../../../src/main/core/playlists/formats/format';
import { fileNameFor, fileNamesFor } from '../../../src/main/core/playlists/paths/file-name';
import { pathsFor, wrongOptions } from '../../../src/main/core/playlists/paths/locate';
import { uriOf } from '../../../src/main/core/playlists/paths/uri';

const said = (path: string, options: Partial<PathOptions>, folder = '/lists'): string | null => {
  const found = pathsFor({ ...DEFAULT_PATH_OPTIONS, ...options }, folder)(path);
  return 'path' in found ? found.path : null;
};

describe('paths in playlists', () => {
  test.each<[string, Partial<PathOptions>, string, string]>([
    ['/music/a/b.mp3', {}, '/music/lists', '../a/b.mp3'],
    ['/music/a/b.mp3', {}, '/music', 'a/b.mp3'],
    ['/music/a/b.mp3', {}, '/', 'music/a/b.mp3'],
    ['/music/a/b.mp3', {}, '/music/a/b.mp3', '../b.mp3'],
    ['/music/a/b.mp3', { paths: 'absolute' }, '/x', '/music/a/b.mp3'],
    ['/music/a/b.mp3', { base: '/music' }, '/lists', 'a/b.mp3'],
    ['C:\\Music\\a\\b.mp3', {}, 'c:\\MUSIC\\lists', '../a/b.mp3'],
    ['C:\\Music\\a\\b.mp3', { separators: 'native' }, 'C:\\Music\\lists', '..\\a\\b.mp3'],
    ['C:\\Music\\a.mp3', {}, 'D:\\lists', 'C:/Music/a.mp3'],
    ['\\\\nas\\music\\a.mp3', {}, '\\\\NAS\\Music\\lists', '../a.mp3'],
    ['\\\\nas\\music\\a.mp3', { paths: 'absolute' }, 'D:\\x', '//nas/music/a.mp3'],
    ['/a\\b/c.mp3', {}, '/', 'a\\b/c.mp3'],
  ])('%s with %o in %s', (path, options, folder, expected) => {
    expect(said(path, options, folder)).toBe(expected);
  });

  const map = [
    { from: '/music', to: 'D:\\Music' },
    { from: '/music/new/', to: '\\\\nas\\new' },
  ];

  test('the longest beginning wins, at whole names only', () => {
    const options = { map, paths: 'absolute', separators: 'native' } as const;
    expect(said('/music/a.mp3', options)).toBe('D:\\Music\\a.mp3');
    expect(said('/music/new/a.mp3', options)).toBe('\\\\nas\\new\\a.mp3');
    expect(said('/music/newer/a.mp3', options)).toBe('D:\\Music\\newer\\a.mp3');
    expect(said('/musical/a.mp3', options)).toBe('/musical/a.mp3');
  });

  test('case does not count on Windows, and does elsewhere', () => {
    const back = { map: [{ from: 'd:/music', to: '/music' }], paths: 'absolute' } as const;
    expect(said('D:\\MUSIC\\A.mp3', back)).toBe('/music/A.mp3');
    expect(said('/Music/A.mp3', { map, paths: 'absolute' })).toBe('/Music/A.mp3');
  });

  test('the folder is seen through the map, too', () => {
    expect(said('/music/a/b.mp3', { map }, '/music/lists')).toBe('../a/b.mp3');
    // A playlist outside of what is mapped has no way to what is.
    expect(said('/music/a/b.mp3', { map }, '/lists')).toBe('D:/Music/a/b.mp3');
  });

  test('composed letters and decomposed ones are one name', () => {
    expect(said('/music/Cafe\u0301/a.mp3', {}, '/music/Caf\u00e9')).toBe('a.mp3');
    expect(said('/music/Cafe\u0301.mp3', { unicode: 'NFC' }, '/music')).toBe('Caf\u00e9.mp3');
    expect(said('/music/Caf\u00e9.mp3', { unicode: 'NFD' }, '/music')).toBe('Cafe\u0301.mp3');
  });

  test('what can’t be said is told', () => {
    const toWindows = pathsFor({ ...DEFAULT_PATH_OPTIONS, map }, '/lists');
    expect(toWindows('/music/What?.mp3')).toHaveProperty('why');
    expect(toWindows('/music/\ud800.mp3')).toHaveProperty('why');
    expect(wrongOptions({ ...DEFAULT_PATH_OPTIONS, map: [{ from: 'music', to: '/m' }] })).toMatch(/absolute path/);
    expect(wrongOptions({ ...DEFAULT_PATH_OPTIONS, map })).toBeNull();
  });

  test('lines that would be comments, links or lose their first space begin with a dot', () => {
    expect(atLineStart('#1.mp3')).toBe('./#1.mp3');
    expect(atLineStart(' a.mp3')).toBe('./ a.mp3');
    expect(atLineStart(' a\\b.mp3')).toBe('.\\ a\\b.mp3');
    expect(atLineStart('http: x.mp3')).toBe('./http: x.mp3');
    for (const path of ['a/#1.mp3', '/#1.mp3', 'C:\\a.mp3', 'C:/a.mp3', '//nas/a', '..\\#a'])
      expect(atLineStart(path)).toBe(path);
  });
});

test.each([
  ['/a b/#1 100%.mp3', 'file:///a%20b/%231%20100%25.mp3'],
  ['D:/Music/ü.mp3', 'file:///D:/Music/%C3%BC.mp3'],
  ['//nas/music/a?.mp3', 'file://nas/music/a%3F.mp3'],
  ['a: b/back\\slash.mp3', 'a%3A%20b/back%5Cslash.mp3'],
  ['../🎵.mp3', '../%F0%9F%8E%B5.mp3'],
])('%s as a URI', (path, uri) => {
  expect(uriOf(path)).toBe(uri);
  if (path.startsWith('/') && !path.startsWith('//')) expect(decodeURIComponent(new URL(uri).pathname)).toBe(path);
});

test('shares in iTunes are behind localhost', () => {
  expect(uriOf('//nas/music/a.mp3', 'localhost')).toBe('file://localhost//nas/music/a.mp3');
  expect(uriOf('D:/a.mp3', 'localhost')).toBe('file://localhost/D:/a.mp3');
});

describe('names of playlist files', () => {
  test.each([
    ['Rock', 'Rock.m3u8'],
    ['AC/DC: live?', 'AC_DC_ live_.m3u8'],
    ['../../etc/passwd', '___.._etc_passwd.m3u8'],
    ['..', '__.m3u8'],
    ['.hidden', '_hidden.m3u8'],
    ['con', '_con.m3u8'],
    ['Com1.live', '_Com1.live.m3u8'],
    ['Console', 'Console.m3u8'],
    ['dots... ', 'dots.m3u8'],
    ['\u0000\u001f', '__.m3u8'],
    ['  ', 'playlist.m3u8'],
    ['Cafe\u0301', 'Caf\u00e9.m3u8'],
  ])('%s', (name, file) => {
    expect(fileNameFor(name, '.m3u8')).toBe(file);
  });

  test('long names are cut at whole characters', () => {
    const family = '👩‍👩‍👧‍👦';
    const file = fileNameFor(family.repeat(20), '.xspf');
    expect(new TextEncoder().encode(file).length).toBeLessThanOrEqual(140);
    expect(file.replace('.xspf', '').replaceAll(family, '')).toBe('');
    expect(fileNameFor('x'.repeat(300), '.m3u8')).toHaveLength(140);
  });

  test('no two are the same where case does not count', () => {
    expect(fileNamesFor(['Rock', 'rock', 'ROCK', 'a/b', 'a:b', 'con', '_con'], '.pls')).toEqual([
      'Rock.pls',
      'rock (2).pls',
      'ROCK (3).pls',
      'a_b.pls',
      'a_b (2).pls',
      '_con.pls',
      '_con (2).pls',
    ]);
  });
});
