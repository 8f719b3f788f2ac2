import type { Handlers } from '#shared/contract/methods';
import type { Decision } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import type { Context } from '../context';
import { decide } from '../decide';
import { ruled } from '../ruled';

export function decisionHandlers({ store, events }: Context): Pick<Handlers, 'decisions.set' | 'decisions.get'> {
  return {
    'decisions.get': ({ trackIds }) => store.decisions.get(trackIds),
    /** In a batch, tracks that can't be decided so are passed over; a single one is an error that says why. */
    'decisions.set': (request) => {
      const tracks = store.decisions.decidable(request.trackIds);
      if (tracks.length === 0 && request.trackIds.length > 0)
        throw new CodedError('not-found', 'These tracks are not in the library any more.');
      const now = Date.now();
      const made: { trackId: number; decision: Decision | null }[] = [];
      for (const track of tracks) {
        const decision = decide(request, track, now, store.genres.graph());
        if (decision.ok) made.push(...ruled(request.rule, track, decision.value));
        else if (request.trackIds.length === 1 || request.action === 'change') throw CodedError.from(decision.failure);
      }
      store.decisions.set(made);
      events.emit('library.changed', { trackIds: made.map(({ trackId }) => trackId) });
      return made;
    },
  };
}
