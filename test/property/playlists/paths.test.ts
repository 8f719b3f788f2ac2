import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_PATH_OPTIONS } from '#shared/domain/playlists/targets';
import { atLineStart } from '../../../src/main/core/playlists/formats/format';
import { fileNameFor } from '../../../src/main/core/playlists/paths/file-name';
import { pathsFor } from '../../../src/main/core/playlists/paths/locate';
import { uriOf } from '../../../src/main/core/playlists/paths/uri';

/** Names that a file can have on any system, none of which is a step up. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[<>:"/\\|?*\u0000-\u001f]/.test(text) && !/^\.+$/.test(text));
const onPosix = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[/\0\r\n]/.test(text) && text !== '.' && text !== '..');
const parts = (each: fc.Arbitrary<string>, least: number) => fc.array(each, { minLength: least, maxLength: 4 });

const said = (path: string, folder: string, more: object = {}): string => {
  const found = pathsFor({ ...DEFAULT_PATH_OPTIONS, ...more }, folder)(path);
  if ('why' in found) throw new Error(found.why);
  return found.path;
};

test('a relative path leads from the playlist’s folder to the file, also at the start of a line and as a URI', () => {
  fc.assert(
    fc.property(parts(onPosix, 1), parts(onPosix, 0), (file, list) => {
      const [path, folder] = [`/${file.join('/')}`, `/${list.join('/')}`];
      const relative = said(path, folder);
      expect(posix.resolve(folder, atLineStart(relative)).normalize()).toBe(path.normalize());
      expect(decodeURIComponent(uriOf(relative))).toBe(relative);
      expect(decodeURIComponent(new URL(uriOf(path)).pathname)).toBe(path);
      expect(new URL(uriOf(relative), 'file:///a/b/c/d/e/').protocol).toBe('file:');
    }),
  );
});

test('there and back again by a map is where it began, on Windows with either separator', () => {
  const there = { map: [{ from: '/music', to: 'D:\\Music' }], paths: 'absolute' };
  const back = { map: [{ from: 'd:/music/', to: '/music' }], paths: 'absolute' };
  fc.assert(
    fc.property(parts(name, 1), fc.constantFrom('native', 'forward'), (file, separators) => {
      const path = `/music/${file.join('/')}`;
      const windows = said(path, '/', { ...there, separators });
      expect(win32.normalize(windows)).toBe(`D:\\Music\\${file.join('\\')}`);
      expect(said(windows, '/', back)).toBe(path);
    }),
  );
});

test('a playlist’s file is a plain name in its folder, whatever the playlist is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
      const file = fileNameFor(title, '.m3u8');
      expect(posix.basename(file)).toBe(file);
      expect(win32.basename(file)).toBe(file);
      expect(file).toMatch(/^[^.].*\.m3u8$/su);
      expect(Buffer.byteLength(file)).toBeLessThanOrEqual(150);
      expect(Buffer.from(file).toString()).toBe(file);
    }),
  );
});
