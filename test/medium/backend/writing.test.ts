import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
let ids: number[];

/** Two tracks that the fake model hears: genre 1 with 90 % and genre 2 with 55 %. */
beforeEach(async () => {
  folder = temporaryFolder();
  const music = join(folder.path, 'music');
  mkdirSync(music);
  writeSong(join(music, 'a.mp3'), { tags: { genres: ['Old'] }, payload: [1, 0, 90] });
  writeSong(join(music, 'b.mp3'), { tags: { genres: ['Old'] }, payload: [2, 0, 55] });
  backend = await startBackend(join(folder.path, 'library.db'));
  await backend.job('jobs.scan', { paths: [music] });
  ids = await backend.call('tracks.ids', {});
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const changes = (files: Awaited<ReturnType<typeof plan>>) =>
  files.map((file) => ('change' in file ? file.change : file.code));
const plan = async (input: object = {}) => (await backend.call('write.plan', input)).files;

describe('the settings of writing in plans of decisions', () => {
  it('say what was heard beside what was decided, as shares of the model', async () => {
    await backend.call('settings.setWriting', { histogramField: true, confidenceField: true, writeMood: false });
    await backend.call('decisions.set', { trackIds: [ids[0]!], action: 'accept' });
    await backend.call('decisions.set', { trackIds: [ids[1]!], action: 'change', genres: ['Polka'], moods: ['Sad'] });
    const detail = await backend.call('tracks.detail', { id: ids[0]! });
    const [accepted, changed] = changes(await plan());
    expect(accepted).toMatchObject({
      custom: {
        GENREGRAM_GENRES: [
          detail
            .genre!.histogram.filter(({ share }) => share >= 0.05)
            .map(({ label, share }) => `${label}:${share.toFixed(2)}`)
            .join(';'),
        ],
        GENREGRAM_CONFIDENCE: [detail.genre!.confidence.toFixed(2)],
      },
    });
    expect(accepted).not.toHaveProperty('moods');
    expect(changed).toMatchObject({ genres: ['Polka'], custom: { GENREGRAM_CONFIDENCE: [] } });
    expect(changed).not.toHaveProperty('moods');
  });

  it('are those of the call where it has some, and the others as they are kept', async () => {
    await backend.call('settings.setWriting', { keepGenres: ['Audiobook'], dropGenres: ['Other'] });
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    const [change] = changes(await plan({ writing: { keepGenres: ['Podcast'] } }));
    expect(change).toMatchObject({ keep: ['Podcast'], drop: ['Other'] });
    await expect(plan({ writing: { keepGenres: ['other'] } })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('are told to windows, whose plans are then made anew', async () => {
    backend.seen.length = 0;
    await backend.call('settings.setWriting', { links: 'break' });
    expect(backend.seen).toContainEqual({ name: 'library.changed', data: {} });
    expect(await backend.call('settings.writing', {})).toMatchObject({ links: 'break' });
  });
});

describe('a plan of what would be accepted', () => {
  it('is as the decisions would make it, but makes none and can not be written', async () => {
    const { planId, files } = await backend.call('write.plan', { trackIds: ids, ifAccepted: true });
    expect((await backend.rows()).map((row) => row.state)).toEqual(['analysed', 'analysed']);
    await expect(backend.call('write.apply', { planId })).rejects.toMatchObject({ code: 'not-found' });
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    expect(files).toEqual(await plan({ trackIds: ids }));
    expect(files).toHaveLength(2);
  });
});
