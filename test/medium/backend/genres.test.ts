import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;

/** The byte of a payload by which the fake analysis hears a genre. */
const heard = (genre: (typeof CLASSIC_GENRES)[number]): number => CLASSIC_GENRES.indexOf(genre);

beforeEach(async () => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  writeSong(join(music, 'a.mp3'), { tags: { title: 'a', genres: ['Hard Rock'] }, payload: [heard('rock'), 0, 90, 1] });
  writeSong(join(music, 'b.mp3'), {
    tags: { title: 'b', genres: ['Boom Bap'] },
    payload: [heard('hip-hop'), 0, 90, 2],
  });
  writeSong(join(music, 'c.mp3'), { tags: { title: 'c', genres: ['Polka'] }, payload: [heard('rock'), 0, 90, 3] });
  writeSong(join(music, 'd.mp3'), { tags: { title: 'd', genres: ['Zouglou'] }, payload: [heard('reggae'), 0, 90, 4] });
  backend = await startBackend(join(folder.path, 'library.db'));
  await backend.job('jobs.scan', { paths: [music] });
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const disagreeing = async (): Promise<(string | null)[]> =>
  (await backend.rows()).filter(({ disagrees }) => disagrees).map(({ title }) => title);

describe('the collector’s genres', () => {
  it('a kind of what was heard does not disagree', async () => {
    expect(await disagreeing()).toEqual(['c', 'd']);
  });

  it('a change is seen in all tracks at once, and kept over a restart', async () => {
    const { genres } = await backend.call('genres.set', { text: 'Zouglou < Reggae\nHard Rock < Metal' });
    expect(genres.find(({ name }) => name === 'Hard Rock')?.parents).toEqual(['Metal']);
    expect(await disagreeing()).toEqual(['a', 'c']);
    await backend.close();
    backend = await startBackend(join(folder.path, 'library.db'));
    expect(await disagreeing()).toEqual(['a', 'c']);
    await backend.call('genres.set', { text: '' });
    expect(await disagreeing()).toEqual(['c', 'd']);
  });

  it('what is accepted is written as the collector calls it, or not at all', async () => {
    await backend.call('genres.set', { text: 'Rap = hip-hop\n! reggae' });
    expect(await disagreeing()).toEqual(['c', 'd']);
    const rows = await backend.rows();
    const ids = rows.map(({ id }) => id);
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    expect((await backend.rows()).map(({ decision }) => decision?.genres)).toEqual([['Rock'], ['Rap'], ['Rock'], []]);
    // Under another name, or as a kind of it, a verdict is kept; the fourth says nothing of a genre.
    const change = (id: number | undefined, genre: string) =>
      backend.call('decisions.set', { trackIds: [id ?? -1], action: 'change', genres: [genre] });
    await change(ids[0], 'Hard Rock');
    await change(ids[1], 'RAP');
    await change(ids[2], 'Polka');
    expect(await backend.call('insight.reliability', {})).toMatchObject({
      all: { kept: 2, changed: 1, skipped: 0 },
      leftOut: 1,
    });
  });

  it('what can’t be is refused by its line, and nothing changes', async () => {
    const text = 'Zouglou < Reggae\nRock < Hard Rock';
    await expect(backend.call('genres.set', { text })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^Line 2: .*Nothing was changed/) as string,
    });
    expect(await backend.call('genres.check', { text })).toMatchObject([{ line: 2 }]);
    expect((await backend.call('genres.get', {})).text).toBe('');
    expect(await disagreeing()).toEqual(['c', 'd']);
  });

  it('several are accepted as the settings and the file say, in rows, plans and decisions alike', async () => {
    await backend.call('genres.set', { text: '@folder music: Weird\n@only Rock, Weird\nWeird' });
    const [a] = await backend.rows();
    expect(a?.accepts.genres).toEqual([
      { name: 'Weird', why: { kind: 'override', of: 'folder', name: 'music' }, insteadOf: null },
    ]);
    await backend.call('genres.set', { text: 'Rock < Loud\nLoud' });
    await backend.call('settings.setWriting', { genreParents: 'add' });
    const rows = await backend.rows();
    const expected = [['Rock', 'Loud'], ['Hip-Hop'], ['Rock', 'Loud'], ['Reggae']];
    expect(rows.map(({ accepts }) => accepts.genres.map(({ name }) => name))).toEqual(expected);
    const trackIds = rows.map(({ id }) => id);
    const { files } = await backend.call('write.plan', { trackIds, ifAccepted: true });
    expect(files.map((file) => 'change' in file && file.change.genres)).toEqual(expected);
    const once = await backend.call('write.plan', {
      trackIds,
      ifAccepted: true,
      writing: { genreParents: 'as-heard' },
    });
    expect(once.files.map((file) => 'change' in file && file.change.genres)).toContainEqual(['Rock']);
    await backend.call('decisions.set', { trackIds, action: 'accept' });
    expect((await backend.rows()).map(({ decision }) => decision?.genres)).toEqual(expected);
  });

  it('what files have is cleaned as planned, once, and undone', async () => {
    writeSong(join(music, 'e.mp3'), { tags: { genres: ['rap', 'Zouglou/Zouk', 'disco'] }, payload: [0, 0, 90, 5] });
    await backend.job('jobs.scan', { paths: [music] });
    expect((await backend.call('genres.unknown', {})).ofTags).toEqual([
      { label: 'Zouglou', tracks: 1 },
      { label: 'Zouglou/Zouk', tracks: 1 },
    ]);
    await backend.call('genres.set', { text: 'Zouglou < African = zougloo\n! Disco' });
    expect((await backend.call('genres.unknown', {})).ofTags).toEqual([{ label: 'Zouglou/Zouk', tracks: 1 }]);
    const plan = () => backend.call('write.planCleaning', {});
    const { planId, files, clean } = await plan();
    expect(clean).toBe(4);
    expect(files).toMatchObject([{ status: 'ready', diffs: [{ after: ['Hip-Hop', 'Zouglou', 'Zouk'] }] }]);
    const inFolder = await backend.call('write.planCleaning', { paths: [music] });
    expect([inFolder.files.length, inFolder.clean]).toEqual([1, 4]);
    const { jobId } = await backend.call('write.apply', { planId });
    await backend.finished(jobId);
    expect(await plan()).toMatchObject({ files: [], clean: 5 });
    await backend.undo();
    expect((await plan()).files).toHaveLength(1);
  });
});
