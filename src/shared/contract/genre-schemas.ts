import { z } from 'zod';

export const genreSchema = z.object({
  name: z.string(),
  parents: z.array(z.string()).readonly(),
  aliases: z.array(z.string()).readonly(),
  formerly: z.array(z.string()).readonly(),
});

/** The text of one's own genres: as long as some ten thousand lines. */
export const genreTextSchema = z.object({ text: z.string().max(1_000_000) });

export const genresSchema = z.object({
  /** The changes to the built-in genres, in the format of `parseGenres`; empty without any. */
  text: z.string(),
  builtIn: z.string(),
  genres: z.array(genreSchema),
});

export const genreProblemSchema = z.object({ line: z.number().int(), message: z.string() });

/** Labels that are no genres of the graph, and none to be ignored. */
export const unknownGenresSchema = z.object({
  /** Of the chosen model's genre outputs, in their order; empty where no model can be chosen. */
  ofModel: z.array(z.object({ output: z.string(), label: z.string() })),
  /** Of the library's own tags, the most frequent first. */
  ofTags: z.array(z.object({ label: z.string(), tracks: z.number().int() })),
});
export type UnknownGenres = z.infer<typeof unknownGenresSchema>;
