import { z } from 'zod';
import { OVERRIDES } from '../domain/genres/genre-file';

/** Why a genre is written; see `WhyGenre`. */
const whyGenreSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heard'), share: z.number() }),
  z.object({ kind: z.literal('wide'), share: z.number() }),
  z.object({
    kind: z.literal('together'),
    share: z.number(),
    parts: z.array(z.object({ label: z.string(), share: z.number() })).readonly(),
  }),
  z.object({ kind: z.literal('above'), below: z.string() }),
  z.object({ kind: z.literal('override'), of: z.enum(OVERRIDES), name: z.string() }),
]);

/** What accepting a track's result writes (see `genresToWrite`); nothing of a task for which the model is not sure, nor of another model's result. */
export const acceptsSchema = z.object({
  genres: z.array(z.object({ name: z.string(), why: whyGenreSchema, insteadOf: z.string().nullable() })).readonly(),
  moods: z.array(z.string()).readonly(),
});
export type Accepts = z.infer<typeof acceptsSchema>;
