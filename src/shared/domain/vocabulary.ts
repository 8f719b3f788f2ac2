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

/** The quadrant in which a place on the plane lies; what is exactly 0 counts as high. */
export function quadrantOf(valence: number, arousal: number): (typeof MOOD_QUADRANTS)[number] {
  if (arousal >= 0) return MOOD_QUADRANTS[valence >= 0 ? 0 : 1];
  return MOOD_QUADRANTS[valence >= 0 ? 3 : 2];
}

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

/** The classic genres, and others that taggers with a vocabulary of their own speak of often. */
export const BROAD_GENRES: readonly string[] = [
  ...CLASSIC_GENRES,
  ...['ambient', 'electronic', 'folk', 'funk', 'gospel', 'latin', 'punk', 'r&b', 'ska', 'soul'],
];

/** Kinds of a genre, squashed, as the label sets of Last.fm (MSD) and AudioSet name them. A tag of this name is no alias of the genre. */
const KINDS: Readonly<Record<string, string>> = {
  opera: 'classical',
  bluegrass: 'country',
  ...Object.fromEntries(
    ['dance', 'drumandbass', 'dubstep', 'electro', 'electronica', 'electronicdance', 'house', 'techno', 'trance'].map(
      (kind) => [kind, 'electronic'],
    ),
  ),
  traditional: 'folk',
  christian: 'gospel',
  swing: 'jazz',
  salsa: 'latin',
  musicoflatinamerica: 'latin',
  indiepop: 'pop',
  punkrock: 'punk',
  ...Object.fromEntries(
    [
      ...['alternative', 'alternativerock', 'classicrock', 'grunge', 'hardrock', 'indierock', 'progressiverock'],
      ...['psychedelicrock', 'rockandroll'],
    ].map((kind) => [kind, 'rock']),
  ),
};

const GENRE_BY_FOLD: ReadonlyMap<string, string> = new Map(BROAD_GENRES.map((genre) => [foldLabel(genre), genre]));

/**
 * The genre that a label of some model's own vocabulary stands for: by its spelling ("Hip hop music" is hip-hop, "rnb" is
 * r&b), or as a kind of that genre ("House music" is electronic). Null for what is no genre ("female vocalists", "Speech").
 */
export function genreOfLabel(label: string): string | null {
  const whole = squash(label);
  const bare = whole.replace(/music$/, '');
  return KINDS[whole] ?? KINDS[bare] ?? GENRE_BY_FOLD.get(foldLabel(bare)) ?? null;
}

const SPEECH = ['speech', 'conversation', 'narrationmonologue', 'speechsynthesizer'];
const OTHER_SOUND = [
  ...[
    'silence',
    'noise',
    'environmentalnoise',
    'whitenoise',
    'pinknoise',
    'static',
    'animal',
    'bird',
    'insect',
    'vehicle',
  ],
  ...['engine', 'water', 'wind', 'rain', 'thunderstorm', 'applause', 'cheering', 'crowd'],
];

/** Whether a label of AudioSet's kind stands for music, speech or other sound; null for what says nothing of that. */
export function contentOfLabel(label: string): 'music' | 'speech' | 'other' | null {
  const key = squash(label);
  if (key === 'music') return 'music';
  if (SPEECH.includes(key)) return 'speech';
  return OTHER_SOUND.includes(key) ? 'other' : null;
}

const DISPLAY_NAMES: Readonly<Record<string, string>> = { 'hip-hop': 'Hip-Hop', 'r&b': 'R&B' };

/** How a model's label is shown and written into tags: "hip-hop" as "Hip-Hop", "rock" as "Rock", "drum and bass" as "Drum and Bass". */
export function displayLabel(label: string): string {
  return (
    DISPLAY_NAMES[label] ??
    label.replace(/(^|[\s/-])(?!and\s)(\p{L})/gu, (_, gap: string, first: string) => gap + first.toUpperCase())
  );
}
