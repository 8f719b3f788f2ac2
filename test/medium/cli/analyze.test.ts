import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend } from '../../../src/main/backend/compose';
import { TELLS_MONO, writeFakeFfmpeg } from '../../builders/fake-ffmpeg';
import { programPath, runCli, startNode, waitForOutput, type Finished } from '../../builders/programs';
import { missing, repositoryRoot } from '../../builders/requirements';
import { streamedWavHead } from '../../builders/pcm-files';
import { convert, noise, tone, writeWav } from '../../builders/sounds';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-analyze-')));
const music = join(folder, 'music');
const models = join(repositoryRoot, 'test/fixtures/analysis');
const [low, hiss, empty, text] = ['low.wav', 'sub/hiss.wav', 'empty.mp3', 'text.flac'].map((name) =>
  join(music, name),
) as [string, string, string, string];

interface Verdict {
  top: string;
  confidence: number;
  abstained: boolean;
  histogram: { label: string; share: number; votes: number }[];
}
interface Line {
  path: string;
  status: string;
  code?: string;
  message?: string;
  cached?: boolean;
  durationSec?: number;
  windows?: number;
  model?: string;
  ms?: Record<string, number>;
  genre?: Verdict;
  mood?: Verdict;
}

const env = { XDG_DATA_HOME: join(folder, 'data') };
const run = (library: string, ...args: string[]): Promise<Finished> =>
  runCli([...args, '--library', join(folder, `${library}.sqlite`), '--models', models, '--model', 'tiny-test'], {
    env,
  });

/** Each line of stdout must be a JSON value of its own. */
const linesOf = ({ stdout }: Finished): Line[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

async function analyze(library: string, ...args: string[]): Promise<Line[]> {
  const finished = await run(library, 'analyze', ...args, '--json');
  expect(finished.code).toBe(0);
  return linesOf(finished);
}

const byPath = (lines: readonly Line[], path: string): Line => {
  const found = lines.filter((line) => line.path === path);
  expect(found).toHaveLength(1);
  return found[0]!;
};

beforeAll(() => {
  mkdirSync(join(music, 'sub'), { recursive: true });
  writeWav(low, tone(110), 10);
  writeWav(hiss, noise(1), 7);
  writeFileSync(empty, '');
  writeFileSync(text, 'not a song\n'.repeat(100));
  writeFileSync(join(music, 'notes.txt'), 'no music');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('scan', () => {
  it('counts what is new, then what is unchanged, changed and removed', async () => {
    const copy = join(folder, 'scanned');
    cpSync(music, copy, { recursive: true });
    const scan = async () => JSON.parse((await run('scan', 'scan', copy, '--json')).stdout) as Record<string, unknown>;
    const first = await scan();
    expect(first).toMatchObject({ found: 4, new: 4, changed: 0, unchanged: 0, removed: 0, failed: 2 });
    expect(first['failures']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: join(copy, 'empty.mp3'), code: 'empty-file' }),
        expect.objectContaining({ path: join(copy, 'text.flac'), code: 'unsupported-format' }),
      ]),
    );
    rmSync(join(copy, 'sub'), { recursive: true });
    writeWav(join(copy, 'low.wav'), tone(110), 8);
    expect(await scan()).toMatchObject({ found: 3, new: 0, changed: 1, unchanged: 2, removed: 1 });
  });
});

