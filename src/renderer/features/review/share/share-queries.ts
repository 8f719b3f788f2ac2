import type { MatesOf } from '#shared/contract/review';
import type { Connection } from '../../../api/connection';

/** What the album and the artist of a track say. */
export const contextOptions = (connection: Connection, trackId: number) => ({
  queryKey: ['review-context', trackId] as const,
  queryFn: () => connection.call('review.context', { trackId }),
});

/** The tracks that may share its decision. */
export const matesOptions = (connection: Connection, trackId: number, of: MatesOf, limit?: number) => ({
  queryKey: ['review-mates', trackId, of, limit] as const,
  queryFn: () => connection.call('review.mates', { trackId, of, ...(limit !== undefined && { limit }) }),
});

export const similarOptions = (connection: Connection, trackId: number) => matesOptions(connection, trackId, 'similar');
