import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk, walkFile, type Walked } from '../../../src/main/adapters/walk';
import { temporaryFolder } from '../../builders/backend';
import { asOrdinaryUser } from '../../builders/ordinary-user';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;

beforeEach(() => {
  folder = temporaryFolder();
  root = join(folder.path, 'music');
  mkdirSync(root);
});
afterEach(() => {
  folder.cleanUp();
});

const put = (path: string, text = 'x'): void => {
  const full = join(root, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
};
const all = async (start = root): Promise<Walked[]> => {
  const found: Walked[] = [];
  for await (const walked of walk(start)) found.push(walked);
  return found;
};
const names = async (start = root): Promise<string[]> =>
  (await all(start)).map(({ kind, path }) => `${kind === 'file' ? '' : `${kind} `}${path.slice(start.length + 1)}`);

describe('the walk', () => {
  it('finds audio by name, whatever the case, and nothing else', async () => {
    for (const ext of 'mp3 flac ogg oga opus m4a m4b mp4 aac wav aif aiff aifc wma wv ape mpc mka webm MP3 Flac'.split(
      ' ',
    ))
      put(`a.${ext}`);
    for (const name of ['notes.txt', 'mp3', 'cover.jpg', 'a.mp3.part', '._a.mp3', '.hidden.mp3', '.hidden/a.mp3'])
      put(name);
    expect(await names()).toHaveLength(21);
  });

  it('gives size, time in nanoseconds and inode as they are', async () => {
    put('a.mp3', 'twelve bytes');
    const [file] = await all();
    expect(file).toEqual(await walkFile(join(root, 'a.mp3')));
    expect(file).toMatchObject({ size: 12, mtimeNs: expect.stringMatching(/^\d{19}$/) as unknown });
  });

  it('has the same order every time: files of a folder, then its folders, by code unit', async () => {
    for (const name of ['b.mp3', 'B.mp3', 'ä.mp3', 'a/2.mp3', 'a/1.mp3', 'a/x/1.mp3', 'Z/1.mp3', '10.mp3', '9.mp3'])
      put(name);
    const order = ['10.mp3', '9.mp3', 'B.mp3', 'b.mp3', 'ä.mp3', 'Z/1.mp3', 'a/1.mp3', 'a/2.mp3', 'a/x/1.mp3'];
    expect(await names()).toEqual(order);
    expect(await names()).toEqual(order);
  });

  it('takes names as they are: composed and decomposed accents, emoji, spaces, newlines', async () => {
    const wild = [
      'e\u0301.mp3',
      '\u00e9.mp3',
      '🎵 🎶.flac',
      ' a .mp3',
      'line\nbreak.mp3',
      '日本語.ogg',
      'it\'s "quoted".mp3',
    ];
    for (const name of wild) put(name);
    expect((await names()).sort()).toEqual([...wild].sort());
  });

  it('ends in loops of links, and meets each folder once', async () => {
    put('a/1.mp3');
    symlinkSync(root, join(root, 'a', 'root'));
    symlinkSync('.', join(root, 'a', 'self'));
    symlinkSync('loop2', join(root, 'loop1'));
    symlinkSync('loop1', join(root, 'loop2'));
    symlinkSync(join(root, 'a'), join(root, '0-same'));
    symlinkSync('nowhere.mp3', join(root, 'dangling.mp3'));
    expect(await names()).toEqual(['a/1.mp3']);
  });

  it('follows links out of the tree, each target once, and loops between trees end too', async () => {
    const outside = join(folder.path, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'o.mp3'), 'x');
    symlinkSync(root, join(outside, 'back'));
    symlinkSync(outside, join(root, 'one'));
    symlinkSync(outside, join(root, 'two'));
    symlinkSync(join(outside, 'o.mp3'), join(root, 'linked.mp3'));
    put('a.mp3');
    linkSync(join(root, 'a.mp3'), join(root, 'hard.mp3'));
    expect(await names()).toEqual(['a.mp3', 'hard.mp3', 'linked.mp3', 'one/o.mp3']);
  });

  it('tells of left-over temporary files of ours, and only of those', async () => {
    put('.a.mp3.genregram-0123456789ab.tmp');
    put('.a.mp3.genregram-notours.tmp');
    put('a.genregram-0123456789ab.tmp');
    expect(await names()).toEqual(['left-over .a.mp3.genregram-0123456789ab.tmp']);
  });

  it('says that a folder is not there', async () => {
    expect(await all(join(root, 'nowhere'))).toMatchObject([{ kind: 'failure', code: 'not-found' }]);
  });

  it('lists an unreadable folder and goes on', async () => {
    put('closed/1.mp3');
    put('open/1.mp3');
    chmodSync(join(root, 'closed'), 0o000);
    const found = await asOrdinaryUser(root, () => all());
    chmodSync(join(root, 'closed'), 0o755);
    expect(found).toMatchObject([
      { kind: 'failure', path: join(root, 'closed'), code: 'permission-denied' },
      { kind: 'file', path: join(root, 'open', '1.mp3') },
    ]);
  });

  it('stops when it is told to', async () => {
    for (let n = 0; n < 100; n++) put(`${n}.mp3`);
    const abort = new AbortController();
    let seen = 0;
    const walking = (async () => {
      for await (const walked of walk(root, abort.signal)) {
        seen += walked.path.length > 0 ? 1 : 0;
        if (seen === 10) abort.abort();
      }
    })();
    await expect(walking).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toBeLessThan(100);
  });

  it('gets through hundreds of folders and a deep one', async () => {
    for (let n = 0; n < 300; n++) put(`${n % 20}/${n}/${n}.mp3`);
    put(`${Array(100).fill('deep').join('/')}/end.mp3`);
    expect(await all()).toHaveLength(301);
  });
});
