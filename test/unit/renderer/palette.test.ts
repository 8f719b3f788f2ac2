import { describe, expect, it } from 'vitest';
import { CONTENT_LABELS } from '#shared/domain/analysis';
import { CLASSIC_GENRES, MOOD_QUADRANTS } from '#shared/domain/vocabulary';
import { contentInk, genreInk, moodInk, type Ink } from '../../../src/renderer/ui/palette';
import { contrast, difference, VISIONS } from './colour';

/** The surfaces that bars, dots and strips lie on (tokens.css: --surface, --surface-sunk and --accent-soft are near these). */
const SURFACE = { light: '#ffffff', dark: '#1f2126' } as const;
const OTHERS = ['techno', 'house', 'ambient', 'folk', 'soul', 'punk', 'r&b', 'electronic', 'latin', 'soundtrack'];

const schemes = ['light', 'dark'] as const;
const inks: [string, Ink][] = [
  ...[...CLASSIC_GENRES, ...OTHERS].map((label): [string, Ink] => [label, genreInk(label)]),
  ...MOOD_QUADRANTS.map(({ label }): [string, Ink] => [label, moodInk(label)]),
  ...CONTENT_LABELS.map((label): [string, Ink] => [label, contentInk(label)]),
];

describe('the palette', () => {
  it.each(inks)('%s stands out from the surface in both schemes', (_label, ink) => {
    for (const scheme of schemes) expect(contrast(ink[scheme], SURFACE[scheme])).toBeGreaterThanOrEqual(3);
  });

  describe.each(schemes)('%s', (scheme) => {
    it.each(Object.entries(VISIONS))('keeps the classic genres apart for %s vision', (_name, vision) => {
      const colours = CLASSIC_GENRES.map((label) => genreInk(label)[scheme]);
      const pairs = colours.flatMap((a, i) => colours.slice(i + 1).map((b) => difference(a, b, vision)));
      expect(Math.min(...pairs)).toBeGreaterThan(0.07);
    });

    it.each(Object.entries(VISIONS))('keeps the moods apart for %s vision', (_name, vision) => {
      const colours = MOOD_QUADRANTS.map(({ label }) => moodInk(label)[scheme]);
      const pairs = colours.flatMap((a, i) => colours.slice(i + 1).map((b) => difference(a, b, vision)));
      expect(Math.min(...pairs)).toBeGreaterThan(0.07);
    });
  });

  it.each(schemes)('keeps music, speech and other sound apart in %s', (scheme) => {
    const colours = CONTENT_LABELS.map((label) => contentInk(label)[scheme]);
    for (const vision of Object.values(VISIONS)) {
      const pairs = colours.flatMap((a, i) => colours.slice(i + 1).map((b) => difference(a, b, vision)));
      expect(Math.min(...pairs)).toBeGreaterThan(0.07);
    }
  });

  it('gives a genre one colour however it is spelt', () => {
    expect(genreInk('Hip Hop')).toEqual(genreInk('hip-hop'));
    expect(genreInk('Trip-Hop')).toEqual(genreInk('trip hop'));
    expect(moodInk('Happy')).toEqual(moodInk('Q1'));
  });
});
