import { linkSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING, type ListeningSettings } from '#shared/domain/listening';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';
import { runCli } from '../../builders/programs';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const folder = mkdtempSync(join(tmpdir(), 'genregram-settings-'));
const library = join(folder, 'library.sqlite');
const song = join(folder, 'song.mp3');
const before = bytes(id3(3, [frame(3, 'TCON', '\0Audiobook; Other')], { padding: 300 }), silentMp3(40));

/** Runs with --json and gives the one value that stdout holds. */
async function json<T>(...args: string[]): Promise<{ code: number | null; value: T }> {
  const { code, stdout } = await runCli([...args, '--library', library, '--json']);
  return { code, value: JSON.parse(stdout) as T };
}
const genresPlanned = async (...args: string[]): Promise<string[] | undefined> => {
  const plan = await json<{ files: { diffs: { field: string; after: string[] }[] }[] }>('tags', 'plan', song, ...args);
  return plan.value.files[0]?.diffs.find(({ field }) => field === 'genre')?.after;
};

beforeAll(() => {
  writeFileSync(song, before);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('settings', () => {
  it('are listed with what may stand there, changed one at a time, and kept', async () => {
    expect(await json('settings')).toEqual({ code: 0, value: { ...DEFAULT_WRITING, ...DEFAULT_LISTENING } });
    const changed = await json<WritingSettings>('settings', 'set', 'dropGenres', 'Other', 'Unknown');
    expect(changed.value.dropGenres).toEqual(['Other', 'Unknown']);
    const { stdout } = await runCli(['settings', 'set', 'links', 'through', '--library', library]);
    expect(stdout).toMatch(/dropGenres +"Other" "Unknown"/);
    expect(stdout).toContain('skip | through | break');
    expect((await json('settings', 'list')).value).toEqual({
      ...DEFAULT_WRITING,
      ...DEFAULT_LISTENING,
      links: 'through',
      dropGenres: ['Other', 'Unknown'],
    });
  });

  it('of listening are there too, and a program that is not there is refused', async () => {
    const changed = await json<ListeningSettings>('settings', 'set', 'share', 'low');
    expect(changed).toMatchObject({ code: 0, value: { share: 'low', links: 'through' } });
    const gone = join(folder, 'no-ffmpeg');
    const { code, value } = await json<{ error: { message: string } }>('settings', 'set', 'ffmpegPath', gone);
    expect([code, value.error.message]).toEqual([3, expect.stringContaining(`There is no file ${gone}`) as string]);
    expect((await json<ListeningSettings>('settings')).value).toMatchObject({ share: 'low', ffmpegPath: null });
  });

  it('that contradict one another are refused', async () => {
    const { code, value } = await json<{ error: { code: string; message: string } }>(
      'settings',
      'set',
      'keepGenres',
      'other',
    );
    expect(code).toBe(3);
    expect(value.error).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('kept and dropped') as string,
    });
  });

  it('shape a plan, unless the call says otherwise', async () => {
    expect(await genresPlanned('--genre', 'Rock', '--mode', 'add')).toEqual(['Audiobook', 'Rock']);
    expect(await genresPlanned('--genre', 'Rock', '--keep', 'Audiobook')).toEqual(['Rock', 'Audiobook']);
    expect(await genresPlanned('--genre', 'Rock', '--mode', 'add', '--drop', '')).toEqual([
      'Audiobook',
      'Other',
      'Rock',
    ]);
  });

  it('are at work in what is written: joined as said, through a hard link and in place, with grouping and comment', async () => {
    const other = join(folder, 'other.mp3');
    linkSync(song, other);
    const { ino } = statSync(song);
    const change = ['--genre', 'Rock', '--genre', 'Pop', '--grouping', 'Set one', '--comment', 'Heard', '--join', '/'];
    const people = await runCli(['tags', 'plan', song, ...change, '--library', library]);
    expect(people.stdout).toContain('MP3 (ID3v2.3), in place');
    expect(await json('tags', 'apply', song, ...change, '--links', 'skip')).toMatchObject({
      code: 3,
      value: { files: [{ code: 'link-refused' }] },
    });
    const broken = join(folder, 'link.mp3');
    symlinkSync('song.mp3', broken);
    const parted = await runCli(['tags', 'apply', broken, '--genre', 'Ska', '--links', 'break', '--library', library]);
    expect(parted.stdout).toContain('a file of its own, which was a link to song.mp3; undo brings the link back');
    const written = await json('tags', 'apply', song, ...change);
    expect(written).toMatchObject({
      code: 0,
      value: { files: [{ status: 'written', receipt: { method: 'in-place' } }] },
    });
    expect(statSync(song).ino).toBe(ino);
    const text = readFileSync(other, 'latin1');
    expect([text.includes('Rock/Pop'), text.includes('TIT1'), text.includes('COMM')]).toEqual([true, true, true]);
    expect(await json('tags', 'undo')).toMatchObject({ code: 0 });
    expect(readFileSync(other).equals(before)).toBe(true);
  });
});
