import type { Handlers } from '#shared/contract/methods';
import type { Decision } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { acceptsOf } from '../accepts';
import type { Context } from '../context';
import { decide } from '../decide';
import { ruled } from '../ruled';
import { writingSettings } from '../writing-settings';

export function decisionHandlers({ store, events }: Context): Pick<Handlers, 'decisions.set' | 'decisions.get'> {
  return {
    'decisions.get': ({ trackIds }) => store.decisions.get(trackIds),
    /** In a batch, tracks that can't be decided so are passed over; a single one is an error that says why. */
    'decisions.set': (request) => {
      const settings = writingSettings(store);
      const tracks = store.decisions.decidable(request.trackIds, settings.wideGenres);
      if (tracks.length === 0 && request.trackIds.length > 0)
        throw new CodedError('not-found', 'These tracks are not in the library any more.');
      const now = Date.now();
      const made: { trackId: number; decision: Decision | null }[] = [];
      for (const track of tracks) {
        const accepts = acceptsOf(track, store.genres.graph(), settings);
        const decision = decide(request, { isHeard: (track.genre ?? track.mood) !== null, accepts }, now);
        if (decision.ok) made.push(...ruled(request.rule, track, decision.value));
        else if (request.trackIds.length === 1 || request.action === 'change') throw CodedError.from(decision.failure);
      }
      store.decisions.set(made);
      events.emit('library.changed', { trackIds: made.map(({ trackId }) => trackId) });
      return made;
    },
  };
}
