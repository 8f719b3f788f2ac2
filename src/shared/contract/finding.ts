import { z } from 'zod';
import { groupBySchema } from './grouping';
import { quickFilterSchema, sortSchema } from './schemas';

/** Fields whose values a library has a list of. */
export const VALUE_FIELDS = ['artist', 'album', 'genre', 'heard', 'mood', 'wide', 'share', 'state'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

export const searchValueSchema = z.object({
  /** As people write it. */
  value: z.string(),
  /** How many tracks have it; null of `share`, where all that were heard have some. */
  tracks: z.number().int().nullable(),
});
export type SearchValue = z.infer<typeof searchValueSchema>;

/** What a saved view brings back. */
export const viewQuerySchema = z.object({
  text: z.string().max(500),
  quick: quickFilterSchema,
  sort: sortSchema,
  groupBy: groupBySchema.nullable(),
});
export type ViewQuery = z.infer<typeof viewQuerySchema>;

const viewNameSchema = z.string().trim().min(1).max(100);

export const savedViewSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  query: viewQuerySchema,
  /** Views are listed from the lowest to the highest. */
  position: z.number().int(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** Searching by values, and searches under a name. */
export const FINDING_METHODS = {
  /** Values of a field that occur in the library and have the text in them, those of most tracks first. */
  'search.values': {
    input: z.object({
      field: z.enum(VALUE_FIELDS),
      text: z.string().max(200).default(''),
      limit: z.number().int().min(1).max(50).default(8),
    }),
    output: z.array(searchValueSchema),
  },
  'views.list': { input: z.object({}), output: z.array(savedViewSchema) },
  /** How many tracks each view finds, in the order of the ids; 0 for a view that is not there. */
  'views.counts': {
    input: z.object({ ids: z.array(z.number().int()).max(200) }),
    output: z.array(z.number().int()),
  },
  /** Keeps a search under a name, as the last one or in a place of its own. Fails with `invalid-input` where the name is taken. */
  'views.add': {
    input: z.object({ name: viewNameSchema, query: viewQuerySchema, position: z.number().int().optional() }),
    output: savedViewSchema,
  },
  /** Gives a view another name or another search. Fails with `not-found`, or `invalid-input` where the name is taken. */
  'views.change': {
    input: z.object({ id: z.number().int(), name: viewNameSchema.optional(), query: viewQuerySchema.optional() }),
    output: savedViewSchema,
  },
  /** Forgets a view; `views.add` with what it was brings it back. */
  'views.remove': { input: z.object({ id: z.number().int() }), output: z.object({}) },
} as const;
