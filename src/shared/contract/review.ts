import { z } from 'zod';
import { decisionSchema, trackRowSchema } from './schemas';

/**
 * What a review starts with. `doubtful`: the least sure verdicts first. `disagrees`: files whose own genre is another one than
 * a sure verdict's. `settles`: tracks that many others sound like, so that one answer may serve for these too. `album`: as the
 * files lie. Every order holds all tracks that wait for a decision; what is to be looked at again comes before the rest.
 */
export const QUEUE_ORDERS = ['doubtful', 'disagrees', 'settles', 'album'] as const;
export const queueOrderSchema = z.enum(QUEUE_ORDERS);
export type QueueOrder = z.infer<typeof queueOrderSchema>;

/** Tracks that may share a decision with one: of its album, by its artist, or near it in the model's embedding. */
export const MATES = ['album', 'artist', 'similar'] as const;
export const matesSchema = z.enum(MATES);
export type MatesOf = z.infer<typeof matesSchema>;

/** What the tracks of an album, or of an artist, say: of each its decision, else its verdict, else nothing. */
export const groupSchema = z.object({
  name: z.string(),
  tracks: z.number().int(),
  undecided: z.number().int(),
  /** The genre that more than half of those that say something agree on, where these are three or more. */
  majority: z
    .object({
      genre: z.string(),
      /** How many say it, and how many say anything. */
      tracks: z.number().int(),
      of: z.number().int(),
      /** Undecided tracks that say something else or nothing: what taking the majority would change. */
      others: z.number().int(),
    })
    .nullable(),
  /** Whether the track that was asked about says the majority's genre; null where it says nothing. */
  agrees: z.boolean().nullable(),
});
export type Group = z.infer<typeof groupSchema>;

export const mateSchema = z.object({
  row: trackRowSchema,
  /** Cosine of the angle between the two embeddings, -1..1; null in albums and artists. */
  similarity: z.number().nullable(),
});
export type Mate = z.infer<typeof mateSchema>;

const trackId = z.number().int();

export const REVIEW_METHODS = {
  /** Ids of all tracks that wait for a decision, the most helpful ones first. */
  'review.queue': {
    input: z.object({ order: queueOrderSchema.default('doubtful') }),
    output: z.object({ ids: z.array(trackId) }),
  },
  /** What the other tracks of the album and of the artist say; null where the track has none. */
  'review.context': {
    input: z.object({ trackId }),
    output: z.object({ album: groupSchema.nullable(), artist: groupSchema.nullable() }),
  },
  /**
   * The tracks that may share this one's decision, itself not among them: all of the album or artist in path order; similar
   * ones only as far as they wait for a decision, the nearest first.
   */
  'review.mates': {
    input: z.object({ trackId, of: matesSchema, limit: z.number().int().min(0).max(1000).default(500) }),
    output: z.object({
      /** All there are, however many of them `mates` holds. */
      total: z.number().int(),
      mates: z.array(mateSchema),
    }),
  },
  /** Genres that were ever decided, the most frequent first: a vocabulary of the user's own. */
  'review.vocabulary': { input: z.object({}), output: z.object({ genres: z.array(z.string()) }) },
  /** The decisions of these tracks as they are now, null where there is none; unknown tracks are left out. */
  'decisions.get': {
    input: z.object({ trackIds: z.array(trackId).max(200_000).readonly() }),
    output: z.array(z.object({ trackId, decision: decisionSchema.nullable() })),
  },
} as const;
