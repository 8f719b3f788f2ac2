import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ComparedLine } from '../../../src/main/hosts/cli/commands/compare';
import { moodPack, tinyMember, writeEnsemble, writeSidecarPack } from '../../builders/model-packs';
import { runCli, type Finished } from '../../builders/programs';
import { repositoryRoot } from '../../builders/requirements';
import { tone, writeWav } from '../../builders/sounds';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-models-')));
const music = join(folder, 'music');
const own = join(folder, 'data', 'Genregram', 'models');
const env = { XDG_DATA_HOME: join(folder, 'data') };
const common = [
  '--library',
  join(folder, 'library.sqlite'),
  '--models',
  join(repositoryRoot, 'test/fixtures/analysis'),
];
const run = (...args: string[]): Promise<Finished> => runCli([...args, ...common], { env });
const json = async (...args: string[]): Promise<unknown> => JSON.parse((await run(...args, '--json')).stdout);

beforeAll(() => {
  mkdirSync(music);
  for (const hertz of [110, 440, 1760]) writeWav(join(music, `${hertz}.wav`), tone(hertz), 4);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('checks, adds, chooses, compares and removes a pack of another format', async () => {
  const pack = writeSidecarPack(join(folder, 'pack'), () => undefined);
  const checked = await run('models', 'check', pack);
  expect(checked.code).toBe(0);
  expect(checked.stdout).toContain('frontend.preemphasis: y[t] = x[t+1] - 0.97*x[t] -> 0.97');
  expect(checked.stdout).toMatch(/trial run +works; \d+\.\d ms a window of 3\.0 s/);
  expect(await json('models')).toMatchObject({ chosen: { id: 'base', by: 'default' } });

  expect((await run('analyze', music, '--model', 'tiny-test')).code).toBe(0);
  expect((await run('models', 'add', pack)).stdout).toContain(`Added to ${join(own, 'tiny-tagger')}.`);
  expect((await run('models', 'choose', 'tiny-tagger')).stdout).toMatch(/✓ +tiny-tagger@0\.0\.\d+/);
  expect((await run('models', 'diff')).stdout).toContain('No track was heard by');

  const analysed = await run('analyze', '--json');
  const lines = analysed.stdout.trim().split('\n');
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({
      cached: false,
      model: expect.stringMatching(/^tiny-tagger@/) as string,
      genre: { derived: true },
    });
  const diff = (await json('models', 'diff', '--limit', '1')) as {
    changed: number;
    compared: number;
    tracks: unknown[];
  };
  expect(diff.compared).toBe(3);
  expect(diff.tracks).toHaveLength(Math.min(1, diff.changed));

  expect(await run('models', 'remove', 'tiny-tagger')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('Choose another one first') as string,
  });
  await run('models', 'choose', 'tiny-test');
  expect((await run('models', 'remove', 'tiny-tagger')).stdout).toContain(`${join(own, 'tiny-tagger')} was deleted.`);
});

it('says what is broken: in the list, in doctor and where one listens', async () => {
  mkdirSync(own, { recursive: true });
  writeSidecarPack(join(own, 'broken'), () => undefined);
  expect((await run('models', 'choose', 'tiny-tagger')).code).toBe(0);
  writeFileSync(join(own, 'broken', 'model.onnx'), 'altered');
  const listed = await run('models');
  expect(listed.stdout).toContain("The chosen model tiny-tagger can't be used, and no other stands in for it:");
  expect(listed.stdout).toContain('(model-hash-mismatch)');
  expect(listed.stdout).not.toContain('✓');
  expect((await run('doctor')).stdout).toContain("The chosen model tiny-tagger can't be used.");
  expect(await run('analyze', music)).toMatchObject({ code: 3, stderr: expect.stringContaining('SHA-256') as string });
});

it('refuses a pack by folder and field, as one JSON value too', async () => {
  const pack = writeSidecarPack(join(folder, 'bad'), (sidecar) => (sidecar['task'] = 'beat tracking'));
  const refused = await run('models', 'add', pack, '--json');
  expect(refused.code).toBe(3);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    error: { code: 'model-invalid', message: expect.stringContaining(`${join(pack, 'model.json')}: task: `) as string },
  });
});

