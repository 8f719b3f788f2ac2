import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { judgementsNeeded } from '../../../src/shared/domain/hands-free/precision';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

const folder = temporaryFolder();
const music = join(folder.path, 'music');
let backend: TestBackend;

/** Songs of rock (genre 9) and happy (mood 0), each of its own confidence in percent. */
async function start(percents: readonly number[], heldOut?: object, withoutGenre = false): Promise<number[]> {
  percents.forEach((percent, i) => {
    writeSong(join(music, `${String(i).padStart(3, '0')}.mp3`), { payload: [9, 0, percent, i & 255, i >> 8] });
  });
  const model = { id: 'fake', version: '1.0.0', name: 'Fake', sha256: '0'.repeat(64), outputs: [] };
  const found = { ...model, license: 'MIT', dir: '/models/fake', ...(heldOut && { heldOut }) };
  backend = await startBackend(join(folder.path, 'library.db'), {
    withoutGenre,
    parts: { listModels: () => Promise.resolve({ models: [found], failures: [] }) },
  });
  await backend.job('jobs.scan', { paths: [music], analyze: true });
  return (await backend.rows()).map(({ id }) => id);
}
const threshold = (precision: number) => backend.call('handsFree.threshold', { task: 'genre', precision });
const accept = (trackIds: number[], rule?: { genreFrom: number | null; moodFrom: number | null }) =>
  backend.call('decisions.set', { trackIds, action: 'accept', ...(rule && { rule }) });

