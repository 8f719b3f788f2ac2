import { z } from 'zod';

/** Schemas of what the library looks like as a whole; see `schemas.ts` for single tracks. */

const count = z.number().int();

/**
 * Own genre (rows) against what was heard (columns), of all tracks that were heard and are music. Each track is counted once: under
 * the own genre that agrees with the verdict if there is one, else under its first that the model knows, else under its first.
 * So the cells where both are the same hold those that agree, and the others under a genre those that `disagree`.
 */
export const genreMatrixSchema = z.object({
  rows: z
    .array(
      z.object({
        /** To ask for its tracks. Equal to a column's where both are the same genre. */
        key: z.string(),
        name: z.string(),
        /** `known`: a genre of the model's; `foreign`: one that it does not know; `others`: the rest of those; `none`: no own genre. */
        kind: z.enum(['known', 'foreign', 'others', 'none']),
      }),
    )
    .readonly(),
  columns: z.array(z.object({ key: z.string(), name: z.string(), kind: z.enum(['genre', 'unsure']) })).readonly(),
  /** Tracks: [rows][columns]. */
  counts: z.array(z.array(count).readonly()).readonly(),
  agree: count,
  disagree: count,
  /** Present tracks that are in no cell. */
  notHeard: count,
  notMusic: count,
});
export type GenreMatrix = z.infer<typeof genreMatrixSchema>;

/** A cell, or with null for one of the two a whole row or column. */
export const matrixCellSchema = z.object({ row: z.string().nullable(), column: z.string().nullable() });
export type MatrixCell = z.infer<typeof matrixCellSchema>;

const distributionSchema = z.object({
  /** Largest share first. */
  bars: z
    .array(
      z.object({
        label: z.string(),
        /** Mean of the tracks' shares; all of them sum to 1. */
        share: z.number(),
        /** Tracks that have it as their verdict. */
        tracks: count,
      }),
    )
    .readonly(),
  /** Tracks with a verdict of this task, sure or not. */
  heard: count,
  /** Of those, tracks for which the model names nothing. */
  unsure: count,
});
export type Distribution = z.infer<typeof distributionSchema>;

/** Over all present tracks that were heard and are music. */
export const distributionsSchema = z.object({
  genre: distributionSchema,
  mood: distributionSchema,
  /** Tracks by how sure the genre verdict is: bin i holds i/10 up to (i+1)/10, the last one also 1. */
  confidence: z.array(z.object({ named: count, unsure: count })).readonly(),
});
export type Distributions = z.infer<typeof distributionsSchema>;

/** How many tracks have which label of the wide vocabulary; a track may have several or none. */
export const wideDistributionSchema = z.object({
  /** Most tracks first; labels that no track has are left out. */
  labels: z.array(z.object({ label: z.string(), tracks: count })).readonly(),
  /** Tracks whose result has a wide vocabulary. */
  heard: count,
});
export type WideDistribution = z.infer<typeof wideDistributionSchema>;

const outcomesSchema = z.object({ kept: count, changed: count, skipped: count });

/**
 * What the user made of the chosen model's genre verdicts, by their confidence when the decision was made. Kept: accepted, or
 * changed to genres that have the verdict (under the collector's name, or as a kind of it) among them; where the user
 * says that it is no music, a genre that was named counts as changed. Skipped says nothing of right or wrong and is counted apart.
 */
export const reliabilitySchema = z.object({
  /** Bin i holds verdicts of confidence i/10 up to (i+1)/10, the last one also 1. */
  bins: z
    .array(
      outcomesSchema.extend({
        /** Of those kept or changed; null where there are none. */
        meanConfidence: z.number().nullable(),
      }),
    )
    .readonly(),
  all: outcomesSchema,
  /** At or over `from`. */
  sure: outcomesSchema.extend({ from: z.number() }),
  /** Decisions made by a rule, on another model's verdict, on none, on one that named no genre, or about the mood alone. */
  leftOut: count,
});
export type Reliability = z.infer<typeof reliabilitySchema>;

/** The next tracks by id that were heard, are music and have an embedding. */
export const embeddingsSchema = z.object({
  ids: z.array(count).readonly(),
  /** What was heard in each; null where the model is not sure. */
  genres: z.array(z.string().nullable()).readonly(),
  dimensions: count,
  /** Base64 of signed bytes, row-major [tracks, dimensions]; each row is an embedding up to a positive factor. */
  vectors: z.string(),
  /** To go on after; null where there are no more. */
  next: count.nullable(),
});
export type Embeddings = z.infer<typeof embeddingsSchema>;
