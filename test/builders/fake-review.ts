import type { Handlers } from '#shared/contract/methods';
import type { Mate } from '#shared/contract/review';
import type { TrackRow } from '#shared/contract/schemas';
import { isNotMusic } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import { groupOf } from '../../src/main/backend/review/group';
import type { Fellows } from '../../src/main/store/review';
import type { FakeLibrary } from './fake-backend';

type Names = 'review.queue' | 'review.context' | 'review.mates' | 'review.vocabulary' | 'decisions.get';

const waits = (row: TrackRow): boolean => row.state === 'analysed' || row.lookAgain;
const confidence = (row: TrackRow): number => (isNotMusic(row.content) ? 2 : (row.genre?.confidence ?? 2));

const says = ({ decision, genre, content }: TrackRow): string | null => {
  if (decision) return decision.genres[0] ?? null;
  return genre && !genre.abstained && !isNotMusic(content) ? genre.top : null;
};

/** Reviewing in memory: the orders and groups as the real ones have them, and a likeness made up from the ids. */
export function reviewHandlers(library: FakeLibrary, shown: (row: TrackRow) => TrackRow): Pick<Handlers, Names> {
  const rowOf = (trackId: number): TrackRow => {
    const row = library.rows.find(({ id }) => id === trackId);
    if (!row) throw new CodedError('not-found', 'This track is no longer in the library.');
    return row;
  };
  const fellows = (row: TrackRow, of: 'album' | 'artist'): TrackRow[] =>
    row[of] === null
      ? []
      : library.rows.filter((each) => each[of] === row[of] && (of === 'artist' || each.artist === row.artist));
  const group = (row: TrackRow, of: 'album' | 'artist') => {
    const name = row[of];
    if (name === null) return null;
    const tracks = fellows(row, of).map((each) => ({ id: each.id, genre: says(each), undecided: waits(each) }));
    return groupOf({ name, tracks } satisfies Fellows, row.id);
  };
  return {
    'review.queue': ({ order }) => {
      const waiting = library.rows.filter(waits);
      const sorted = waiting.toSorted((a, b) => confidence(a) - confidence(b) || a.id - b.id);
      if (order === 'disagrees') sorted.sort((a, b) => Number(b.disagrees) - Number(a.disagrees));
      if (order === 'album') sorted.sort((a, b) => (a.path < b.path ? -1 : 1));
      return { ids: sorted.map(({ id }) => id) };
    },
    'review.context': ({ trackId }) => {
      const row = rowOf(trackId);
      return { album: group(row, 'album'), artist: group(row, 'artist') };
    },
    'review.mates': ({ trackId, of, limit }) => {
      const row = rowOf(trackId);
      const found: Mate[] =
        of === 'similar'
          ? library.rows
              .filter((each) => waits(each) && each.genre?.top === row.genre?.top && Math.abs(each.id - trackId) < 60)
              .map((each) => ({ row: each, similarity: 1 - Math.abs(each.id - trackId) / 1200 }))
          : fellows(row, of).map((each) => ({ row: each, similarity: null }));
      const mates = found
        .filter((mate) => mate.row.id !== trackId)
        .sort((a, b) => (b.similarity ?? 0) - (a.similarity ?? 0));
      return { total: mates.length, mates: mates.slice(0, limit).map((mate) => ({ ...mate, row: shown(mate.row) })) };
    },
    'review.vocabulary': () => ({
      genres: [...new Set(library.rows.flatMap(({ decision }) => decision?.genres ?? []))],
    }),
    'decisions.get': ({ trackIds }) => trackIds.map((trackId) => ({ trackId, decision: rowOf(trackId).decision })),
  };
}