beforeEach(() => {
  folder.cleanUp();
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

describe('a rule', () => {
  it('takes what reaches it, moods for themselves, and says that it was no hand', async () => {
    const [low, high] = await start([70, 95]);
    const made = await accept([low!, high!], { genreFrom: 0.9, moodFrom: null });
    expect(made).toMatchObject([{ trackId: high, decision: { genres: ['Rock'], moods: [], byRule: 'stands' } }]);
    const rows = await backend.rows();
    expect(rows.map(({ state }) => state)).toEqual(['analysed', 'decided']);
    expect(await accept([low!], { genreFrom: 0.7, moodFrom: 0.7 })).toMatchObject([
      { decision: { genres: ['Rock'], moods: ['Happy'] } },
    ]);
    expect(await accept([low!, high!], { genreFrom: null, moodFrom: 0 }), 'no threshold is not one of 0').toEqual([]);
    // By hand, the same is the collector's.
    expect((await accept([high!]))[0]?.decision?.byRule).toBeUndefined();
  });

  it('takes moods alone where the model hears no genre, and none where no mood is asked for', async () => {
    const ids = await start([70, 95, 20], undefined, true);
    expect((await backend.rows()).map(({ genre, state, disagrees }) => [genre, state, disagrees])).toEqual(
      ids.map(() => [null, 'analysed', false]),
    );
    expect(await accept(ids, { genreFrom: 0, moodFrom: null })).toEqual([]);
    const { files } = await backend.call('write.plan', {
      ...{ trackIds: ids, ifAccepted: true, rule: { genreFrom: null, moodFrom: 0.9 } },
    });
    expect(files).toMatchObject([{ path: join(music, '001.mp3'), change: { moods: ['Happy'] } }]);
    expect(files[0]).not.toHaveProperty('change.genres');
    const rule = { genreFrom: null, moodFrom: 0.9 };
    expect(await accept(ids, rule)).toMatchObject([{ trackId: ids[1], decision: { genres: [], moods: ['Happy'] } }]);
    // By hand as well, and where nothing is named it says why not.
    expect(await accept([ids[0]!])).toMatchObject([{ decision: { genres: [], moods: ['Happy'] } }]);
    await expect(accept([ids[2]!])).rejects.toThrow(/not sure enough, hears no music, or tells no genres at all/);
  });

  it('plans as it would decide, without deciding', async () => {
    const ids = await start([70, 95]);
    const { files } = await backend.call('write.plan', {
      ...{ trackIds: ids, ifAccepted: true, rule: { genreFrom: 0.9, moodFrom: 0.99 } },
    });
    expect(files).toMatchObject([{ path: join(music, '001.mp3'), change: { genres: ['Rock'] } }]);
    expect(files[0]).not.toHaveProperty('change.moods');
    expect((await backend.rows()).every(({ decision }) => decision === null)).toBe(true);
  });

  it('remembers what the collector undid, and forgets that with the undo of the undo', async () => {
    const ids = await start([95]);
    await accept(ids, { genreFrom: 0.9, moodFrom: null });
    const { planId } = await backend.call('write.plan', { trackIds: ids });
    const written = await backend.call('write.apply', { planId });
    await backend.finished(written.jobId);
    const standing = async () => (await backend.rows())[0]?.decision?.byRule;
    expect(await standing()).toBe('stands');
    const undo = await backend.undo({ runId: written.runId });
    expect(await standing()).toBe('taken-back');
    await backend.undo({ runId: undo.runId });
    expect(await standing()).toBe('stands');
  });
});

describe('the threshold of a precision', () => {
  it("goes by the model's figures until there are decisions enough, and says so", async () => {
    const heldOut = { genre: { protocol: 'a test', atOrAbove: [{ confidence: 0.9, tracks: 100, right: 100 }] } };
    await start([95], heldOut);
    expect(await threshold(0.9)).toMatchObject({
      ...{ source: 'model', model: 'fake@1.0.0', protocol: 'a test', own: 0, judged: 100, needed: 60 },
      chosen: { confidence: 0.9, tracks: 100, right: 100 },
    });
    expect(await threshold(0.97)).toMatchObject({ source: 'model', chosen: null, surest: { confidence: 0.9 } });
    expect(await backend.call('handsFree.threshold', { task: 'mood', precision: 0.9 })).toMatchObject({
      ...{ source: 'none', chosen: null, surest: null },
    });
  });

  it("goes by the collector's own decisions once there are enough; those of rules never count", async () => {
    const needed = judgementsNeeded(0.9);
    const ids = await start(Array.from({ length: needed + 5 }, (_, i) => (i < 5 ? 60 : 95)));
    await accept(ids, { genreFrom: 0, moodFrom: null });
    expect(await threshold(0.9)).toMatchObject({ source: 'none', own: 0 });

    await accept(ids.slice(5));
    expect(await threshold(0.9)).toMatchObject({
      ...{ source: 'decisions', own: needed, judged: needed },
      // The lowest threshold above which everything was right: nothing lies between.
      chosen: { confidence: 0.5, tracks: needed, right: needed },
    });
    // Five that the collector named otherwise, at a lower confidence.
    await backend.call('decisions.set', { trackIds: ids.slice(0, 5), action: 'change', genres: ['Jazz'] });
    expect(await threshold(0.9)).toMatchObject({ own: needed + 5, chosen: { confidence: 0.65, right: needed } });
    expect((await threshold(0.99)).chosen).toBeNull();
  });
});

it('a library that never touches files refuses every plan, write and undo, and keeps on when it may again', async () => {
  const ids = await start([95, 95]);
  const path = join(music, '000.mp3');
  const before = readFileSync(path);
  await accept(ids);
  const plan = await backend.call('write.plan', { trackIds: ids });
  const never = (on: boolean) => backend.call('settings.setWriting', { neverTouchFiles: on });
  await never(true);
  const refused = await backend.call('write.plan', { trackIds: ids });
  expect(refused.files).toMatchObject([{ code: 'writing-off' }, { code: 'writing-off' }]);
  // A plan that was made before is not carried out either.
  const run = await backend.call('write.apply', { planId: plan.planId });
  await backend.finished(run.jobId);
  expect(await backend.call('write.results', { runId: run.runId })).toMatchObject([
    ...[
      { status: 'refused', code: 'writing-off' },
      { status: 'refused', code: 'writing-off' },
    ],
  ]);
  expect(readFileSync(path)).toEqual(before);

  await never(false);
  const again = await backend.call('write.plan', { trackIds: ids });
  const written = await backend.call('write.apply', { planId: again.planId });
  await backend.finished(written.jobId);
  const after = readFileSync(path);
  expect(after).not.toEqual(before);
  await never(true);
  expect((await backend.undo({ runId: written.runId })).results).toMatchObject([
    ...[
      { status: 'refused', code: 'writing-off' },
      { status: 'refused', code: 'writing-off' },
    ],
  ]);
  expect(readFileSync(path)).toEqual(after);
});
