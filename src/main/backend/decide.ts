import type { Decision } from '#shared/contract/schemas';
import type { ParsedInput } from '#shared/contract/methods';
import type { Accepts } from '#shared/contract/accepts';
import { assertNever, failed, ok, type Result } from '#shared/domain/failure';

type Request = ParsedInput<'decisions.set'>;

/**
 * The decision that a request makes for one track; null takes an earlier one back.
 *
 * @param track whether it was heard, and what accepting it writes
 */
export function decide(
  request: Request,
  track: { readonly isHeard: boolean; readonly accepts: Accepts },
  now: number,
): Result<Decision | null> {
  switch (request.action) {
    case 'clear':
      return ok(null);
    case 'skip':
      return ok({ action: 'skip', genres: [], moods: [], decidedAt: now });
    case 'not-music':
      return ok({ action: 'skip', genres: [], moods: [], decidedAt: now, notMusic: true });
    case 'change': {
      const { genres = [] } = request;
      const moods = request.heardMoods ? track.accepts.moods : (request.moods ?? []);
      if (genres.length + moods.length === 0) return failed('invalid-input', 'Name at least one genre or mood.');
      return ok({ action: 'change', genres, moods, decidedAt: now });
    }
    case 'accept':
      return accept(track, now);
    default:
      return assertNever(request.action);
  }
}

/** Accepts what the model is sure of: genres as the collector writes them, the mood, or both. */
function accept(
  { isHeard, accepts }: { readonly isHeard: boolean; readonly accepts: Accepts },
  now: number,
): Result<Decision> {
  if (!isHeard)
    return failed('invalid-input', 'This track has no verdict to accept. Analyse it, or choose a genre yourself.');
  const genres = accepts.genres.map(({ name }) => name);
  const { moods } = accepts;
  if (genres.length + moods.length === 0)
    return failed(
      'invalid-input',
      'No genre was named in this track: the model is not sure enough, hears no music, or tells no genres at all. Choose one yourself, or skip it.',
    );
  return ok({ action: 'accept', genres, moods, decidedAt: now });
}
