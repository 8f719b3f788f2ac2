import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { TrackAnalysis } from '#shared/domain/analysis';
import { listModels } from '../../../src/main/adapters/models';
import { createEnsembleService } from '../../../src/main/analysis/ensemble-service';
import { joinTracks } from '../../../src/main/core/ensemble/track';
import type { FoundModel } from '../../../src/main/ports';
import { analysed, never, temporaryFolder, until, watchedAnalysis } from '../../builders/analysis';
import { tinyMember, writeEnsemble, writeSidecarPack } from '../../builders/model-packs';
import { tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const watched: ReturnType<typeof watchedAnalysis>[] = [];
const service = createEnsembleService(() => {
  const one = watchedAnalysis();
  watched.push(one);
  return one.service;
});
afterAll(async () => {
  await service.close();
  folder.remove();
});

/** Members that differ in front end, in the length of their windows, and in what they give: the second one's genres are derived. */
async function ensemble(): Promise<FoundModel> {
  const own = join(folder.path, 'models');
  tinyMember(join(own, 'one'), 'one');
  writeSidecarPack(join(own, 'two'), (sidecar) => {
    Object.assign(sidecar, { id: 'two', version: '1.0.0' });
    Object.assign(sidecar['frontend'] as object, { sampleRate: 8000, fMax: 3800 });
  });
  writeEnsemble(join(own, 'both'));
  const { models, failures } = await listModels([own]);
  expect(failures).toEqual([]);
  return models.find(({ id }) => id === 'both')!;
}

/** Without times, and without what batches of other windows do to the last digits. */
const rounded = (track: TrackAnalysis): unknown =>
  JSON.parse(
    JSON.stringify({ ...track, ms: null, perWindow: null }, (_, value: unknown) =>
      typeof value === 'number' ? value.toFixed(4) : value,
    ),
  );

test('an ensemble hears with a process for each member, says what joining their results says, and ends them', async () => {
  const { dir, together } = await ensemble();
  const path = join(folder.path, 'tone.wav');
  writeWav(path, tone(440), 14);
  const info = await service.start({ modelDir: dir, ensemble: together!, provider: 'cpu' });
  expect(info).toMatchObject({ model: { id: 'both' }, provider: 'cpu' });
  const heard = await analysed(service, path);
  expect(watched.map(({ processes }) => processes.length)).toEqual([1, 1]);
  expect(heard).toMatchObject({ model: 'both@1.0.0', frontEnd: info.frontEnd });
  expect(heard.warnings).toEqual([]);

  const members: TrackAnalysis[] = [];
  const single = watched[0]!.service;
  for (const modelDir of together!.dirs) {
    await single.start({ modelDir, provider: 'cpu' });
    const outcome = await single.analyze({ path, plan: { kind: 'all' }, keepWindows: true }, never);
    if (outcome.status === 'failed') throw new Error(outcome.message);
    members.push(outcome);
  }
  const [one, two] = members as [TrackAnalysis, TrackAnalysis];
  expect(two.windowSec).toBeCloseTo(2 * one.windowSec, 5);
  expect([one.windows, two.windows]).toEqual([5, 2]);
  expect(two.windowValues?.genre?.data).toHaveLength(20);
  expect(rounded(heard)).toEqual(rounded(joinTracks(together!, members)));
  // Three parts of four are the second member's, and moods are the first's alone.
  expect(heard.mood?.confidence).toBeCloseTo(one.mood!.confidence, 5);
  expect(heard.genre!.confidence).not.toBeCloseTo(one.genre!.confidence, 3);

  let ended = false;
  watched[1]!.processes[0]!.onExit(() => (ended = true));
  await service.start({ modelDir: together!.dirs[0]!, provider: 'cpu' });
  expect((await analysed(service, path)).model).toBe('one@1.0.0');
  await until(() => ended);
});

test('a member that can’t be started is an error that leaves no process behind; a file that can’t be decoded is the file’s', async () => {
  const { dir, together } = await ensemble();
  const gone = { ...together!, dirs: [together!.dirs[0]!, join(folder.path, 'gone')] };
  await expect(service.start({ modelDir: dir, ensemble: gone, provider: 'cpu' })).rejects.toMatchObject({
    code: 'model-missing',
  });
  await service.start({ modelDir: dir, ensemble: together!, provider: 'cpu' });
  const outcome = await service.analyze({ path: join(folder.path, 'no.wav'), plan: { kind: 'all' } }, never);
  expect(outcome).toMatchObject({ status: 'failed', code: 'not-found' });
  const abort = new AbortController();
  const asked = service.analyze({ path: join(folder.path, 'tone.wav'), plan: { kind: 'all' } }, abort.signal);
  abort.abort();
  expect(await asked).toMatchObject({ status: 'failed', code: 'cancelled' });
});
