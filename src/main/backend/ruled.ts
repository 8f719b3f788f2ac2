import type { Decision } from '#shared/contract/schemas';
import type { Verdict } from '#shared/domain/analysis';
import { reaches, type AcceptRule } from '#shared/domain/hands-free/standing';

interface Heard {
  readonly id: number;
  readonly genre: Pick<Verdict, 'abstained' | 'confidence'> | null;
  readonly mood: Pick<Verdict, 'confidence'> | null;
}

/**
 * What a rule leaves of a decision: of an `accept` what reaches its thresholds, marked as the rule's own. Never a mood without the
 * genre that was heard with it, since the track would look as if all were said of it. Without a rule, and of all other decisions, everything.
 *
 * @returns the decision of the track, or nothing
 */
export function ruled(
  rule: AcceptRule | undefined,
  { id: trackId, genre, mood }: Heard,
  decision: Decision | null,
): { trackId: number; decision: Decision | null }[] {
  if (!rule || decision?.action !== 'accept') return [{ trackId, decision }];
  const isMoodSure = mood !== null && reaches(mood.confidence, rule.moodFrom);
  const moods = isMoodSure ? decision.moods : [];
  const isTaken = genre
    ? decision.genres.length > 0 && !genre.abstained && reaches(genre.confidence, rule.genreFrom)
    : moods.length > 0;
  return isTaken ? [{ trackId, decision: { ...decision, moods, byRule: 'stands' } }] : [];
}
