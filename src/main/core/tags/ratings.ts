/** What programs write for half a star and so on (MediaMonkey, MusicBee); all other values go by Windows' steps. */
const HALVES: Readonly<Record<number, number>> = { 13: 0.5, 54: 1.5, 118: 2.5, 186: 3.5, 242: 4.5 };

/**
 * Stars of a popularimeter (ID3v2.3.0 section 4.18): 1 is worst and 255 best, 0 unknown. Windows shows 1 to 31 as one star, 32 to 95 as two,
 * 96 to 159 as three, 160 to 223 as four, the rest as five.
 */
export function starsOfPopularimeter(byte: number): number | null {
  if (byte <= 0 || byte > 255) return null;
  return HALVES[byte] ?? Math.min(5, Math.floor(byte / 64 + 1.5));
}

/**
 * Stars of a rating of which only its size tells the scale, as `RATING` of Vorbis comments and APEv2: programs write 0 to 5, 0 to 10, or 0 to
 * 100. 1 to 5 are stars.
 */
export function starsOfText(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value) || value > 100) return null;
  return stars(value <= 5 ? value : value <= 10 ? value / 2 : value / 20);
}

/** Stars of a rating from 0 to `best`, such as FMPS_RATING (0 to 1) or MP4's `rate` (0 to 100). */
export const starsOf = (value: number, best: number): number | null => stars((value / best) * 5);

/** Stars of WM/SharedUserRating: 1, 25, 50, 75 and 99 are one to five; 0 is none. */
export const starsOfWindows = (value: number): number | null =>
  value > 0 ? stars(1 + Math.round(value / 12.5) / 2) : null;

/** In halves; null where none are given. */
function stars(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  return Math.min(5, Math.max(0.5, Math.round(value * 2) / 2));
}
