import { describe, expect, it } from 'vitest';
import {
  baseName,
  folderOf,
  formatBytes,
  formatClock,
  formatCount,
  formatMoment,
  formatPlural,
  formatRate,
  formatShare,
  formatSigned,
  formatTimeLeft,
} from '../../../src/renderer/ui/format';

describe('numbers in words', () => {
  it.each([
    [0, '0%'],
    [0.004, '<1%'],
    [0.005, '1%'],
    [0.385, '39%'],
    [1, '100%'],
  ])('share %d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it.each([
    [0, '0:00'],
    [59.9, '0:59'],
    [187, '3:07'],
    [3729, '1:02:09'],
    [-1, '0:00'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatClock(seconds)).toBe(text);
  });

  it.each([
    [3, 'a few seconds'],
    [42, '40 s'],
    [89, '90 s'],
    [100, '2 min'],
    [1680, '28 min'],
    [3599, '1 h'],
    [7500, '2 h 5 min'],
  ])('%d seconds left are %s', (seconds, text) => {
    expect(formatTimeLeft(seconds)).toBe(text);
  });

  it.each([
    [0.42, '0.42'],
    [4.12, '4.1'],
    [9.96, '10'],
    [23.4, '23'],
    [0.999, '1.0'],
  ])('%d tracks a second are %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it.each([
    [412, '412 B'],
    [3_400_000, '3.4 MB'],
    [999_900, '1.0 MB'],
    [123_456_789, '123 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('counts in the plural and with separators', () => {
    expect(formatPlural(1, 'track')).toBe('1 track');
    expect(formatPlural(8214, 'track')).toBe('8,214 tracks');
    expect(formatCount(100_000)).toBe('100,000');
  });

  it('names the year only where it is another', () => {
    const then = new Date(2026, 10, 21, 9, 31).getTime();
    expect(formatMoment(then, new Date(2026, 11, 1).getTime())).toBe('21 Nov, 09:31');
    expect(formatMoment(then, new Date(2027, 0, 1).getTime())).toContain('2026');
  });
});

describe('paths', () => {
  it.each([
    ['/home/ada/Music/a.mp3', 'a.mp3', '/home/ada/Music'],
    ['C:\\Music\\a.mp3', 'a.mp3', 'C:\\Music'],
    ['/a.mp3', 'a.mp3', '/'],
    ['a.mp3', 'a.mp3', ''],
  ])('%s', (path, name, folder) => {
    expect(baseName(path)).toBe(name);
    expect(folderOf(path)).toBe(folder);
  });

  it.each([
    [0.42, '+0.42'],
    [-0.104, '−0.10'],
    [-1, '−1.00'],
    [0.001, '0.00'],
    [-0.001, '0.00'],
  ])('writes %f on a scale from -1 to 1 as %s', (value, text) => {
    expect(formatSigned(value)).toBe(text);
  });
});
