import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysedLine } from '../../../src/main/hosts/cli/track-line';
import { wholeModel } from '../../builders/audio';
import { runCli, type Finished } from '../../builders/programs';
import { tone, writeWav } from '../../builders/sounds';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genregram-further-')));
const models = join(folder, 'models');
const music = join(folder, 'music');
const song = join(music, 'song.wav');
const talk = join(music, 'talk.wav');

const run = (...args: string[]): Promise<Finished> =>
  runCli([...args, '--models', models, '--model', 'tiny-test', '--library', join(folder, 'l.db')]);

let lines: Map<string, AnalysedLine>;

beforeAll(async () => {
  wholeModel(join(models, 'tiny'));
  mkdirSync(music);
  // To the tiny model low tones are music and high ones speech.
  writeWav(song, tone(440), 9);
  writeWav(talk, tone(6000), 9);
  const { stdout } = await run('analyze', music, '--json', '--provider', 'cpu');
  const parsed = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AnalysedLine);
  lines = new Map(parsed.map((line) => [line.path, line]));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a model with every output, on the command line', () => {
  it('prints all of it as JSON, and no embedding', () => {
    const line = lines.get(song)!;
    expect(line.content).toMatchObject({ top: 'music', abstained: false, abstainReason: null });
    expect(line.wide).toHaveLength(24);
    expect(line.affect).toEqual({
      valence: expect.any(Number) as number,
      arousal: expect.any(Number) as number,
      valenceSpread: expect.any(Number) as number,
      arousalSpread: expect.any(Number) as number,
    });
    expect(line).not.toHaveProperty('embedding');
    expect(lines.get(talk)).toMatchObject({
      content: { top: 'speech' },
      genre: { abstained: true, abstainReason: 'not-music' },
      mood: { abstained: true, abstainReason: 'not-music' },
    });
  });

  it('says it in words, from the library', async () => {
    const { stdout } = await run('analyze', music, '--provider', 'cpu');
    expect(stdout).toContain('Speech, not music');
    expect(stdout).toMatch(/valence [+-]0\.\d\d ± 0\.\d\d, arousal [+-]\d\.\d\d/);
    expect(stdout).toContain('2 known already');
  });

  it('compares all of it with a table, and writes nothing of speech', async () => {
    const { genre, wide, affect } = lines.get(song)!;
    const [named] = wide!;
    const table = join(folder, 'labels.csv');
    const cells = [genre!.top, `${named!.label}; polka`, affect!.valence, affect!.arousal, 'music'];
    writeFileSync(
      table,
      `file,genre,genres,valence,arousal,content,mood\n${song},${cells.join()},\n${talk},unknown,polka,-1,-1,music,\n`,
    );
    const { code, stdout, stderr } = await run('evaluate', '--labels', table, '--json', '--provider', 'cpu');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { model: string; reports: Record<string, unknown>[] };
    expect(report.model).toBe('tiny-test@1.0.0');
    const of = (task: string) => report.reports.find((each) => each['task'] === task);
    expect(of('genre')).toMatchObject({ n: 1, accuracy: 1, unknown: { n: 1 }, atCoverage: [{ asked: 1 }, {}, {}, {}] });
    expect(of('genre-wide')).toMatchObject({ n: 2, skipped: [{ label: 'polka', count: 2 }] });
    expect(of('content')).toMatchObject({ n: 2, accuracy: 0.5 });
    expect(of('valence-arousal')).toMatchObject({ n: 2, valence: { n: 2 }, arousal: { n: 2 } });
    // A column without a label is no reason to say nothing of the others.
    expect(of('mood')).toBeUndefined();
    expect(stderr).toContain('Left out: No file has a label that the model tiny-test@1.0.0 knows. It knows: happy');

    const accepted = await run('tags', 'accept', talk, '--dry-run');
    expect(accepted.code).toBe(3);
    expect(accepted.stderr).toContain('or which are no music');
  });
});
