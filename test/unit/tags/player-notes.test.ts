import { describe, expect, it } from 'vitest';
import { playerNotes } from '../../../src/main/core/tags/player-notes';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { ready, temporaryFiles } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const diff = (names: string[], after: string[], field = 'genre') => ({ field, names, before: [], after });
const notes = (format: string, names: string[], after: string[], joinV23 = '; '): string[] =>
  playerNotes(format, [diff(names, after)], joinV23);
const temp = temporaryFiles();

describe('what is said of players', () => {
  it('is about several genres, each kind of tag by its own readers', () => {
    expect(notes('MP3 (ID3v2.4)', ['TCON'], ['Rock', 'Pop'])).toEqual([expect.stringContaining('ffmpeg')]);
    expect(notes('MP4 (AAC)', ['\xa9gen'], ['Rock', 'Pop'])).toEqual([expect.stringContaining('foobar2000')]);
    expect(notes('FLAC', ['GENRE'], ['Rock', 'Pop'])).toEqual([expect.stringContaining('Rhythmbox')]);
    expect(notes('Ogg Opus', ['GENRE'], ['Rock', 'Pop'])).toEqual([expect.stringContaining('Rhythmbox')]);
    expect(notes('MP3 (ID3v2.3)', ['TCON'], ['Rock', 'Pop'])).toEqual([]);
    for (const format of ['MP3 (ID3v2.4)', 'FLAC']) expect(notes(format, ['TCON', 'GENRE'], ['Rock'])).toEqual([]);
  });

  it('is about a value that holds what stands between values, where they share a text', () => {
    expect(notes('MP3 (ID3v2.3)', ['TCON'], ['Pop/Funk'], '/')).toEqual([
      expect.stringContaining('"Pop/Funk" holds the "/"'),
    ]);
    expect(notes('MP3 (ID3v2.3)', ['TCON'], ['Pop/Funk'])).toEqual([]);
    expect(notes('MP3 (ID3v2.4)', ['TCON'], ['Pop/Funk'], '/')).toEqual([]);
    const mood = diff(['TXXX:MOOD'], ['calm; quiet'], 'mood');
    expect(playerNotes('MP3 (ID3v2.3)', [mood], '; ')).toEqual([expect.stringContaining('"calm; quiet"')]);
    const own = diff(['TXXX:GENREGRAM_GENRES'], ['rock:0.62;metal:0.21'], 'GENREGRAM_GENRES');
    expect(playerNotes('MP3 (ID3v2.3)', [own], ';')).toEqual([]);
  });

  it('stands in the plan', async () => {
    const path = temp.file('a.mp3', bytes(id3(4, [frame(4, 'TCON', '\0Jazz')], { padding: 50 }), silentMp3()));
    const plan = ready(await createTagWriter().plan(path, { genres: ['Rock', 'Pop'], mode: 'replace' }));
    expect(plan.warnings).toEqual([expect.stringContaining('ffmpeg')]);
  });
});
