import type { Verdict } from '../analysis';

/** From which confidence verdicts are accepted without being looked at. */
export interface AcceptRule {
  /** 0..1 */
  readonly genreFrom: number;
  /** 0..1; null: no mood is. */
  readonly moodFrom: number | null;
}

/** How a decision came about that no hand made: it `stands`, or the collector has taken its write back. */
export const BY_RULE = ['stands', 'taken-back'] as const;
export type ByRule = (typeof BY_RULE)[number];

/** What of a track tells whether a rule may take it. */
export interface Ruled {
  readonly state: 'new' | 'analysed' | 'decided' | 'written' | 'skipped' | 'failed';
  readonly genre: Pick<Verdict, 'confidence' | 'abstained' | 'abstainReason'> | null;
  readonly stale: boolean;
  readonly quick: boolean;
  readonly lookAgain: boolean;
  readonly decision: { readonly action: 'accept' | 'change' | 'skip'; readonly byRule?: ByRule | undefined } | null;
}

/**
 * Where a track stands before a rule: `sure` it takes, all others it leaves. `written` has its tags; `decided` waits to be
 * written by the hand that decided; `skipped` shall have none; of `taken-back` the collector undid what a rule had written;
 * `look-again` was accepted after a quick look that the full one does not bear out; `quick` and `stale` wait for a full result of
 * the chosen model; `not-music` and `unsure` have no verdict, and that of `doubtful` does not reach the rule.
 */
export const STANDINGS = [
  'sure',
  'written',
  'decided',
  'skipped',
  'taken-back',
  'look-again',
  'doubtful',
  'unsure',
  'not-music',
  'quick',
  'stale',
  'failed',
  'unheard',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** @param rule without one every verdict that names a genre is sure enough */
export function standingOf(track: Ruled, rule: AcceptRule | null): Standing {
  return standingByDecision(track) ?? standingByVerdict(track, rule?.genreFrom ?? 0);
}

/** Null where nothing was decided, or by a rule that did not come to write it. */
function standingByDecision({ decision, state, lookAgain }: Ruled): Standing | null {
  if (decision === null) return null;
  if (lookAgain) return 'look-again';
  if (decision.action === 'skip') return 'skipped';
  if (state === 'written') return 'written';
  if (decision.byRule === 'taken-back') return 'taken-back';
  return decision.byRule === 'stands' ? null : 'decided';
}

function standingByVerdict({ genre, stale, quick, state }: Ruled, from: number): Standing {
  if (stale) return 'stale';
  if (genre === null) return state === 'failed' ? 'failed' : 'unheard';
  if (quick) return 'quick';
  if (genre.abstained) return genre.abstainReason === 'not-music' ? 'not-music' : 'unsure';
  return genre.confidence >= from ? 'sure' : 'doubtful';
}

export const countStandings = (standings: Iterable<Standing>): Record<Standing, number> => {
  const counts = Object.fromEntries(STANDINGS.map((each) => [each, 0])) as Record<Standing, number>;
  for (const each of standings) counts[each]++;
  return counts;
};
