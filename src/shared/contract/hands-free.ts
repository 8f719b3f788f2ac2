import { z } from 'zod';

/** Tagging without a person at the screen. */

const share = z.number().min(0).max(1);

/** See `AcceptRule`. */
export const acceptRuleSchema = z.object({ genreFrom: share.nullable(), moodFrom: share.nullable() });

/** A threshold of confidence, and the judged verdicts that speak for it; see `Threshold`. */
export const thresholdSchema = z.object({
  confidence: share,
  tracks: z.number().int(),
  right: z.number().int(),
  bound: share,
});

/** Which threshold keeps a precision, and what says so. */
export const precisionSchema = z.object({
  /** The collector's own decisions on the chosen model's verdicts, the figures that came with the model, or nothing. */
  source: z.enum(['decisions', 'model', 'none']),
  /** `<model id>@<version>`; empty where there is no model. */
  model: z.string(),
  /** How the model was judged, in the words of its manifest; null unless that is the source. */
  protocol: z.string().nullable(),
  /** Judged verdicts of any confidence; the collector's own, and those of the source. */
  own: z.number().int(),
  judged: z.number().int(),
  /** How many judged verdicts, all of them right, it takes at the least. */
  needed: z.number().int(),
  /** Null where no threshold is known to keep the precision. */
  chosen: thresholdSchema.nullable(),
  /** The threshold of which most can be promised; null where nothing was judged. */
  surest: thresholdSchema.nullable(),
});
export type PrecisionFinding = z.infer<typeof precisionSchema>;

export const HANDS_FREE_METHODS = {
  /**
   * From which confidence the chosen model's verdicts are right often enough. Goes by the collector's own decisions once there
   * are as many as it takes, by the model's manifest until then. Fails with what is wrong with the chosen model.
   */
  'handsFree.threshold': {
    input: z.object({ task: z.enum(['genre', 'mood']), precision: z.number().gt(0).lt(1) }),
    output: precisionSchema,
  },
} as const;
