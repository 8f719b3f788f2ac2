import type { Condition, Limit, Order } from '#shared/domain/playlists/playlist';

/** What a player may know nothing of, in words that can follow "knows nothing of". */
const FIELDS: Readonly<Partial<Record<Condition['field'] | Order['by'], string>>> = {
  path: 'the whole paths that files have here',
  folder: 'the folders that files have here',
  fileName: 'names of files',
  codec: 'codecs',
  confirmedGenre: 'which genres were confirmed here',
  heardGenre: 'the genre that was heard',
  wideGenre: 'the wide vocabulary of genres',
  mood: 'moods',
  ownMood: 'moods',
  confirmedMood: 'which moods were confirmed here',
  heardMood: 'the mood that was heard',
  state: 'a track’s state here',
  genreShare: 'genre shares',
  moodShare: 'mood shares',
  confidence: 'how sure a verdict is',
  valence: 'valence',
  arousal: 'arousal',
  rating: 'the ratings in the files',
  trackNumber: 'track numbers',
  bitrate: 'bit rates',
  sampleRate: 'sample rates',
  size: 'sizes of files',
  added: 'when a file came into this library',
  modified: 'when a file was changed',
  analysed: 'when a track was listened to',
  decided: 'when a track was decided about',
  written: 'when a file was written',
  similarity: 'how alike tracks sound',
  arc: 'an order from calm to energetic',
};

/** Gathers, while a rule is put into a target's words, what it has no words for; each thing once. */
export function unsayable(player: string) {
  const told = new Set<string>();
  const tell = (sentence: string): null => {
    told.add(sentence);
    return null;
  };
  return {
    all: (): string[] => [...told],
    tell,
    field: (field: Condition['field'] | Order['by']): null =>
      tell(`${player} knows nothing of ${FIELDS[field] ?? field}.`),
    /** No such comparison, though it knows the field. */
    comparison: (what: string): null => tell(`${player} can’t compare by ${what}.`),
    order: (by: string): null => tell(`${player} can’t order by ${FIELDS[by as Order['by']] ?? by}.`),
    limit: (limit: Limit): null =>
      tell(
        `${player} can’t limit a playlist by ${'hours' in limit ? 'playing time' : 'size'}, only by a number of tracks.`,
      ),
  };
}

export type Unsayable = ReturnType<typeof unsayable>;

/** What only this library knows, since it was heard or decided here. */
const KNOWN_HERE = [
  'genreShare',
  'moodShare',
  'heardGenre',
  'heardMood',
  'wideGenre',
  'confirmedGenre',
  'confidence',
  'valence',
  'arousal',
  'similarity',
] as const;

/** For a target's own list: that it knows nothing of what was heard and decided here, and of these. */
export const knowsNothingOf = (player: string, fields: readonly (Condition['field'] | 'arc')[]): string[] =>
  [...KNOWN_HERE, ...fields].map((field) => `${player} knows nothing of ${FIELDS[field] ?? field}.`);
