/** The labels that models speak of, and how spellings found in the wild fold onto them. */

/** The ten classic genres of Tzanetakis and Cook 2002 (GTZAN), in the order the base model's `genre` output has. */
export const CLASSIC_GENRES = [
  'blues',
  'classical',
  'country',
  'disco',
  'hip-hop',
  'jazz',
  'metal',
  'pop',
  'reggae',
  'rock',
] as const;

/** The quadrants of Russell's valence-arousal plane (Russell 1980), Q1 to Q4 counter-clockwise from high valence, high arousal. */
export const MOOD_QUADRANTS = [
  { label: 'happy', quadrant: 'Q1', name: 'Happy / excited', tag: 'Happy', valence: 1, arousal: 1 },
  { label: 'angry', quadrant: 'Q2', name: 'Angry / tense', tag: 'Angry', valence: -1, arousal: 1 },
  { label: 'sad', quadrant: 'Q3', name: 'Sad / bored', tag: 'Sad', valence: -1, arousal: -1 },
  { label: 'calm', quadrant: 'Q4', name: 'Calm / content', tag: 'Calm', valence: 1, arousal: -1 },
] as const;

const ALIASES: Readonly<Record<string, string>> = {
  hiphop: 'hip-hop',
  hiphoprap: 'hip-hop',
  rap: 'hip-hop',
  raphiphop: 'hip-hop',
  randb: 'r&b',
  rnb: 'r&b',
  rhythmandblues: 'r&b',
  classicalmusic: 'classical',
  poprock: 'pop/rock',
  heavymetal: 'metal',
  q1: 'happy',
  happyexcited: 'happy',
  q2: 'angry',
  angrytense: 'angry',
  q3: 'sad',
  sadbored: 'sad',
  q4: 'calm',
  calmcontent: 'calm',
};

/** Letters and digits only, lower case, accents dropped: "Hip-Hop" and "hip hop" give "hiphop". */
const squash = (label: string): string =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Folds a label's spelling so that two writings of one genre or mood compare equal: case, accents, punctuation and
 * the aliases above. Two labels mean the same if and only if their folds are equal strings.
 */
export function foldLabel(label: string): string {
  const key = squash(label);
  return squash(ALIASES[key] ?? key);
}

const DISPLAY_NAMES: Readonly<Record<string, string>> = { 'hip-hop': 'Hip-Hop', 'r&b': 'R&B' };

/** How a model's label is shown and written into tags: "hip-hop" as "Hip-Hop", "rock" as "Rock", "happy" as "Happy". */
export function displayLabel(label: string): string {
  return (
    DISPLAY_NAMES[label] ??
    label.replace(/(^|[\s/-])(\p{L})/gu, (_, gap: string, first: string) => gap + first.toUpperCase())
  );
}
