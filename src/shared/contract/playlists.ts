import { z } from 'zod';
import {
  DATE_FIELDS,
  LABEL_FIELDS,
  LABEL_OPERATORS,
  NUMBER_FIELDS,
  ORDER_FIELDS,
  TEXT_FIELDS,
  TEXT_OPERATORS,
  type Rule,
} from '../domain/playlists/playlist';

const text = z.string().max(500);
const label = z.string().trim().min(1).max(200);
const number = z.number().finite();
const day = z.iso.date();
const presence = z.enum(['missing', 'present']);

const numberTests = [
  z.strictObject({ op: z.enum(['is', 'isNot', 'over', 'under', 'atLeast', 'atMost']), value: number }),
  z.strictObject({ op: z.literal('between'), from: number, to: number }),
] as const;

const textField = { field: z.enum(TEXT_FIELDS), tag: label.optional() };
const labelField = { field: z.enum(LABEL_FIELDS) };
const numberField = { field: z.enum(NUMBER_FIELDS) };
const shareField = { field: z.enum(['genreShare', 'moodShare']), of: label };
const dateField = { field: z.enum(DATE_FIELDS) };

export const conditionSchema = z.union([
  z.strictObject({ ...textField, op: presence }),
  z.strictObject({ ...textField, op: z.enum(TEXT_OPERATORS), value: text }),
  z.strictObject({ ...labelField, op: presence }),
  z.strictObject({ ...labelField, op: z.enum(LABEL_OPERATORS), value: label }),
  z.strictObject({ ...shareField, ...numberTests[0].shape }),
  z.strictObject({ ...shareField, ...numberTests[1].shape }),
  z.strictObject({ ...numberField, op: presence }),
  z.strictObject({ ...numberField, ...numberTests[0].shape }),
  z.strictObject({ ...numberField, ...numberTests[1].shape }),
  z.strictObject({ ...dateField, op: presence }),
  z.strictObject({ ...dateField, op: z.enum(['before', 'after', 'on']), value: day }),
  z.strictObject({ ...dateField, op: z.literal('between'), from: day, to: day }),
  z.strictObject({ ...dateField, op: z.enum(['inLast', 'inLastNot']), days: number.min(0).max(100_000) }),
  z.strictObject({ field: z.literal('similarity'), op: z.literal('atLeast'), to: z.string().min(1), value: number }),
]);

export const ruleSchema: z.ZodType<Rule> = z.lazy(() => {
  const rules = z.array(ruleSchema).max(200).readonly();
  return z.union([
    z.strictObject({ all: rules }),
    z.strictObject({ any: rules }),
    z.strictObject({ none: rules }),
    conditionSchema,
  ]);
});

const descending = z.boolean().optional();

export const orderSchema = z.union([
  z.strictObject({ by: z.enum(ORDER_FIELDS), descending }),
  z.strictObject({ by: z.enum(['genreShare', 'moodShare']), of: label, descending }),
  z.strictObject({ by: z.literal('random'), seed: z.number().int().min(0).max(0xffff_ffff) }),
  z.strictObject({ by: z.literal('similarity'), to: z.string().min(1) }),
  z.strictObject({ by: z.literal('arc'), descending }),
]);

export const limitSchema = z.union([
  z.strictObject({ tracks: z.number().int().min(1).max(1_000_000) }),
  z.strictObject({ hours: number.positive().max(100_000) }),
  z.strictObject({ megabytes: number.positive().max(1e9) }),
]);

export const smartPlaylistSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().trim().min(1).max(200),
  comment: z.string().max(2000).optional(),
  rule: ruleSchema,
  order: orderSchema,
  limit: limitSchema.nullable(),
});

export const keptPlaylistSchema = z.object({
  id: z.number().int(),
  playlist: smartPlaylistSchema,
  /** Playlists are listed from the lowest to the highest. */
  position: z.number().int(),
});
export type KeptPlaylist = z.infer<typeof keptPlaylistSchema>;

/** What a playlist finds now. */
export const playlistFindingSchema = z.object({
  tracks: z.number().int(),
  durationSec: z.number(),
  sizeBytes: z.number(),
  /** How many tracks the rule holds of, before the limit. */
  matching: z.number().int(),
});
export type PlaylistFinding = z.infer<typeof playlistFindingSchema>;

const nothing = z.object({});

/** Smart playlists. The tracks that one finds are asked for by `playlists.tracks`, and shown by `tracks.query` with those ids. */
export const PLAYLIST_METHODS = {
  'playlists.list': { input: nothing, output: z.array(keptPlaylistSchema) },
  /** Ready-made ones to start from, by what the library has: each genre, each mood, "untagged but sure", … */
  'playlists.readyMade': { input: nothing, output: z.array(smartPlaylistSchema) },
  /** Keeps a new one, as the last. Fails with `invalid-input` where the name is taken, or the rule can't be evaluated (a bad regular expression). */
  'playlists.add': { input: z.object({ playlist: smartPlaylistSchema }), output: keptPlaylistSchema },
  /** Fails with `not-found`, or as `playlists.add`. */
  'playlists.change': {
    input: z.object({ id: z.number().int(), playlist: smartPlaylistSchema, position: z.number().int().optional() }),
    output: keptPlaylistSchema,
  },
  /** Forgets a playlist; files that were exported of it stay. */
  'playlists.remove': { input: z.object({ id: z.number().int() }), output: nothing },
  /** Count and length of what a playlist finds, kept or not. Fails with `invalid-input` as `playlists.add`. */
  'playlists.preview': { input: z.object({ playlist: smartPlaylistSchema }), output: playlistFindingSchema },
  /** Ids of the tracks that a playlist finds, in its order. */
  'playlists.tracks': { input: z.object({ playlist: smartPlaylistSchema }), output: z.array(z.number().int()) },
} as const;
