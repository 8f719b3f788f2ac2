import type { Handlers, ParsedInput } from '#shared/contract/methods';
import type { Mate } from '#shared/contract/review';
import { CodedError } from '#shared/domain/failure';
import { nearTo } from '../../core/similarity/near';
import { withAccepts } from '../accepts';
import type { Context } from '../context';
import { groupOf } from '../review/group';
import type { Likeness } from '../review/likeness';
import { queueOf } from '../review/queue';
import { SAME_SOUND } from '../review/same-sound';
import { inSlices } from '../slices';

type Names = 'review.queue' | 'review.context' | 'review.mates' | 'review.vocabulary';

const MOST_GENRES = 200;

/** Which track to decide next, and which others may share its decision. */
export function reviewHandlers({ store, likeness }: Context): Pick<Handlers, Names> {
  return {
    'review.queue': async ({ order }) => ({ ids: await queueOf(store, likeness, order) }),
    'review.context': ({ trackId }) => {
      assertTrack(trackId);
      const album = store.review.albumOf(trackId);
      const artist = store.review.artistOf(trackId);
      return { album: album && groupOf(album, trackId), artist: artist && groupOf(artist, trackId) };
    },
    'review.mates': async (input) => {
      assertTrack(input.trackId);
      const found = await mateIds(input);
      const similarity = new Map(found.map((each) => [each.id, each.similarity]));
      const rows = store.rows(found.slice(0, input.limit).map(({ id }) => id));
      const mates: Mate[] = withAccepts(store, rows).map((row) => ({
        row,
        similarity: similarity.get(row.id) ?? null,
      }));
      return { total: found.length, mates };
    },
    'review.vocabulary': () => ({ genres: store.review.decidedGenres(MOST_GENRES) }),
  };

  function assertTrack(trackId: number): void {
    if (!store.tracks.byId(trackId)) throw new CodedError('not-found', 'This track is no longer in the library.');
  }

  async function mateIds({
    trackId,
    of,
  }: ParsedInput<'review.mates'>): Promise<{ id: number; similarity: number | null }[]> {
    if (of === 'similar') return similarTo(trackId, await likeness());
    const fellows = of === 'album' ? store.review.albumOf(trackId) : store.review.artistOf(trackId);
    return (fellows?.tracks ?? []).filter(({ id }) => id !== trackId).map(({ id }) => ({ id, similarity: null }));
  }

  /** Undecided tracks near one, the nearest first; files with the very same audio are the nearest of all. */
  async function similarTo(
    trackId: number,
    { table, rowOf, tracksOf }: Likeness,
  ): Promise<{ id: number; similarity: number }[]> {
    const row = rowOf(trackId);
    if (row === null) return [];
    const near = [{ row, similarity: 1 }, ...(await inSlices(nearTo(table, row, SAME_SOUND)))];
    const similarity = new Map(near.flatMap((each) => tracksOf(each.row).map((id) => [id, each.similarity] as const)));
    similarity.delete(trackId);
    return store.review.undecidedOf([...similarity.keys()]).map((id) => ({ id, similarity: similarity.get(id) ?? 0 }));
  }
}
