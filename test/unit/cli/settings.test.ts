import { describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '#shared/domain/listening';
import { DEFAULT_WRITING } from '#shared/domain/writing';
import { SETTING_NAMES, shownSetting, typedSetting } from '../../../src/main/hosts/cli/setting-values';
import { writingOf } from '../../../src/main/hosts/cli/writing-flags';

describe('a setting as it is typed', () => {
  it.each([
    ['joinV23', [';'], { joinV23: ';' }],
    ['join-v23', ['; '], { joinV23: '; ' }],
    ['KEEPMTIME', ['Off'], { keepMtime: false }],
    ['links', ['break'], { links: 'break' }],
    ['inPlaceAboveMiB', ['never'], { inPlaceAboveMiB: null }],
    ['in-place-above-mib', ['0'], { inPlaceAboveMiB: 0 }],
    ['writeMood', ['yes'], { writeMood: true }],
    ['keepGenres', ['Audiobook', ' Spoken Word '], { keepGenres: ['Audiobook', 'Spoken Word'] }],
    ['dropGenres', [''], { dropGenres: [] }],
    ['mostGenres', ['3'], { mostGenres: 3 }],
    ['leastShare', ['15%'], { leastShare: 0.15 }],
    ['wide-genres', ['on'], { wideGenres: true }],
    ['genreParents', ['drop'], { genreParents: 'drop' }],
    ['rollUpFrom', ['never'], { rollUpFrom: null }],
    ['rollUpFrom', ['0.4'], { rollUpFrom: 0.4 }],
    ['share', ['low'], { share: 'low' }],
    ['pause-on-battery', ['on'], { pauseOnBattery: true }],
    ['ffmpegPath', ['find'], { ffmpegPath: null }],
    ['ffmpeg-path', ['/opt/my ffmpeg'], { ffmpegPath: '/opt/my ffmpeg' }],
    ['provider', ['webgpu'], { provider: 'webgpu' }],
    ['maxFileMinutes', ['none'], { maxFileMinutes: null }],
    ['max-file-minutes', ['90'], { maxFileMinutes: 90 }],
    ['timeoutMinutes', ['2.5'], { timeoutMinutes: 2.5 }],
  ])('%s %j', (name, words, expected) => {
    expect(typedSetting(name, words)).toEqual(expected);
  });

  it.each([
    ['volume', ['11'], 'The settings are neverTouchFiles, joinV23, keepMtime'],
    ['joinV23', [','], '"; " | ";" | "/"'],
    ['joinV23', [';', ';'], '"; " | ";" | "/"'],
    ['keepMtime', ['perhaps'], 'on | off'],
    ['links', ['follow'], 'skip | through | break'],
    ['inPlaceAboveMiB', ['-1'], 'never | MIB'],
    ['inPlaceAboveMiB', ['1000001'], 'never | MIB'],
    ['keepGenres', ['Rock', ''], 'GENRE...'],
    ['mostGenres', ['0'], '1..10'],
    ['leastShare', ['1.5'], '0..1'],
    ['rollUpFrom', ['often'], 'never | 0..1'],
    ['share', ['99'], 'low | half | most | all'],
    ['ffmpegPath', [''], 'find | PATH'],
    ['provider', ['The GPU'], 'auto | cpu'],
    ['maxFileMinutes', ['0'], 'none | MINUTES'],
    ['timeoutMinutes', ['none'], 'takes MINUTES'],
    ['timeoutMinutes', ['10081'], 'takes MINUTES'],
  ])('%s %j is told what may stand there', (name, words, sentence) => {
    expect(() => typedSetting(name, words)).toThrow(sentence);
  });

  it('reads back as it is shown', () => {
    expect(SETTING_NAMES).toEqual([...Object.keys(DEFAULT_WRITING), ...Object.keys(DEFAULT_LISTENING)]);
    const settings = { ...DEFAULT_WRITING, inPlaceAboveMiB: 100, ...DEFAULT_LISTENING, maxFileMinutes: 90 };
    for (const name of SETTING_NAMES) {
      const shown = shownSetting(settings, name);
      const words = shown === 'none' ? [''] : [shown.replaceAll('"', '')];
      expect(typedSetting(name, words)).toEqual({ [name]: settings[name] });
    }
    expect(shownSetting({ ...settings, keepGenres: ['A', 'B c'] }, 'keepGenres')).toBe('"A" "B c"');
  });
});

describe('the settings of one call', () => {
  it('are those named, and no others', () => {
    expect(writingOf({})).toEqual({});
    expect(writingOf({ keep: ['Audiobook'], drop: [''], join: '/', links: 'skip' })).toEqual({
      keepGenres: ['Audiobook'],
      dropGenres: [],
      joinV23: '/',
      links: 'skip',
    });
    expect(() => writingOf({ keep: ['', 'Rock'] })).toThrow('--keep ""');
  });
});
