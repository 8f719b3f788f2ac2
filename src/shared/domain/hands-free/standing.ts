import type { Verdict } from '../analysis';

/** From which confidence verdicts are accepted without being looked at. Of a model that hears no genre the mood's alone counts. */
export interface AcceptRule {
  /** 0..1; null: no genre is. */
  readonly genreFrom: number | null;
  /** 0..1; null: no mood is. */
  readonly moodFrom: number | null;
}

/** How a decision came about that no hand made: it `stands`, or the collector has taken its write back. */
export const BY_RULE = ['stands', 'taken-back'] as const;
export type ByRule = (typeof BY_RULE)[number];

type Judged = Pick<Verdict, 'confidence' | 'abstained' | 'abstainReason'>;

/** What of a track tells whether a rule may take it. */
export interface Ruled {
  readonly state: 'new' | 'analysed' | 'decided' | 'written' | 'skipped' | 'failed';
  readonly genre: Judged | null;
  readonly mood: Judged | null;
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

const EVERY: AcceptRule = { genreFrom: 0, moodFrom: 0 };

/** @param rule without one every verdict that names something is sure enough */
export function standingOf(track: Ruled, rule: AcceptRule | null): Standing {
  return standingByDecision(track) ?? standingByVerdict(track, rule ?? EVERY);
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

function standingByVerdict({ genre, mood, stale, quick, state }: Ruled, rule: AcceptRule): Standing {
  const verdict = genre ?? mood;
  const from = genre ? rule.genreFrom : rule.moodFrom;
  if (stale) return 'stale';
  if (verdict === null) return state === 'failed' ? 'failed' : 'unheard';
  if (quick) return 'quick';
  if (verdict.abstained) return verdict.abstainReason === 'not-music' ? 'not-music' : 'unsure';
  return reaches(verdict.confidence, from) ? 'sure' : 'doubtful';
}

/** Nothing reaches a threshold that is none. */
export const reaches = (confidence: number, from: number | null): boolean => from !== null && confidence >= from;

export const countStandings = (standings: Iterable<Standing>): Record<Standing, number> => {
  const counts = Object.fromEntries(STANDINGS.map((each) => [each, 0])) as Record<Standing, number>;
  for (const each of standings) counts[each]++;
  return counts;
};