describe('analyze', () => {
  it('prints a line a track, whatever is wrong with single files, and knows them the next time', async () => {
    const lines = await analyze('lines', music, join(music, 'notes.txt'), join(folder, 'nowhere.mp3'));
    expect(lines).toHaveLength(6);
    const line = byPath(lines, low);
    expect(line).toMatchObject({
      status: 'ok',
      cached: false,
      durationSec: 10,
      model: 'tiny-test@1.0.0',
      provider: 'cpu',
    });
    expect(Object.keys(line.ms ?? {}).sort()).toEqual(['decode', 'features', 'inference', 'total']);
    for (const [verdict, labels] of [
      [line.genre!, 10],
      [line.mood!, 4],
    ] as const) {
      const { histogram } = verdict;
      expect(histogram).toHaveLength(labels);
      expect(histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(histogram.reduce((sum, { votes }) => sum + votes, 0)).toBe(line.windows);
      expect(verdict.top).toBe(histogram[0]?.label);
    }
    expect(byPath(lines, empty)).toMatchObject({ status: 'failed', code: 'empty-file' });
    expect(byPath(lines, text)).toMatchObject({ status: 'failed', code: 'unsupported-format' });
    expect(byPath(lines, join(music, 'notes.txt'))).toMatchObject({ status: 'failed', code: 'unsupported-format' });
    expect(byPath(lines, join(folder, 'nowhere.mp3'))).toMatchObject({ status: 'failed', code: 'not-found' });
    for (const failed of lines.filter(({ status }) => status === 'failed'))
      expect(failed.message).toMatch(/^[A-Z].+\.$/);

    const again = await analyze('lines', music);
    expect(byPath(again, low)).toEqual({ ...line, cached: true });
    const forced = await analyze('lines', low, '--force');
    expect(byPath(forced, low)).toMatchObject({ cached: false, genre: { top: line.genre?.top } });
    const everything = await analyze('lines');
    expect(everything.map(({ path }) => path).sort()).toEqual([empty, low, hiss, text].sort());
  });

  it('listens to the windows asked for', async () => {
    expect(byPath(await analyze('windows', low, '--windows', '2'), low).windows).toBe(2);
    const drawn = byPath(await analyze('windows', low, '--windows', 'random:5'), low);
    expect(drawn).toMatchObject({ windows: 5, cached: false });
    const drawnAgain = byPath(await analyze('other', low, '--windows', 'random:5'), low);
    expect(drawnAgain.genre?.top).toBe(drawn.genre?.top);
    // Windows fall into batches by chance of timing, which changes the last digits of float32.
    expect(drawnAgain.genre?.confidence).toBeCloseTo(drawn.genre?.confidence ?? -1, 4);
  });

  it('takes a folder through a link, and speaks of true paths', async () => {
    symlinkSync(music, join(folder, 'link'));
    const lines = await analyze('link', join(folder, 'link', 'low.wav'));
    expect(lines.map(({ path, status }) => [path, status])).toEqual([[low, 'ok']]);
  });

  it('says that a model or a provider is not there, with exit code 3 and one JSON value', async () => {
    const model = await runCli(
      ['analyze', low, '--json', '--library', join(folder, 'none.sqlite'), '--model', 'nobody', '--models', models],
      { env },
    );
    expect(model.code).toBe(3);
    expect(linesOf(model)).toEqual([{ error: expect.objectContaining({ code: 'model-missing' }) as unknown }]);
    const provider = await run('provider', 'analyze', low, '--provider', 'nosuch', '--json');
    expect(provider.code).toBe(3);
    expect(linesOf(provider)).toMatchObject([{ error: { code: 'provider-unavailable' } }]);
  });

  it('refuses a model whose file is not the one of its manifest', async () => {
    const broken = join(folder, 'models');
    cpSync(join(models, 'tiny-model'), join(broken, 'tiny-test'), { recursive: true });
    writeFileSync(join(broken, 'tiny-test/model.onnx'), 'something else');
    const { code, stdout } = await runCli(
      ['analyze', low, '--json', '--library', join(folder, 'hash.sqlite'), '--model', 'tiny-test', '--models', broken],
      { env },
    );
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'model-hash-mismatch' } });
  });

  it('shows people bars, and no colours where nobody looks', async () => {
    const { code, stdout, stderr } = await run('human', 'analyze', low);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^low\.wav {2}0:10, \d windows · /);
    expect(stdout).toMatch(/\n {2}genre {2}\S+ +\d+ % {2}█/);
    expect(stdout).toMatch(/\n1 track listened to\.\n$/);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it.skipIf(process.platform === 'win32')('stops at Ctrl+C, keeps what is done, and goes on from there', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let index = 0; index < 30; index++) writeWav(join(many, `${index}.wav`), noise(index), 15);
    const options = ['--library', join(folder, 'stop.sqlite'), '--models', models, '--model', 'tiny-test', '--json'];
    // It comes to no end by itself, however fast the machine is.
    const decoder = { GENREGRAM_FFMPEG: stuckAt(join(many, '29.wav')), GENREGRAM_DECODER: 'ffmpeg' };
    const program = startNode([programPath('cli'), 'analyze', many, ...options], { env: { ...env, ...decoder } });
    await waitForOutput(program, /\n/);
    program.kill('SIGINT');
    const stopped = await program.finished;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('What was finished is kept');
    const done = linesOf(stopped);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(30);
    const finished = done.map(({ path }) => path);
    const next = Array.from({ length: 30 }, (_, index) => join(many, `${index}.wav`)).findLast(
      (path) => !finished.includes(path),
    )!;
    const rest = await analyze('stop', ...finished, next);
    expect(rest).toHaveLength(done.length + 1);
    for (const path of finished) expect(byPath(rest, path)).toMatchObject({ status: 'ok', cached: true });
    expect(byPath(rest, next)).toMatchObject({ status: 'ok' });
  });
});

/** Stands in for ffmpeg: some noise for every file, and nothing for one. */
function stuckAt(path: string): string {
  const sound = join(folder, 'sound');
  const samples = Float32Array.from({ length: 10 * 16_000 }, (_, i) => Math.sin(i * i) / 4);
  writeFileSync(sound, Buffer.concat([streamedWavHead(16_000), Buffer.from(samples.buffer)]));
  const body = `case "$*" in *'${path}'*) exec sleep 600;; esac
${TELLS_MONO}
exec cat '${sound}'`;
  return writeFakeFfmpeg(join(folder, 'ffmpeg'), body);
}

