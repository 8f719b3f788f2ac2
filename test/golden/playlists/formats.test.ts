import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DEFAULT_PATH_OPTIONS, type ListTarget, type PathOptions } from '#shared/domain/playlists/targets';
import { LIST_FORMATS } from '../../../src/main/core/playlists/formats';
import { locate } from '../../../src/main/core/playlists/paths/locate';
import { TRICKY_NAMES, playlistTrack, trickyTracks } from '../../builders/playlist-tracks';
import { missing } from '../../builders/requirements';
import { temporaryFolder } from '../../builders/temporary-folder';

const here = dirname(fileURLToPath(import.meta.url));
const NAME = 'Tricky & <co>';
const folders: ReturnType<typeof temporaryFolder>[] = [];
const newFolder = (): string => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
};
afterAll(() => {
  for (const { cleanUp } of folders) cleanUp();
});

/** A playlist's text; `folder` is the playlist's. */
function textOf(
  target: ListTarget,
  tracks: ReturnType<typeof trickyTracks>,
  folder: string,
  more: Partial<PathOptions> = {},
) {
  const format = LIST_FORMATS[target];
  const options: PathOptions = { ...DEFAULT_PATH_OPTIONS, ...(format.absolute && { paths: 'absolute' }), ...more };
  const work = locate(tracks, options, folder, format.refuses);
  for (;;) {
    const step = work.next();
    if (!step.done) continue;
    const text = [...format.pieces({ name: NAME, comment: 'Of "all" kinds', tracks: step.value.tracks }, options)].join(
      '',
    );
    return { text, leftOut: step.value.leftOut };
  }
}

/** `GENREGRAM_UPDATE_GOLDEN=1` writes the golden files anew; look at the difference before keeping it. */
function expectGolden(file: string, text: string): void {
  const path = join(here, file);
  if (process.env['GENREGRAM_UPDATE_GOLDEN']) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

const GOLDEN: readonly (readonly [string, ListTarget, Partial<PathOptions>])[] = [
  ['relative.m3u8', 'm3u8', {}],
  [
    'windows.m3u8',
    'm3u8',
    {
      separators: 'native',
      lineEnds: 'crlf',
      bom: true,
      paths: 'absolute',
      map: [{ from: '/music/C#', to: 'D:\\C#' }],
    },
  ],
  ['relative.xspf', 'xspf', {}],
  ['absolute.jspf', 'jspf', { paths: 'absolute' }],
  ['relative.pls', 'pls', {}],
  ['itunes.xml', 'itunes', {}],
];

describe('playlist files are byte for byte as they were', () => {
  test.each(GOLDEN)('%s', (file, target, options) => {
    const { text } = textOf(target, trickyTracks(), '/music/Lists', options);
    expectGolden(file, text);
  });

  test('a name that a line can’t hold is left out and told, and kept where it can be said', () => {
    const tracks = [playlistTrack(1, '/music/two\nlines.mp3'), playlistTrack(2, '/music/a.mp3')];
    for (const target of ['m3u8', 'pls'] as const) {
      const { text, leftOut } = textOf(target, tracks, '/music');
      expect(leftOut.map(({ path }) => path)).toEqual(['/music/two\nlines.mp3']);
      expect(text).toContain('a.mp3');
      expect(text).not.toContain('lines.mp3');
    }
    const { text, leftOut } = textOf('xspf', tracks, '/music');
    expect(leftOut).toEqual([]);
    expect(text).toContain('two%0Alines.mp3');
  });
});

describe('other programs read the files as they were meant', () => {
  const withoutPython = missing('python');
  test.skipIf(withoutPython)('Python: iTunes by plistlib, XSPF by an XML parser, JSPF and PLS by its own', () => {
    const folder = newFolder();
    const tracks = trickyTracks();
    for (const [file, target, options] of GOLDEN)
      writeFileSync(join(folder, file), textOf(target, tracks, '/music/Lists', options).text);
    const { stdout, stderr } = spawnSync('python3', [join(here, 'read.py'), folder], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const read = JSON.parse(stdout) as Record<string, { name: string | null; paths: string[] }>;
    const wanted = tracks.map(({ path }) => path);
    for (const file of ['relative.xspf', 'absolute.jspf', 'relative.pls', 'itunes.xml']) {
      expect(
        read[file]!.paths.map((path) => resolve('/music/Lists', path)),
        file,
      ).toEqual(wanted);
      if (file !== 'relative.pls') expect(read[file]!.name, file).toBe(NAME);
    }
  });

  const withoutSchema = missing('xmllint');
  test.skipIf(withoutSchema)('xmllint: XSPF by its schema', () => {
    const folder = newFolder();
    const file = join(folder, 'list.xspf');
    writeFileSync(file, textOf('xspf', trickyTracks(), '/music/Lists').text);
    const schema = ['--noout', '--relaxng', join(here, 'xspf-1.rng')];
    expect(spawnSync('xmllint', [...schema, file], { encoding: 'utf8' }).stderr).toMatch(/validates\s*$/);
    writeFileSync(
      file,
      '<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track><trackNum>x</trackNum></track></trackList></playlist>',
    );
    expect(spawnSync('xmllint', [...schema, file]).status).not.toBe(0);
  });

  const withoutFfmpeg = missing('ffmpeg');
  test.skipIf(withoutFfmpeg)('ffmpeg’s concat of the lines of an M3U finds every file', () => {
    const folder = newFolder();
    const names = TRICKY_NAMES.filter((name) => Buffer.byteLength(name) < 255 && !/["']/.test(name));
    mkdirSync(join(folder, 'lists'));
    const tone = ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=0.05', '-f', 'wav', '-y'];
    spawnSync('ffmpeg', [...tone, join(folder, 'tone.wav')]);
    for (const name of names) writeFileSync(join(folder, name), readFileSync(join(folder, 'tone.wav')));
    const tracks = names.map((name, i) => playlistTrack(i + 1, join(folder, name)));
    const { text } = textOf('m3u8', tracks, join(folder, 'lists'));
    // ffmpeg has no reader of plain M3U: its concat takes the same lines, quoted.
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines).toHaveLength(names.length);
    writeFileSync(join(folder, 'lists/list.txt'), lines.map((line) => `file '${line}'\n`).join(''));
    const args = ['-v', 'error', '-f', 'concat', '-safe', '0', '-i', 'list.txt', '-f', 'null', '-'];
    const { stderr, status } = spawnSync('ffmpeg', args, { cwd: join(folder, 'lists'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
