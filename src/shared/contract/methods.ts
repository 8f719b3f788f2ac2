import { z } from 'zod';
import { REVIEW_METHODS } from './review';
import {
  distributionsSchema,
  embeddingsSchema,
  genreMatrixSchema,
  matrixCellSchema,
  reliabilitySchema,
  wideDistributionSchema,
} from './insight';
import { audioPeaksSchema, audioPrepareSchema, audioSpectrogramSchema } from './audio';
import { DESCRIBING_METHODS } from './describing';
import { EVALUATION_METHODS } from './evaluation';
import { FINDING_METHODS } from './finding';
import { groupHeadSchema } from './grouping';
import { acceptRuleSchema, HANDS_FREE_METHODS } from './hands-free';
import { COMPARISON_METHODS } from './model-comparison';
import { pathText } from './paths';
import { PLAYLIST_EXPORT_METHODS } from './playlist-export';
import { PLAYLIST_METHODS } from './playlists';
import { genreProblemSchema, genresSchema, genreTextSchema, unknownGenresSchema } from './genre-schemas';
import {
  decisionSchema,
  doctorReportSchema,
  jobFailureSchema,
  jobStatusSchema,
  listeningSettingsSchema,
  modelDiffSchema,
  modelShelfSchema,
  packReportSchema,
  plannedFileSchema,
  quickFilterSchema,
  rootSchema,
  runFileSchema,
  someListeningSettingsSchema,
  someWritingSettingsSchema,
  tagChangeSchema,
  trackDetailSchema,
  trackQuerySchema,
  trackRowSchema,
  writeRunSchema,
  writingSettingsSchema,
} from './schemas';

const nothing = z.object({});
const trackIds = z.array(z.number().int()).max(200_000).readonly();
const jobStarted = z.object({ jobId: z.string() });
const namedPathSchema = z.object({ name: z.string(), path: z.string() });

/**
 * The whole contract between a window (or the command line) and the backend: name -> what goes in, what comes out.
 * Both sides check both: the server its input, the client its output.
 */
