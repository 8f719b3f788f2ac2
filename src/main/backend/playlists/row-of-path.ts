import { CodedError } from '#shared/domain/failure';
import { describeProblem } from '#shared/domain/playlists/problems';
import type { Store } from '../../store';
import type { Likeness } from '../review/likeness';

/**
 * The row of the track that others are to sound like.
 *
 * @param place of the condition, empty for the order
 * @throws CodedError `invalid-input` where there is no such track, or nothing was heard of it
 */
export function rowOfPath(store: Store, rowOf: Likeness['rowOf'], path: string, place: readonly number[]): number {
  const refuse = (message: string): never => {
    throw new CodedError('invalid-input', describeProblem({ place, message }));
  };
  const track = store.tracks.byPath(path);
  if (!track) return refuse(`The library has no track ${path}; choose another one that others should sound like.`);
  return rowOf(track.id) ?? refuse(`${path} can’t be compared, since it has not been listened to; analyse it first.`);
}
