import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags';
import { bundleProgram, startChild } from '../../builders/child-program';
import { runCli } from '../../builders/programs';
import { ready } from '../../builders/tags-files';

const folder = mkdtempSync(join(tmpdir(), 'genregram-tags-'));
const song = join(folder, 'song.mp3');
const bystander = join(folder, 'bystander.mp3');
const library = join(folder, 'library.sqlite');

/** MPEG-1 Layer III frames of silence: 128 kbit/s, 44.1 kHz, joint stereo; 417 bytes and 26 ms each. */
function silentMp3(frames: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** Runs with --json and gives the one value that stdout holds. */
async function json<T>(...args: string[]): Promise<{ code: number | null; value: T }> {
  const { code, stdout } = await runCli([...args, '--library', library, '--json']);
  expect(stdout.match(/\n/g)).toHaveLength(1);
  return { code, value: JSON.parse(stdout) as T };
}

interface Written {
  runId: number | null;
  written: number;
  unchanged: number;
  refused: number;
  files: {
    path: string;
    status: string;
    code?: string;
    diffs?: { field: string; before: string[]; after: string[] }[];
  }[];
}

beforeEach(() => {
  writeFileSync(song, silentMp3(80));
  copyFileSync(song, bystander);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('tags', () => {
  it('plans without touching, writes, writes no second time, and puts every byte back', async () => {
    const before = readFileSync(song);
    const change = [song, '--genre', 'Rock', '--genre', 'Metal', '--mood', 'Happy', '--field', 'GENREGRAM_NOTE=a=b'];
    const plan = await json<Written>('tags', 'plan', ...change);
    expect(plan).toMatchObject({ code: 0, value: { files: [{ path: song, status: 'ready' }] } });
    expect(plan.value.files[0]?.diffs).toContainEqual(
      expect.objectContaining({ field: 'genre', before: [], after: ['Rock', 'Metal'] }),
    );
    expect((await json<Written>('tags', 'apply', ...change, '--dry-run')).value.files[0]?.status).toBe('ready');
    expect(readFileSync(song)).toEqual(before);

    const first = await json<Written>('tags', 'apply', ...change);
    expect(first).toMatchObject({ code: 0, value: { written: 1, unchanged: 0, refused: 0 } });
    expect(readFileSync(song).subarray(-before.length)).toEqual(before);
    expect(await json('tags', 'apply', ...change)).toMatchObject({ code: 0, value: { written: 0, unchanged: 1 } });

    const history = await json<{ id: number; written: number }[]>('tags', 'history');
    expect(history.value).toContainEqual(expect.objectContaining({ id: first.value.runId, written: 1 }));
    const undo = await json('tags', 'undo', '--run', String(first.value.runId));
    expect(undo).toMatchObject({ code: 0, value: { restored: 1, refused: 0 } });
    expect(readFileSync(song)).toEqual(before);
    expect(readFileSync(bystander)).toEqual(before);
  });

  it('adds, fills and removes as --mode and empty values say', async () => {
    const genres = async (...change: string[]) =>
      (await json<Written>('tags', 'plan', song, ...change)).value.files[0]?.diffs?.find(
        ({ field }) => field === 'genre',
      )?.after;
    await json('tags', 'apply', song, '--genre', 'Rock');
    expect(await genres('--genre', 'Jazz', '--mode', 'add')).toEqual(['Rock', 'Jazz']);
    expect(await genres('--genre', 'Jazz', '--mode', 'fill')).toBeUndefined();
    expect(await genres('--genre', 'Jazz')).toEqual(['Jazz']);
    expect(await genres('--genre', '')).toEqual([]);
  });

  it('writes the good files beside bad ones, and gives 3 where all are refused', async () => {
    const [missing, text] = [join(folder, 'missing.mp3'), join(folder, 'text.mp3')];
    writeFileSync(text, 'this is a text about music\n'.repeat(40));
    const some = await json<Written>('tags', 'apply', missing, song, text, '--genre', 'Rock');
    expect(some).toMatchObject({ code: 0, value: { written: 1, refused: 2 } });
    expect(some.value.files.find(({ path }) => path === missing)).toMatchObject({
      status: 'refused',
      code: 'not-found',
    });
    expect(readFileSync(text, 'utf8')).toBe('this is a text about music\n'.repeat(40));
    expect(await json('tags', 'apply', missing, text, '--genre', 'Rock')).toMatchObject({
      code: 3,
      value: { refused: 2 },
    });
  });

  it('takes back single files and everything, also an undo, and lists it all', async () => {
    const before = readFileSync(song);
    await json('tags', 'apply', song, bystander, '--genre', 'Rock');
    const written = readFileSync(song);
    const one = await json<{ runId: null; undoRunId: number }>('tags', 'undo', song);
    expect(one).toMatchObject({
      code: 0,
      value: { runId: null, restored: 1, fieldsRestored: 0, refused: 0, files: [{ path: song, status: 'restored' }] },
    });
    expect(readFileSync(song)).toEqual(before);
    const redo = await json('tags', 'undo', '--run', String(one.value.undoRunId));
    expect(redo.value).toMatchObject({ runId: one.value.undoRunId, restored: 1 });
    expect(readFileSync(song)).toEqual(written);
    await json('tags', 'apply', song, '--mood', 'Happy');
    await json('tags', 'undo', '--all');
    expect([song, bystander].map((path) => readFileSync(path))).toEqual([before, before]);
    expect(await json('tags', 'undo', '--all')).toMatchObject({
      code: 3,
      value: { error: { code: 'undo-unavailable' } },
    });

    const runs = (await json<{ kind: string; undoes: number | null }[]>('tags', 'history')).value;
    expect(runs.slice(0, 5).map(({ kind, undoes }) => [kind, undoes])).toEqual([
      ['undo', null],
      ['write', null],
      ['undo', one.value.undoRunId],
      ['undo', null],
      ['write', null],
    ]);
    const { stdout } = await runCli(['tags', 'history', '--library', library]);
    expect(stdout).toMatch(
      new RegExp(`undo of ${one.value.undoRunId} +partly-undone|undo of ${one.value.undoRunId} +done`),
    );
    const files = await runCli(['tags', 'history', '--run', String(one.value.undoRunId), '--library', library]);
    expect(files.stdout).toMatch(/genre +Rock +→ +\(none\)/);
  });

  it('puts back field by field what was changed by another program since, and says what it left', async () => {
    await json('tags', 'apply', song, '--genre', 'Rock', '--mood', 'Happy');
    const other = createTagWriter();
    const plan = ready(await other.plan(song, { mode: 'replace', moods: ['Gloomy'] }));
    await other.apply(plan, { begin: () => undefined });
    const { stdout } = await runCli(['tags', 'undo', song, '--library', library]);
    expect(stdout).toMatch(/genre +Rock +→ +\(none\)/);
    expect(stdout).toContain('mood was changed to Gloomy since; left');
    expect(stdout).toMatch(/0 files as before, 1 file put back field by field\. "genregram tags undo --run \d+"/);
  });

  it('is refused while another program has the library open, and no longer once that was killed', async () => {
    const child = startChild(await bundleProgram('medium/store/lock-child.ts'), [library]);
    expect(await child.line()).toBe('open');
    const before = readFileSync(song);
    const refused = await json<{ error: { code: string; message: string } }>('tags', 'apply', song, '--genre', 'Rock');
    expect(refused).toMatchObject({ code: 3, value: { error: { code: 'library-locked' } } });
    expect(refused.value.error.message).toContain(`another Genregram (process ${child.process.pid})`);
    expect(readFileSync(song)).toEqual(before);
    await child.kill();
    expect(await json('tags', 'apply', song, '--genre', 'Rock')).toMatchObject({ code: 0, value: { written: 1 } });
  });

  it('tells people what changed and how to take it back', async () => {
    const { code, stdout, stderr } = await runCli(['tags', 'apply', song, '--genre', 'Rock', '--library', library]);
    expect(code).toBe(0);
    expect(stdout).toContain(`✓ ${song}`);
    expect(stdout).toMatch(/genre +\(none\) +→ +Rock/);
    expect(stdout).toMatch(/1 file written\. "genregram tags undo --run \d+" takes it back\./);
    expect(stdout + stderr).not.toContain('\u001b');
  });
});
