import { describe, expect, it } from 'vitest';
import { bar, count, duration, percent, printable, table } from '../../../src/main/hosts/cli/terminal';

describe('what people read', () => {
  it.each([
    [0, '3:00', 180],
    [1, '0:07', 7.4],
    [2, '1:00:05', 3605],
    [3, '1:00', 59.6],
  ])('writes durations (%#)', (_, text, seconds) => {
    expect(duration(seconds)).toBe(text);
  });

  it('draws bars in eighths and always as wide as asked', () => {
    expect(bar(0, 4)).toBe('    ');
    expect(bar(1, 4)).toBe('████');
    expect(bar(0.5, 4)).toBe('██  ');
    expect(bar(0.53125, 4)).toBe('██▏ ');
    expect(bar(7, 2)).toBe('██');
  });

  it('aligns columns, numbers to the right', () => {
    expect(
      table([
        ['new', 7],
        ['unchanged', 120],
      ]),
    ).toEqual(['  new          7', '  unchanged  120']);
  });

  it('counts', () => {
    expect([count(1, 'track'), count(2, 'track'), percent(0.537)]).toEqual(['1 track', '2 tracks', ' 54 %']);
  });

  it('lets no file name steer the terminal', () => {
    expect(printable('a\u001b[2Jb\r\nc\u202ed.mp3')).toBe('a?[2Jb??c?d.mp3');
    expect(printable('Björk – Jóga 🎵.mp3')).toBe('Björk – Jóga 🎵.mp3');
  });
});