export const METHODS = {
  /** The library at a glance: the numbers beside the quick filters. */
  'library.summary': {
    input: z.object({ rootId: z.number().int().nullable().default(null) }),
    output: z.object({
      path: z.string(),
      tracks: z.number().int(),
      quick: z.record(quickFilterSchema, z.number().int()),
    }),
  },
  'roots.list': { input: nothing, output: z.array(rootSchema) },
  /** Fails with `not-found`, `permission-denied` or `invalid-input` (a file, or inside a folder that is there already). */
  'roots.add': { input: z.object({ path: pathText() }), output: rootSchema },
  /** Forgets the folder and its tracks; files are never touched. */
  'roots.remove': { input: z.object({ id: z.number().int() }), output: nothing },
  /**
   * Sub-folders of a folder, for choosing one where no native dialog is at hand. Without a path: the home folder; where only some folders
   * may be reached, these, under the path '' (which is no folder) if they are several. Tables (`isTableName`) in it where they are asked for.
   */
  'folders.list': {
    input: z.object({ path: pathText().optional(), tables: z.boolean().default(false) }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(namedPathSchema),
      tables: z.array(namedPathSchema),
    }),
  },

  'tracks.query': {
    input: trackQuerySchema,
    output: z.object({ total: z.number().int(), rows: z.array(trackRowSchema) }),
  },
  /** Ids of all tracks that a query finds, in its order (for select all). */
  'tracks.ids': { input: trackQuerySchema.omit({ offset: true, limit: true }), output: z.array(z.number().int()) },
  /** How many tracks each group of a grouped query has, in its order; none where it isn't grouped. */
  'tracks.groups': {
    input: trackQuerySchema.omit({ offset: true, limit: true }),
    output: z.array(z.number().int()),
  },
  /** What stands over some of these groups. */
  'tracks.groupHeads': {
    input: trackQuerySchema.omit({ offset: true, limit: true }).extend({
      from: z.number().int().min(0),
      limit: z.number().int().min(1).max(100),
    }),
    output: z.array(groupHeadSchema),
  },
  /** Ids of the library's tracks at or under each path, in path order. */
  'tracks.byPath': { input: z.object({ paths: z.array(pathText()).max(200_000) }), output: z.array(z.number().int()) },
  'tracks.detail': { input: z.object({ id: z.number().int() }), output: trackDetailSchema },

  /**
   * Opens a track to be heard, decoded by us if that is asked for or no window plays its kind, and says where a window gets its audio.
   * Fails with `not-found`, `not-available` (its drive is away), `link-refused`, `permission-denied`, `unsupported-format`,
   * `decoder-missing`, `decode-failed` and the like.
   */
  'playback.prepare': audioPrepareSchema,
  /** How loud a track is along its length. The whole of it is decoded; a later request of the same window ends that with `cancelled`. */
  'playback.peaks': audioPeaksSchema,
  /** What sounds along a track's length, low to high, as the analysis hears it (log-mel). Decodes and is ended as `playback.peaks`. */
  'playback.spectrogram': audioSpectrogramSchema,

  /** Walks the folders and reads tags, then (unless `analyze` is false) analyses what is new or changed. Fails with `busy`. */
  'jobs.scan': {
    input: z.object({
      rootIds: z.array(z.number().int()).optional(),
      /** Instead of whole roots: folders (which become roots if they lie in none) and single files (kept without a root). */
      paths: z.array(pathText()).optional(),
      analyze: z.boolean().default(true),
      plan: z.string().default('all'),
      /** Hears everything in a few windows, and leaves the rest to `jobs.refine`. Without it: as the listening settings say. */
      quickFirst: z.boolean().optional(),
    }),
    output: jobStarted,
  },
  /** Analyses tracks already in the library: those named, or all that have no result yet. Fails with `busy`. */
  'jobs.analyze': {
    input: z.object({
      trackIds: trackIds.optional(),
      /** Or: the library's tracks at or under these paths. */
      paths: z.array(pathText()).optional(),
      plan: z.string().default('all'),
      force: z.boolean().default(false),
      /** As in `jobs.scan`, but never without being asked for. */
      quickFirst: z.boolean().default(false),
    }),
    output: jobStarted,
  },
  /**
   * Hears in full what was heard quickly: the tracks in sight first, then those in doubt, then the rest. In the windows' hosts it
   * begins by itself after a quick pass, makes way for other jobs, and goes on after them and after a restart until it is done
   * or cancelled. Gives the job at work if there is one. Fails with `busy`.
   */
  'jobs.refine': {
    input: z.object({
      /** Instead of the whole library: these tracks. */
      trackIds: trackIds.optional(),
    }),
    output: jobStarted,
  },
  /** What a window shows now: `jobs.refine` takes it first, the track that is open before the others. */
  'tracks.inSight': {
    input: z.object({ trackIds: z.array(z.number().int()).max(500), openId: z.number().int().nullable() }),
    output: nothing,
  },
  /** Stops within a second; what is finished is kept. */
  'jobs.cancel': { input: z.object({ jobId: z.string() }), output: nothing },
  /** Halts a job of kind `write`, `undo` or `refine` after the files at hand, until it is resumed or cancelled. Others fail with `not-available`. */
  'jobs.pause': { input: z.object({ jobId: z.string() }), output: nothing },
  'jobs.resume': { input: z.object({ jobId: z.string() }), output: nothing },
  /** Running and recently finished jobs, newest first. */
  'jobs.list': { input: nothing, output: z.array(jobStatusSchema) },
  /** Files that failed, newest first: scanning, analysing and writing. */
  'failures.list': {
    input: z.object({ limit: z.number().int().min(1).max(5000).default(500) }),
    output: z.array(jobFailureSchema),
  },

  /**
   * `accept` takes the verdict (top genre, top mood where not abstained), `change` the given values, `skip` decides that
   * nothing is to be written, `not-music` the same, and that the track counts as no music, `clear` takes the decision back.
   * With a `rule`, `accept` takes the genres and moods whose confidence reaches it, and the decision counts as the rule's own.
   */
  'decisions.set': {
    input: z.object({
      trackIds,
      action: z.enum(['accept', 'change', 'skip', 'not-music', 'clear']),
      genres: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
      moods: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
      /** Of a change: each track gets the moods that accepting it would give, instead of `moods`. */
      heardMoods: z.boolean().optional(),
      rule: acceptRuleSchema.optional(),
    }),
    output: z.array(z.object({ trackId: z.number().int(), decision: decisionSchema.nullable() })),
  },

  ...FINDING_METHODS,
  ...PLAYLIST_METHODS,
  ...PLAYLIST_EXPORT_METHODS,
  ...REVIEW_METHODS,
  ...HANDS_FREE_METHODS,
  ...COMPARISON_METHODS,
  ...EVALUATION_METHODS,
  ...DESCRIBING_METHODS,

  /** How tags are written from now on. */
  'settings.writing': { input: nothing, output: writingSettingsSchema },
  /** Changes the settings named and gives all of them. A plan that was made before keeps those it was made with. */
  'settings.setWriting': { input: someWritingSettingsSchema, output: writingSettingsSchema },
  /** How listening uses the machine. */
  'settings.listening': { input: nothing, output: listeningSettingsSchema },
  /** Changes the settings named and gives all of them. What a running job can follow holds at once, the rest from the next. */
  'settings.setListening': { input: someListeningSettingsSchema, output: listeningSettingsSchema },

  /** The genres that the collector knows: the built-in ones with one's own changes. */
  'genres.get': { input: nothing, output: genresSchema },
  /** What is wrong with a text of changes; an empty list if nothing is. */
  'genres.check': { input: genreTextSchema, output: z.array(genreProblemSchema) },
  /** Takes another text of changes; own tags are compared, and verdicts accepted, in its light from then on. Fails with `invalid-input`, naming the line. */
  'genres.set': { input: genreTextSchema, output: genresSchema },
  /** What the chosen model says, and what files say, that is no genre here: worth a line of one's own. */
  'genres.unknown': { input: nothing, output: unknownGenresSchema },

  /**
   * A window tells whether it is in front of the others, by a name of its own choosing: listening may step back then. It says so
   * again at least once a minute.
   */
  'window.inFront': { input: z.object({ window: z.string().min(1).max(100), inFront: z.boolean() }), output: nothing },

  /**
   * Plans the writing of decisions: of the tracks named, or of all decided ones but those to be looked at again. Touches no
   * file.
   */
  'write.plan': {
    input: z.object({
      trackIds: trackIds.optional(),
      mode: z.enum(['replace', 'add', 'fill']).default('replace'),
      /** Instead of the settings in the library, for this plan. */
      writing: someWritingSettingsSchema.optional(),
      /** Plans as though the verdicts of the tracks named were accepted, for looking at; no decision is made of it. */
      ifAccepted: z.boolean().default(false),
      /** With `ifAccepted`: as `decisions.set` has it. */
      rule: acceptRuleSchema.optional(),
    }),
    output: z.object({
      planId: z.string(),
      files: z.array(plannedFileSchema),
      /** Paths of those whose decision was accepted on a quick result. */
      quick: z.array(z.string()),
    }),
  },
  /** Plans an explicit change of files by path. */
  'write.planFiles': {
    input: z.object({
      paths: z.array(pathText()).max(200_000),
      change: tagChangeSchema,
      writing: someWritingSettingsSchema.optional(),
    }),
    output: z.object({ planId: z.string(), files: z.array(plannedFileSchema) }),
  },
  /**
   * Plans the cleaning of the genres that files have by the collector's rules (see `cleanGenres`): of files and those in folders, or of
   * the library's tracks as they were last read. Only files that are to change, or can't, are in the plan.
   */
  'write.planCleaning': {
    input: z.object({
      paths: z.array(pathText()).max(200_000).optional(),
      /** Splits texts at separators also where the parts are no genres here. */
      splitAll: z.boolean().default(false),
      writing: someWritingSettingsSchema.optional(),
    }),
    output: z.object({
      planId: z.string(),
      files: z.array(plannedFileSchema),
      /** Files that were looked at and need nothing. */
      clean: z.number().int(),
    }),
  },
  /** Writes a plan (or the part of it named by `paths`); a job of kind `write`. The last few plans are kept, until the backend ends. */
  'write.apply': {
    input: z.object({ planId: z.string(), paths: z.array(pathText()).optional() }),
    output: jobStarted.extend({ runId: z.number().int() }),
  },
  /** What a run did, file by file; complete once its job has ended. */
  'write.results': { input: z.object({ runId: z.number().int() }), output: z.array(runFileSchema) },
  /** All runs, newest first; an undo is a run as well. */
  'write.history': { input: nothing, output: z.array(writeRunSchema) },
  /** How many files are not as they were before Genregram wrote them first, as far as it knows. */
  'write.undoable': { input: nothing, output: z.object({ files: z.number().int() }) },
  /**
   * Puts files back as they were: byte for byte where nothing else has changed them since, else field by field. A job of kind
   * `undo` and a run of its own, which can be undone in turn. What is taken back:
   *
   * - a run, or of it the files under `paths`;
   * - without a run the last write of each file under `paths`, without these too the last run of writes;
   * - with `all` everything ever written into the files, which are then as before the first write.
   *
   * Fails with `undo-unavailable` if there is nothing to take back, `not-found` or `busy`.
   */
  'write.undo': {
    input: z.object({
      runId: z.number().int().optional(),
      /** Files, or folders of files. */
      paths: z.array(pathText()).max(200_000).optional(),
      all: z.boolean().default(false),
    }),
    output: jobStarted.extend({ runId: z.number().int() }),
  },

  /** Models found, what is wrong with the others, and which is chosen. */
  'models.list': { input: nothing, output: modelShelfSchema },
  /** From now on this model listens, also after a restart. Fails with `busy`, or with what is wrong with the model. */
  'models.choose': { input: z.object({ id: z.string().min(1) }), output: modelShelfSchema },
  /** Looks at a pack in a folder: manifest, hash, and a trial run. Fails with what is wrong, naming the field. */
  'models.check': { input: z.object({ path: pathText() }), output: packReportSchema },
  /** As `models.check`, then copies the pack into the user's model folder, where it may replace an older version. */
  'models.add': { input: z.object({ path: pathText() }), output: packReportSchema },
  /** Deletes a pack of the user's model folder, by id or by its folder's name; never a bundled one, nor the chosen one. */
  'models.remove': { input: z.object({ id: z.string().min(1) }), output: z.object({ dir: z.string() }) },
  /** What the chosen model says otherwise than the former one, in path order. */
  'models.diff': {
    input: z.object({ limit: z.number().int().min(1).max(100_000).default(1000) }),
    output: modelDiffSchema,
  },

  /** Own genres against what was heard. */
  'insight.matrix': { input: nothing, output: genreMatrixSchema },
  /** Ids of the tracks in a cell of the matrix, a row or a column, in path order. */
  'insight.matrixTracks': { input: matrixCellSchema, output: z.array(z.number().int()) },
  /** What was heard in the library as a whole. */
  'insight.distributions': { input: nothing, output: distributionsSchema },
  'insight.wide': { input: nothing, output: wideDistributionSchema },
  /** How far the user's own decisions bear the verdicts out. */
  'insight.reliability': { input: nothing, output: reliabilitySchema },
  /** Embeddings of the results shown, for a map of the library, a part at a time. */
  'insight.embeddings': {
    input: z.object({ after: z.number().int().default(0), limit: z.number().int().min(1).max(5000).default(2000) }),
    output: embeddingsSchema,
  },

  /** With `tryAgain` all verdicts on providers are forgotten first, so that each is tried; the next job takes the best of them. */
  'doctor.report': { input: z.object({ tryAgain: z.boolean().default(false) }), output: doctorReportSchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type MethodName = keyof typeof METHODS;
export type MethodInput<M extends MethodName> = z.input<(typeof METHODS)[M]['input']>;
export type ParsedInput<M extends MethodName> = z.output<(typeof METHODS)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof METHODS)[M]['output']>;

/** What a backend is: a handler for each method. Handlers get checked input and throw `CodedError` for expected failures. */
export type Handlers = { [M in MethodName]: (input: ParsedInput<M>) => Promise<MethodOutput<M>> | MethodOutput<M> };