describe('evaluate', () => {
  it('compares verdicts with a table, and leaves no track in the library', async () => {
    const [lowGenre, hissGenre] = (await analyze('labels', low, hiss)).map(({ genre }) => genre!.top) as [
      string,
      string,
    ];
    const labels = join(music, 'labels.csv');
    const rows = [`low.wav,${lowGenre.toUpperCase()}`, `sub/hiss.wav,${hissGenre === 'rock' ? 'jazz' : 'rock'}`];
    writeFileSync(labels, ['file,genre', ...rows, 'low.wav,polka', 'empty.mp3,rock', 'gone.mp3,jazz', ''].join('\n'));
    const { code, stdout } = await runCli(
      [
        'evaluate',
        '--labels',
        labels,
        '--column',
        'genre',
        '--task',
        'genre',
        '--models',
        models,
        '--model',
        'tiny-test',
        '--json',
      ],
      { env },
    );
    expect(code).toBe(0);
    expect(stdout.match(/\n/g)).toHaveLength(1);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({ n: 2, accuracy: 0.5, task: 'genre', model: 'tiny-test@1.0.0' });
    expect(report['skipped']).toEqual([{ label: 'polka', count: 1 }]);
    expect(report['failed']).toMatchObject([
      { path: join(music, 'gone.mp3'), code: 'not-found' },
      { path: empty, code: 'empty-file' },
    ]);
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining(['macroF1', 'top2', 'ece', 'perClass', 'confusion', 'riskCoverage']),
    );
    rmSync(labels);
  });

  it('takes the names of folders, or the files’ own tags, for labels', async () => {
    const labelled = join(folder, 'labelled');
    const [lowGenre, hissGenre] = (await analyze('labels', low, hiss)).map(({ genre }) => genre!.top) as [
      string,
      string,
    ];
    const wrong = hissGenre === 'rock' ? 'jazz' : 'rock';
    for (const name of [lowGenre, wrong]) mkdirSync(join(labelled, name), { recursive: true });
    cpSync(low, join(labelled, lowGenre, 'low.wav'));
    cpSync(hiss, join(labelled, wrong, 'hiss.wav'));
    const byFolder = await runCli(['evaluate', labelled, '--models', models, '--model', 'tiny-test', '--json'], {
      env,
    });
    expect(byFolder.stderr).toBe('');
    // What is no label of moods and of content is not judged by them.
    expect(JSON.parse(byFolder.stdout)).toMatchObject({ reports: [{ task: 'genre', n: 2, accuracy: 0.5 }] });
    const byTag = await runCli(
      ['evaluate', labelled, '--labels-from', 'tag', '--models', models, '--model', 'tiny-test', '--json'],
      { env },
    );
    expect(byTag.code).toBe(3);
    expect(byTag.stderr).toContain('No file has a label that the model tiny-test@1.0.0 knows');
    const nothing = await runCli(['evaluate'], { env });
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('--labels') as string });
  });

  it('compares two models on the files whose label both know', async () => {
    // The same network under labels in another order: it is wrong wherever the first one is right.
    const packs = join(folder, 'packs');
    const turned = join(packs, 'turned');
    cpSync(join(models, 'tiny-model'), turned, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(turned, 'model.json'), 'utf8')) as {
      outputs: { task: string; labels: string[] }[];
    };
    const outputs = manifest.outputs.map((output) =>
      output.task === 'genre' ? { ...output, labels: [...output.labels.slice(1), output.labels[0]!] } : output,
    );
    writeFileSync(join(turned, 'model.json'), JSON.stringify({ ...manifest, id: 'turned', outputs }));
    const genres = (await analyze('labels', low, hiss)).map(({ genre }) => genre!.top);
    const labels = join(folder, 'both.csv');
    writeFileSync(labels, `file,genre\n${low},${genres[0]}\n${hiss},${genres[1]}\n`);
    const args = ['evaluate', '--labels', labels, '--models', models, '--models', packs, '--model', 'tiny-test'];
    const { code, stdout } = await runCli([...args, '--against', 'turned', '--json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'tiny-test@1.0.0',
      reports: [{ task: 'genre', n: 2, accuracy: 1 }],
      against: { model: 'turned@1.0.0', reports: [{ task: 'genre', accuracy: 0 }] },
      comparisons: [{ task: 'genre', n: 2, onlyFirst: 2, onlySecond: 0, difference: 1, p: 0.5 }],
    });
    const table = join(folder, 'verdicts.csv');
    const told = await runCli([...args, '--against', 'turned', '--task', 'genre', '--report', table], { env });
    expect(told.stdout).toContain(`Report: ${table}`);
    const [head, first, ...others] = readFileSync(table, 'utf8').split('\r\n');
    expect(head).toBe('model,task,path,label,heard,confidence,abstained,right');
    expect(first).toMatch(new RegExp(`^tiny-test@1.0.0,genre,${low},${genres[0]},${genres[0]},0\\.\\d+,false,true$`));
    expect(others.filter((line) => line.startsWith('turned@1.0.0,genre,') && line.endsWith(',false'))).toHaveLength(2);
    const unnamed = await runCli([...args, '--report', join(folder, 'verdicts.txt')], { env });
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('.html, .json or .csv') as string });
    expect(told.stdout).toContain('tiny-test@1.0.0 against turned@1.0.0 on the same 2 tracks, by genre');
    expect(told.stdout).toContain('p = 0.500: the difference may be chance.');
  });

  it('says that no label is known', async () => {
    const labels = join(folder, 'strange.csv');
    writeFileSync(labels, `file,genre\n${low},polka\n`);
    const { code, stderr } = await run(
      'strange',
      'evaluate',
      '--labels',
      labels,
      '--column',
      'genre',
      '--task',
      'genre',
    );
    expect(code).toBe(3);
    expect(stderr).toContain('It knows: blues, classical');
  });
});

