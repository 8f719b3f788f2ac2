import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPassing, placesOf } from '../../../src/main/hosts/cli/watch/batch';
import { Settling, type Size } from '../../../src/main/hosts/cli/watch/settling';
import { watchByPolling } from '../../../src/main/hosts/cli/watch/sources';

/** A disk of one's own: what is there, and how large. */
function disk() {
  const files = new Map<string, Size>();
  const settling = new Settling((path) => Promise.resolve(files.get(path) ?? null), 1000);
  return { files, settling, put: (path: string, size: number) => files.set(path, { size, mtimeMs: size }) };
}

describe('settling', () => {
  it('gives a file out once it has stopped growing', async () => {
    const { settling, put } = disk();
    put('/a', 1);
    await settling.note('/a', 0);
    expect(await settling.due(900)).toEqual([]);
    put('/a', 2);
    expect(await settling.due(1100)).toEqual([]);
    expect(await settling.due(2000)).toEqual([]);
    expect(await settling.due(2100)).toEqual([{ path: '/a', isGone: false }]);
    expect(await settling.due(9000)).toEqual([]);
  });

  it('waits anew with each further event, and for each file by itself', async () => {
    const { settling, put } = disk();
    put('/a', 1);
    put('/b', 1);
    await settling.note('/a', 0);
    await settling.note('/b', 0);
    await settling.note('/a', 800);
    expect(await settling.due(1000)).toEqual([{ path: '/b', isGone: false }]);
    expect(settling.size).toBe(1);
    expect(await settling.due(1800)).toEqual([{ path: '/a', isGone: false }]);
  });

  it('tells of what is gone, and takes a file that came back as changed', async () => {
    const { settling, files, put } = disk();
    await settling.note('/gone', 0);
    put('/back', 3);
    files.delete('/back');
    await settling.note('/back', 0);
    put('/back', 3);
    expect(await settling.due(500)).toEqual([]);
    expect(await settling.due(1000)).toEqual([{ path: '/gone', isGone: true }]);
    expect(await settling.due(1500)).toEqual([{ path: '/back', isGone: false }]);
  });

  it('does not give out what we wrote ourselves, unless it was changed once more', async () => {
    const { settling, put } = disk();
    put('/ours', 1);
    put('/theirs', 1);
    await settling.wrote(['/ours', '/theirs']);
    put('/theirs', 2);
    await settling.note('/ours', 0);
    await settling.note('/theirs', 0);
    expect(await settling.due(1000)).toEqual([{ path: '/theirs', isGone: false }]);
    // Told of once: the next change is somebody else's.
    await settling.note('/ours', 2000);
    expect(await settling.due(3000)).toEqual([{ path: '/ours', isGone: false }]);
  });
});

describe('what has to be scanned', () => {
  const there = new Set(['/m', '/m/album', '/n']);
  const places = (...changes: [path: string, isGone: boolean][]): string[] =>
    placesOf(
      changes.map(([path, isGone]) => ({ path, isGone })),
      ['/m', '/n'],
      (folder) => there.has(folder),
    );

  it('is changed files themselves, and the nearest folder of what is gone', () => {
    expect(places(['/m/album/1.mp3', false], ['/n/x/y/2.mp3', true])).toEqual(['/m/album/1.mp3', '/n']);
    expect(places(['/m/album/1.mp3', true])).toEqual(['/m/album']);
  });

  it('is nothing twice, and nothing outside of the folders', () => {
    expect(places(['/m/album', false], ['/m/album/1.mp3', false], ['/m/album/2.mp3', true])).toEqual(['/m/album']);
    expect(places(['/mm/1.mp3', false], ['/elsewhere', true])).toEqual([]);
  });

  it('is the folders as a whole after a storm', () => {
    const storm = Array.from({ length: 501 }, (_, i): [string, boolean] => [`/m/${i}.mp3`, false]);
    expect(places(...storm)).toEqual(['/m']);
    expect(places(...storm.slice(0, 500))).toHaveLength(500);
  });

  it.each(['/m/.one.mp3.genregram-0123456789ab.tmp', '/m/.DS_Store', '/m/two.mp3.part', '/m/x.crdownload'])(
    'is not %s',
    (path) => {
      expect(isPassing(path)).toBe(true);
    },
  );
});

it('polling tells of new, changed, moved and vanished files, and of a folder that goes and comes', async () => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-poll-')));
  const folder = join(top, 'drive');
  mkdirSync(join(folder, 'album'), { recursive: true });
  writeFileSync(join(folder, 'old.mp3'), 'old');
  const changed = new Set<string>();
  const presence: boolean[] = [];
  const source = watchByPolling(folder, 20, {
    onChange: (path) => changed.add(path.slice(folder.length)),
    onPresence: (isThere) => presence.push(isThere),
    onFault: (message) => expect.fail(message),
  });
  const told = async (...paths: string[]): Promise<void> => {
    await expect.poll(() => [...changed].sort(), { timeout: 20_000, interval: 20 }).toEqual(paths);
    changed.clear();
  };
  try {
    await new Promise((resolve) => setTimeout(resolve, 100));
    writeFileSync(join(folder, 'album', 'new.mp3'), 'new');
    writeFileSync(join(folder, '.hidden.tmp'), 'no');
    await told('/album/new.mp3');
    writeFileSync(join(folder, 'old.mp3'), 'longer');
    await told('/old.mp3');
    renameSync(join(folder, 'album'), join(folder, 'other'));
    await told('/album/new.mp3', '/other/new.mp3');
    renameSync(folder, join(top, 'away'));
    await expect.poll(() => presence, { timeout: 20_000, interval: 20 }).toEqual([false]);
    renameSync(join(top, 'away'), folder);
    await expect.poll(() => presence, { timeout: 20_000, interval: 20 }).toEqual([false, true]);
    expect([...changed]).toEqual([]);
    rmSync(join(folder, 'old.mp3'));
    await told('/old.mp3');
  } finally {
    await source.stop();
    rmSync(top, { recursive: true });
  }
});
