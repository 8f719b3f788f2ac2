import { z } from 'zod';
import { pathText } from './paths';
import { failureSchema, trackDetailSchema, verdictSchema } from './schemas';

/**
 * What several models hear in a track, side by side. What is heard for a comparison is kept for a while in memory, by content, model and
 * windows; it is never stored as a track's result.
 */

/** More columns than these nobody compares. */
export const MOST_COMPARED = 8;

/** A track of the library, or any file. */
const comparedTrackSchema = z.union([z.object({ trackId: z.number().int() }), z.object({ path: pathText() })]);
export type ComparedTrack = z.infer<typeof comparedTrackSchema>;

const models = z.array(z.string().min(1)).min(1).max(MOST_COMPARED).readonly();
const plan = z.string().default('all');

export const comparedHearingSchema = trackDetailSchema.shape.analysis
  .unwrap()
  .pick({ plan: true, windows: true, windowSec: true, startsSec: true, perWindow: true, warnings: true })
  .extend({
    genre: verdictSchema.nullable(),
    mood: verdictSchema.nullable(),
    content: verdictSchema.nullable(),
    totalMs: z.number(),
    /** It is the result that the library has, and was not heard for the comparison. */
    stored: z.boolean(),
  });
export type ComparedHearing = z.infer<typeof comparedHearingSchema>;

export const comparedColumnSchema = z.object({
  /** As it was asked for. */
  asked: z.string(),
  /** `<model id>@<version>`, or what was asked for where there is no such model. */
  model: z.string(),
  name: z.string(),
  /** Null as long as it was not heard. */
  heard: comparedHearingSchema.nullable(),
  /** Why it could not be heard, at the last try. */
  failure: failureSchema.nullable(),
});
export type ComparedColumn = z.infer<typeof comparedColumnSchema>;

export const COMPARISON_METHODS = {
  /** What is known already of what these models hear, a column each in their order. Fails with `not-found`. */
  'comparison.look': {
    input: z.object({ track: comparedTrackSchema, models, plan }),
    output: z.object({ columns: z.array(comparedColumnSchema).readonly() }),
  },
  /**
   * Has tracks heard by each model that has not heard them yet, one model after the other, in a job of kind `compare` that counts a track once
   * for each model. A model or a file that can't be used is a failure of its columns and not of the job. Fails with `busy`, `not-found`.
   */
  'comparison.hear': {
    input: z.object({ tracks: z.array(comparedTrackSchema).min(1).max(200).readonly(), models, plan }),
    output: z.object({ jobId: z.string() }),
  },
} as const;