it('compares what several models hear in a file, and stores nothing', async () => {
  const file = join(music, '440.wav');
  const models = join(folder, 'compared');
  tinyMember(join(models, 'one'), 'one');
  writeSidecarPack(join(models, 'two'), (sidecar) => Object.assign(sidecar, { id: 'two', version: '1.0.0' }));
  writeEnsemble(join(models, 'both'));
  const compare = (...args: string[]): Promise<Finished> =>
    runCli(['compare', file, '--models', models, '--provider', 'cpu', ...args], { env });
  const { code, stdout, stderr } = await compare('--with', 'one,both,two,nobody', '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { path, columns } = JSON.parse(stdout) as ComparedLine;
  expect(path).toBe(file);
  expect(columns.map(({ model, heard, failure }) => [model, heard?.windows ?? null, failure?.code ?? null])).toEqual([
    ['one@1.0.0', 1, null],
    ['both@1.0.0', 1, null],
    ['two@1.0.0', 1, null],
    ['nobody', null, 'model-missing'],
  ]);
  const [one, both, two] = columns.map(
    ({ heard }) => new Map(heard?.genre?.histogram.map(({ label, share }) => [label, share])),
  );
  for (const [label, share] of both!) expect(share).toBeCloseTo(one!.get(label)! / 4 + (3 * two!.get(label)!) / 4, 4);
  const people = await compare('--with', 'one,two', '--windows', '1');
  expect(people.stdout).toMatch(
    /440\.wav.*\n +one +two\n +version +1\.0\.0 +1\.0\.0\n +windows +1 of 3\.0 s +1 of 3\.0 s\n +took/,
  );
  expect(people.stdout).toMatch(/\n  genre +(Both name|They disagree:|.* names)/);
});

it('a model of moods alone is listened with, compared and tagged by; where a genre is wanted it is said', async () => {
  const models = join(folder, 'moods');
  tinyMember(join(models, 'one'), 'one');
  moodPack(join(models, 'moody'), 'moody');
  const file = join(music, '440.wav');
  const moods = (command: string, ...args: string[]): Promise<Finished> =>
    runCli([command, file, '--models', models, ...args], { env });
  const library = ['--library', join(folder, 'moods.sqlite'), '--provider', 'cpu', '--model', 'moody'];

  const { stdout, stderr } = await moods('analyze', ...library, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ model: 'moody@1.0.0', genre: null, mood: { abstained: false } });
  expect(stderr).toContain('moody@1.0.0 hears no genre.');
  const { mood } = JSON.parse(stdout) as { mood: { confidence: number } };

  const compared = (await moods('compare', '--with', 'one,moody', '--provider', 'cpu', '--json')).stdout;
  const { columns } = JSON.parse(compared) as ComparedLine;
  const [both, alone] = columns.map(({ heard }) => heard!);
  expect([both!.genre?.top, alone!.genre]).toEqual([expect.any(String), null]);
  expect(alone!.mood?.confidence).toBeCloseTo(both!.mood!.confidence, 5);
  expect(alone!.perWindow.genre).toBeNull();

  const tagged = await moods('tag', ...library, '--min-confidence', '0', '--dry-run', '--json');
  expect(JSON.parse(tagged.stdout)).toMatchObject({
    standings: { sure: 1 },
    files: [{ change: { moods: [expect.any(String)] } }],
  });
  expect(mood.confidence).toBeGreaterThan(0);
  const refused = await moods('tag', ...library, '--precision', '0.9', '--dry-run');
  expect(refused.stderr).toMatch(/hears no genre: what is taken are moods alone[^]*90 % of the moods are right/);
  const nothing = await moods('tag', ...library, '--min-confidence', '0.5', '--no-mood', '--dry-run');
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('moody hears no genre') as string });
});
