import { foldLabel } from '#shared/domain/vocabulary';

/** A colour for light and one for dark surfaces, of the same hue. */
export interface Ink {
  readonly light: string;
  readonly dark: string;
}

/**
 * One hue per genre, the same everywhere. Chosen by a search that holds each near the hue people expect (blues blue, reggae
 * green), asks 3:1 against the surface, and makes the least difference between any two as large as it can be (OKLab, at least
 * 0.07) for normal vision and for protan, deutan and tritan vision (Machado et al. 2009, severity 1). Colour never stands alone:
 * a label, a number or a name is always with it.
 */
const GENRE_INKS: Readonly<Record<string, Ink>> = {
  blues: { light: '#3a65db', dark: '#406eee' },
  classical: { light: '#ae8120', dark: '#f5bd4c' },
  country: { light: '#653312', dark: '#a26e4f' },
  disco: { light: '#a923ab', dark: '#c970c7' },
  hiphop: { light: '#402c75', dark: '#9e82f8' },
  jazz: { light: '#1d988c', dark: '#5bf3e3' },
  metal: { light: '#595c62', dark: '#6e7480' },
  pop: { light: '#d56376', dark: '#fd748a' },
  reggae: { light: '#24753b', dark: '#89d897' },
  rock: { light: '#c72e02', dark: '#e93803' },
};

/** For genres outside the classic ten; which one is decided by the label alone, so it never changes. */
const OTHER_INKS: readonly Ink[] = [
  { light: '#0f7cab', dark: '#4cb8e8' },
  { light: '#7a7a12', dark: '#c3c24a' },
  { light: '#8a4f9e', dark: '#c793da' },
  { light: '#9a5b34', dark: '#d99a72' },
  { light: '#4f7f1c', dark: '#9ccc65' },
  { light: '#a34466', dark: '#e58fae' },
  { light: '#3f6f7d', dark: '#86b9c8' },
  { light: '#6a5acd', dark: '#a79cf2' },
];

/** The four quadrants of the valence-arousal plane: warm where arousal is high, cool where it is low. */
const MOOD_INKS: Readonly<Record<string, Ink>> = {
  happy: { light: '#bd8200', dark: '#f2c14e' },
  angry: { light: '#b32d22', dark: '#f0664f' },
  sad: { light: '#3d55a8', dark: '#7f9df0' },
  calm: { light: '#1f9481', dark: '#58cbb4' },
};

/** Music in the accent's hue, speech and other sound well apart from it. */
const CONTENT_INKS: Readonly<Record<string, Ink>> = {
  music: { light: '#3b5bdb', dark: '#91a7ff' },
  speech: { light: '#b06a00', dark: '#f0b95b' },
};

/** What is left over, and what is not sure. */
export const NEUTRAL_INK: Ink = { light: '#868c98', dark: '#737987' };

/** FNV-1a, enough to spread labels over a few inks. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

/** The ink of a genre in any spelling. */
export function genreInk(label: string): Ink {
  const key = foldLabel(label);
  return GENRE_INKS[key] ?? OTHER_INKS[hash(key) % OTHER_INKS.length] ?? NEUTRAL_INK;
}

/** The ink of a mood in any spelling; moods outside the quadrants get one as other genres do. */
export function moodInk(label: string): Ink {
  const key = foldLabel(label);
  return MOOD_INKS[key] ?? OTHER_INKS[hash(key) % OTHER_INKS.length] ?? NEUTRAL_INK;
}

/** The ink of what a window holds: music, speech or other. */
export const contentInk = (label: string): Ink => CONTENT_INKS[label] ?? NEUTRAL_INK;

export type Task = 'genre' | 'mood';

const INK_OF = { genre: genreInk, mood: moodInk, content: contentInk } as const;

export const inkOf = (task: Task | 'content', label: string): Ink => INK_OF[task](label);

/** As a CSS colour that follows the colour scheme. */
export const inkCss = (ink: Ink): string => `light-dark(${ink.light}, ${ink.dark})`;
