import type { IAudioMetadata } from 'music-metadata';
import { starsOf, starsOfPopularimeter, starsOfText, starsOfWindows } from '../../core/tags/ratings';

type Native = IAudioMetadata['native'];

/** Names and texts of what the library read, in the order of the file; what is no text is left out. */
export function* nativeTexts(native: Native): Generator<readonly [name: string, text: string]> {
  for (const tags of Object.values(native))
    for (const { id, value } of tags) for (const text of textsOf(value)) yield [id, text];
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\0');
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  // A comment of ID3v2.
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    return [value.text];
  return [];
}

/** Stars by the first tag that gives some; see `OwnTags.rating`. */
export function nativeRating(native: Native): number | null {
  for (const tags of Object.values(native))
    for (const { id, value } of tags) {
      const stars = starsIn(id.toUpperCase(), value);
      if (stars !== null) return stars;
    }
  return null;
}

function starsIn(id: string, value: unknown): number | null {
  if (id === 'POPM' || id === 'POP') {
    const rating = typeof value === 'object' && value !== null && 'rating' in value ? value.rating : null;
    return typeof rating === 'number' ? starsOfPopularimeter(rating) : null;
  }
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  if (id === 'RATE') return starsOf(Number(text), 100);
  if (id === 'WM/SHAREDUSERRATING') return starsOfWindows(Number(text));
  return starsOfName(id, text);
}

/** By names that are used in several formats; Quod Libet's have an address after a colon, and go from 0 to 1. */
export function starsOfName(id: string, text: string): number | null {
  const name = id.replace(/^(TXXX?:|----:[^:]*:)/, '');
  if (name === 'FMPS_RATING' || name.startsWith('RATING:')) return starsOf(Number(text), 1);
  return name === 'RATING' ? starsOfText(text) : null;
}