describe('doctor', () => {
  it('reports versions, decoders, providers, models and the library as one JSON value', async () => {
    const { code, stdout } = await run('doctor', 'doctor', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      node: process.versions.node,
      library: { path: join(folder, 'doctor.sqlite'), tracks: 0 },
      models: expect.arrayContaining([expect.objectContaining({ id: 'tiny-test' })]) as unknown,
      providers: expect.arrayContaining([expect.objectContaining({ name: 'cpu', state: 'in-use' })]) as unknown,
    });
  });
});

describe.skipIf(missing('ffmpeg'))('tags accept, on MP3 and FLAC', () => {
  it('writes the verdicts that are sure enough, and undoes them', async () => {
    const songs = join(folder, 'songs');
    mkdirSync(songs);
    convert(low, join(songs, 'low.mp3'), 'genre=Other', 'title=Low');
    convert(hiss, join(songs, 'hiss.flac'));
    const lines = await analyze('accept', songs);
    const surest = Math.max(...lines.map(({ genre }) => genre!.confidence));
    const accept = async (...args: string[]) => {
      const { code, stdout } = await run('accept', 'tags', 'accept', ...args, '--json');
      return { code, value: JSON.parse(stdout) as { written?: number; files: { path: string; status: string }[] } };
    };
    const dry = await accept('--dry-run');
    expect(dry.value.files.map(({ status }) => status)).toEqual(['ready', 'ready']);
    expect((await accept('--min-confidence', '1')).code).toBe(3);
    const sure = await accept('--min-confidence', String(surest));
    expect(sure).toMatchObject({ code: 0, value: { written: 1 } });
    const rest = await accept();
    expect(rest).toMatchObject({ code: 0, value: { written: 1 } });
    expect(rest.value.files[0]?.path).not.toBe(sure.value.files[0]?.path);

    const again = await analyze('accept', songs);
    expect(again.map(({ cached }) => cached)).toEqual([true, true]);
    const undo = JSON.parse((await run('accept', 'tags', 'undo', '--json')).stdout) as unknown;
    expect(undo).toMatchObject({ restored: 1, refused: 0 });
  });

  it('never overrules what the collector changed or skipped', async () => {
    const songs = join(folder, 'own');
    mkdirSync(songs);
    for (const name of ['changed', 'skipped', 'open']) convert(low, join(songs, `${name}.mp3`));
    await analyze('own', songs);
    const backend = await createBackend({
      libraryPath: join(folder, 'own.sqlite'),
      modelFolders: [models],
      userModels: models,
      modelId: 'tiny-test',
      spawnAnalysis: () => {
        throw new Error('nothing is to be analysed here');
      },
    });
    const idOf = async (name: string) => (await backend.handlers['tracks.byPath']({ paths: [join(songs, name)] }))[0]!;
    const decide = backend.handlers['decisions.set'];
    await decide({ trackIds: [await idOf('changed.mp3')], action: 'change', genres: ['Drone'] });
    await decide({ trackIds: [await idOf('skipped.mp3')], action: 'skip' });
    await backend.close();

    for (const paths of [[], [songs]]) {
      const { stdout, stderr } = await run('own', 'tags', 'accept', ...paths, '--dry-run', '--json');
      const { files } = JSON.parse(stdout) as { files: { path: string }[] };
      expect(files.map(({ path }) => path)).toEqual([join(songs, 'open.mp3')]);
      expect(stderr).toContain('that you changed or skipped yourself');
    }
  });
});
