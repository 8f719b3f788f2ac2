import type { Order, Limit, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { displayLabel, foldLabel, MOOD_QUADRANTS } from '#shared/domain/vocabulary';
import type { Context } from '../context';
import { playlistFinding } from './find';

/** At most so many playlists of single genres, and of two genres at once. */
const MOST_GENRES = 24;
const MOST_PAIRS = 3;
/** Genres that pairs are made of: those of most tracks. */
const PAIRED = 4;

/** What is offered to start from: only what finds something in this library. */
export async function readyMadePlaylists(
  context: Pick<Context, 'store' | 'likeness'>,
  now: number,
): Promise<SmartPlaylist[]> {
  const found = async (candidates: readonly SmartPlaylist[]) => {
    const counted: { playlist: SmartPlaylist; matching: number }[] = [];
    for (const playlist of candidates) {
      // Counting needs neither an order nor a limit.
      const { matching } = await playlistFinding(context, { ...playlist, order: { by: 'path' }, limit: null }, now);
      counted.push({ playlist, matching });
    }
    return counted.filter(({ matching }) => matching > 0);
  };
  const heard = context.store.values('heard', '', PAIRED).map(({ value }) => value);
  const pairs = (await found(pairsOf(heard))).sort((a, b) => b.matching - a.matching).slice(0, MOST_PAIRS);
  const others = await found([...MOODS, ...OTHERS]);
  return [...genresOf(context), ...[...others, ...pairs].map(({ playlist }) => playlist)];
}

const make = (
  name: string,
  rule: Rule,
  order: Order = { by: 'random', seed: 1 },
  limit: Limit | null = null,
): SmartPlaylist => ({
  version: 1,
  name,
  rule,
  order,
  limit,
});

/** What was confirmed or stands in the file, and what was heard where there is neither. */
function genresOf({ store }: Pick<Context, 'store'>): SmartPlaylist[] {
  const labels = (['heard', 'genre'] as const).flatMap((field) => store.values(field, '', MOST_GENRES));
  const names = new Map(
    labels.map(({ value }) => {
      const name = store.genres.graph().find(value)?.name ?? displayLabel(value);
      return [foldLabel(name), name];
    }),
  );
  return [...names.values()].slice(0, MOST_GENRES).map((value) =>
    make(value, {
      any: [
        { field: 'genre', op: 'isWithin', value },
        {
          all: [
            { field: 'genre', op: 'missing' },
            { field: 'heardGenre', op: 'isWithin', value },
          ],
        },
      ],
    }),
  );
}

/** Mostly the first, with some of the second in it. */
function pairsOf(genres: readonly string[]): SmartPlaylist[] {
  return genres.flatMap((first) =>
    genres
      .filter((second) => second !== first)
      .map((second) =>
        make(
          `${first} with ${second} in it`,
          {
            all: [
              { field: 'heardGenre', op: 'is', value: first },
              { field: 'genreShare', of: second, op: 'atLeast', value: 0.2 },
            ],
          },
          { by: 'genreShare', of: second, descending: true },
        ),
      ),
  );
}

const MOODS: readonly SmartPlaylist[] = MOOD_QUADRANTS.map(({ name, tag }) =>
  make(name, {
    any: [
      { field: 'mood', op: 'is', value: tag },
      {
        all: [
          { field: 'mood', op: 'missing' },
          { field: 'heardMood', op: 'is', value: tag },
        ],
      },
    ],
  }),
);

const OTHERS: readonly SmartPlaylist[] = [
  make('From calm to energetic', { field: 'arousal', op: 'present' }, { by: 'arc' }, { hours: 2 }),
  make(
    'Calm evening',
    {
      all: [
        { field: 'arousal', op: 'under', value: 0 },
        { field: 'valence', op: 'over', value: 0 },
      ],
    },
    { by: 'arc', descending: true },
    { hours: 3 },
  ),
  make(
    'Untagged, but sure',
    {
      all: [
        { field: 'genre', op: 'missing' },
        { field: 'confidence', op: 'atLeast', value: 0.8 },
      ],
    },
    { by: 'confidence', descending: true },
  ),
  make(
    'Confirmed in the last 30 days',
    {
      all: [
        {
          any: [
            { field: 'confirmedGenre', op: 'present' },
            { field: 'confirmedMood', op: 'present' },
          ],
        },
        { field: 'decided', op: 'inLast', days: 30 },
      ],
    },
    { by: 'path' },
  ),
  make('Added in the last 30 days', { field: 'added', op: 'inLast', days: 30 }, { by: 'added', descending: true }),
  make('Four stars and more', { field: 'rating', op: 'atLeast', value: 4 }),
  make(
    'Fifty at random',
    { all: [{ field: 'state', op: 'isNot', value: 'failed' }] },
    { by: 'random', seed: 1 },
    { tracks: 50 },
  ),
];
