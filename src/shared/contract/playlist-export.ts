import { z } from 'zod';
import { DEFAULT_PATH_OPTIONS, EXPORT_TARGETS, LIST_TARGETS } from '../domain/playlists/targets';
import { pathText } from './paths';
import { failureSchema } from './schemas';

export const exportTargetSchema = z.enum(EXPORT_TARGETS);

const prefix = z.string().min(1).max(4096);

/** `PathOptions` of the domain, each with its usual value. */
export const pathOptionsSchema = z.object({
  paths: z.enum(['relative', 'absolute']).default(DEFAULT_PATH_OPTIONS.paths),
  base: prefix.nullable().default(null),
  separators: z.enum(['forward', 'native']).default(DEFAULT_PATH_OPTIONS.separators),
  map: z
    .array(z.object({ from: prefix, to: prefix }))
    .max(100)
    .readonly()
    .default([]),
  unicode: z.enum(['as-is', 'NFC', 'NFD']).default(DEFAULT_PATH_OPTIONS.unicode),
  lineEnds: z.enum(['lf', 'crlf']).default(DEFAULT_PATH_OPTIONS.lineEnds),
  bom: z.boolean().default(false),
});

/** What can be chosen as a target, and what that is good for. */
export const exportTargetInfoSchema = z.object({
  id: exportTargetSchema,
  /** As its makers write it: `Navidrome smart playlist`. */
  name: z.string(),
  /** `rule`: the player keeps the playlist up to date itself. `list`: the tracks as they are when it is written. */
  kind: z.enum(['list', 'rule']),
  /** With the dot. */
  extension: z.string(),
  /** Where the player looks for such files, in a sentence or two. */
  where: z.string(),
  /** What its rules can never say, in words, whatever the playlist; empty where it knows no rules. */
  cannot: z.array(z.string()),
  /** The list that stands in for a rule that can't be said; null of list targets. */
  fallback: z.enum(LIST_TARGETS).nullable(),
  /** Which path options matter to what it writes. */
  options: z.array(z.enum(['paths', 'base', 'separators', 'map', 'unicode', 'lineEnds', 'bom'])),
});
export type ExportTargetInfo = z.infer<typeof exportTargetInfoSchema>;

const leftOutSchema = z.object({ path: z.string(), why: z.string() });

/** What would be written of one playlist. */
export const exportPlanSchema = z.object({
  playlistId: z.number().int(),
  name: z.string(),
  /** The file's own name: the playlist's, without what some file system can't hold. */
  fileName: z.string(),
  /** `list` also of a rule target that can't say the rule. */
  writes: z.enum(['list', 'rule']),
  /** What the target can't say of this playlist, in words; a rule target writes a list then. */
  cannot: z.array(z.string()),
  /** The rule in the query language of beets or MPD, to be copied; null where there is none, or where it can't say the rule. */
  expression: z.string().nullable(),
  /** What holds otherwise in the player than here, though the rule can be said. */
  notes: z.array(z.string()),
  /** How many tracks the list would hold; the rule finds as many here. */
  tracks: z.number().int(),
  /** Tracks that the format can't hold, the first hundred of them. */
  leftOut: z.array(leftOutSchema),
  leftOutCount: z.number().int(),
  /** The beginning of the file. */
  preview: z.string(),
});
export type ExportPlan = z.infer<typeof exportPlanSchema>;

/** What became of one playlist's file. */
export const exportedFileSchema = z.object({
  playlistId: z.number().int(),
  name: z.string(),
  /** The whole path; null where there is none, since it failed before that. */
  path: z.string().nullable(),
  outcome: z.enum(['written', 'unchanged', 'removed', 'failed']),
  writes: z.enum(['list', 'rule']),
  tracks: z.number().int(),
  leftOutCount: z.number().int(),
  failure: failureSchema.nullable(),
});
export type ExportedFile = z.infer<typeof exportedFileSchema>;

/** `all`: every playlist, also such as are made later. */
const whichSchema = z.union([z.literal('all'), z.array(z.number().int()).max(10_000).readonly()]);

const destinationSchema = z.object({
  playlists: whichSchema,
  target: exportTargetSchema,
  /** The folder that the files are put in; it must be there. */
  folder: pathText(),
});
const whatSchema = destinationSchema.extend({
  options: pathOptionsSchema.default({ ...DEFAULT_PATH_OPTIONS, map: [] }),
});

/** A folder whose playlist files are kept up to date. */
export const playlistFolderSchema = z.object({
  id: z.number().int(),
  folder: z.string(),
  target: exportTargetSchema,
  options: pathOptionsSchema,
  playlists: whichSchema,
  /** Milliseconds since 1970; null before the first time. */
  syncedAt: z.number().nullable(),
  /** What became of each file the last time, in this run of the backend; a failure stays until it is mended. */
  files: z.array(exportedFileSchema),
});
export type PlaylistFolder = z.infer<typeof playlistFolderSchema>;

const nothing = z.object({});

/**
 * Playlists as files of other programs. Files are written whole or not at all, only where they differ, and never over a file that Genregram
 * did not write or that was changed since, unless `replace` says so.
 */
export const PLAYLIST_EXPORT_METHODS = {
  'playlistTargets.list': { input: nothing, output: z.array(exportTargetInfoSchema) },
  /** Looks at what an export would write; touches nothing. Fails with `not-found` (a playlist). */
  'playlists.exportPlan': { input: whatSchema, output: z.array(exportPlanSchema) },
  /** Writes files, once. Each has an outcome of its own; fails as a whole with `not-found` (the folder, a playlist) or `invalid-input`. */
  'playlists.export': {
    input: whatSchema.extend({ replace: z.boolean().default(false) }),
    output: z.array(exportedFileSchema),
  },

  'playlistFolders.list': { input: nothing, output: z.array(playlistFolderSchema) },
  /** Writes its files at once. Fails with `not-found`, or `invalid-input` where another synced folder has this folder and target. */
  'playlistFolders.add': { input: whatSchema, output: playlistFolderSchema },
  /** Fails as `playlistFolders.add`; files that no longer belong to it are removed where they are as they were written. */
  'playlistFolders.change': {
    input: destinationSchema.partial().extend({ id: z.number().int(), options: pathOptionsSchema.optional() }),
    output: playlistFolderSchema,
  },
  /** Ends the keeping up to date. Files stay, or with `files` those go that are as they were written. */
  'playlistFolders.remove': {
    input: z.object({ id: z.number().int(), files: z.boolean().default(false) }),
    output: nothing,
  },
  /** Brings one folder, or all of them, up to date now; `replace` also where another program has written. */
  'playlistFolders.sync': {
    input: z.object({ id: z.number().int().optional(), replace: z.boolean().default(false) }),
    output: z.array(playlistFolderSchema),
  },
} as const;
