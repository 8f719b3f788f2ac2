import { z } from 'zod';
import { FAILURE_CODES } from '../domain/failure';
import { GENRE_ORDERS, GENRE_PARENTS } from '../domain/genres/to-write';
import { BY_RULE } from '../domain/hands-free/standing';
import { SHARES, type ListeningSettings } from '../domain/listening';
import { acceptsSchema } from './accepts';
import { ensembleInfoSchema } from './ensemble-manifest';
import { inputInfoSchema } from './model-input';
import { groupBySchema } from './grouping';
import { programText } from './paths';
import { ABSTAIN_REASONS } from '../domain/analysis';
import { JOINS, LINK_HANDLING, type WritingSettings } from '../domain/writing';

/** Schemas of the values that cross the wire. Types are inferred from them, so what is checked is what is typed. */

export const failureSchema = z.object({ code: z.enum(FAILURE_CODES), message: z.string() });

export const histogramBarSchema = z.object({ label: z.string(), share: z.number(), votes: z.number().int() });
export const verdictSchema = z.object({
  top: z.string(),
  confidence: z.number(),
  abstained: z.boolean(),
  abstainReason: z.enum(ABSTAIN_REASONS).nullable(),
  rather: z.string().optional(),
  derived: z.boolean().optional(),
  histogram: z.array(histogramBarSchema).readonly(),
});
export const wideGenreSchema = z.object({
  label: z.string(),
  score: z.number(),
  threshold: z.number(),
  votes: z.number().int(),
});
export const affectSchema = z.object({
  valence: z.number(),
  arousal: z.number(),
  valenceSpread: z.number(),
  arousalSpread: z.number(),
});

/**
 * A track's place on the way: `new` (not analysed), `analysed` (verdict, no decision), `decided` (confirmed or changed,
 * not in the file yet), `written`, `skipped` (the user wants no change), `failed` (analysis failed).
 */
export const TRACK_STATES = ['new', 'analysed', 'decided', 'written', 'skipped', 'failed'] as const;
export const trackStateSchema = z.enum(TRACK_STATES);
export type TrackState = z.infer<typeof trackStateSchema>;

export const decisionSchema = z.object({
  action: z.enum(['accept', 'change', 'skip']),
  genres: z.array(z.string()).readonly(),
  moods: z.array(z.string()).readonly(),
  decidedAt: z.number(),
  /** True where a track was skipped since it is no music: it then counts as such, whatever was heard. */
  notMusic: z.boolean().optional(),
  /** Of an `accept` that no hand made but a rule: it says nothing of how good the verdicts are. */
  byRule: z.enum(BY_RULE).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const trackRowSchema = z.object({
  id: z.number().int(),
  path: z.string(),
  fileName: z.string(),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  album: z.string().nullable(),
  durationSec: z.number().nullable(),
  year: z.number().nullable(),
  ownGenres: z.array(z.string()).readonly(),
  ownMoods: z.array(z.string()).readonly(),
  state: trackStateSchema,
  /** Null, as the mood, where nothing was heard or the model has no such output; what was heard has one of the two at least. */
  genre: verdictSchema.nullable(),
  mood: verdictSchema.nullable(),
  /** Music, speech or other; null where the model has no such output or the result is older than it. The same of `affect` and `wide`. */
  content: verdictSchema.nullable(),
  affect: affectSchema.nullable(),
  /** When what was heard was heard, milliseconds since the epoch; null where nothing was. */
  analysedAt: z.number().nullable(),
  /** True where what was heard is a result of another model or version than the one chosen: shown as such, and to be renewed. */
  stale: z.boolean(),
  /** True where what was heard is a quick result: a few windows, and the whole track is to be heard later. */
  quick: z.boolean(),
  /** True where a quick result was accepted and the full one says otherwise: the decision stands until it is looked at again. */
  lookAgain: z.boolean(),
  /** True if the file has a genre of its own and none of them folds to the verdict. */
  disagrees: z.boolean(),
  /** What accepting would write. */
  accepts: acceptsSchema,
  decision: decisionSchema.nullable(),
  failure: failureSchema.nullable(),
});
export type TrackRow = z.infer<typeof trackRowSchema>;

const windowProbabilitiesSchema = z.object({
  labels: z.array(z.string()).readonly(),
  /** Row-major [windows, labels], 0..255 for probability 0..1. */
  data: z.array(z.number().int()).readonly(),
});

/** Where the full analysis of a quickly heard track stands. `stopped`: the next scan takes it up again. */
export const FULL_ANALYSIS = ['waiting', 'running', 'stopped', 'failed'] as const;
export const fullAnalysisSchema = z.enum(FULL_ANALYSIS);
export type FullAnalysis = z.infer<typeof fullAnalysisSchema>;

export const trackDetailSchema = trackRowSchema.extend({
  /** Null unless `quick`. */
  fullAnalysis: fullAnalysisSchema.nullable(),
  albumArtist: z.string().nullable(),
  container: z.string().nullable(),
  codec: z.string().nullable(),
  /** Sorted by score over threshold, largest first. */
  wide: z.array(wideGenreSchema).readonly().nullable(),
  analysis: z
    .object({
      model: z.string(),
      frontEnd: z.string(),
      plan: z.string(),
      decoder: z.string(),
      provider: z.string(),
      analysedAt: z.number(),
      windows: z.number().int(),
      windowSec: z.number(),
      startsSec: z.array(z.number()).readonly(),
      ms: z.object({ decode: z.number(), features: z.number(), inference: z.number(), total: z.number() }),
      warnings: z.array(z.string()).readonly(),
      perWindow: z.object({ genre: windowProbabilitiesSchema.nullable(), mood: windowProbabilitiesSchema.nullable() }),
    })
    .nullable(),
});
export type TrackDetail = z.infer<typeof trackDetailSchema>;

/**
 * `unsure` holds what the model can't tell, `not-music` what it says is speech or other sound; no track is in both. `quick` is
 * what was heard in a few windows so far, `look-again` what was accepted of it and is not borne out by the full result.
 */
export const QUICK_FILTERS = [
  'all',
  'no-genre',
  'disagrees',
  'unsure',
  'not-music',
  'unreviewed',
  'decided',
  'failed',
  'stale',
  'quick',
  'look-again',
] as const;
export const quickFilterSchema = z.enum(QUICK_FILTERS);
export type QuickFilter = z.infer<typeof quickFilterSchema>;

export const SORT_COLUMNS = [
  'title',
  'artist',
  'album',
  'ownGenre',
  'genre',
  'confidence',
  'state',
  'duration',
  'path',
  'year',
  'mood',
  'analysedAt',
] as const;
export const sortSchema = z.object({ column: z.enum(SORT_COLUMNS), descending: z.boolean() });
export const trackQuerySchema = z.object({
  /** As `parseSearch` reads it; what it can't read counts for nothing. */
  text: z.string().max(500).default(''),
  quick: quickFilterSchema.default('all'),
  /** Only tracks under this folder of the library. */
  rootId: z.number().int().nullable().default(null),
  /** Only these tracks, for a list that was put together elsewhere. */
  ids: z.array(z.number().int()).max(200_000).readonly().optional(),
  sort: sortSchema.default({ column: 'path', descending: false }),
  /** Tracks of one group stand together, the groups in the order of their names; within each the sort holds. */
  groupBy: groupBySchema.nullable().default(null),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
});
export type TrackQuery = z.input<typeof trackQuerySchema>;

export const rootSchema = z.object({
  id: z.number().int(),
  path: z.string(),
  tracks: z.number().int(),
  addedAt: z.number(),
  /** False while the folder can't be found (an unplugged drive); its tracks are kept. */
  available: z.boolean(),
});
export type LibraryRoot = z.infer<typeof rootSchema>;

export const scanCountsSchema = z.object({
  found: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  moved: z.number().int(),
  removed: z.number().int(),
  failed: z.number().int(),
});
export type ScanCounts = z.infer<typeof scanCountsSchema>;
export const NOTHING_SCANNED: Readonly<ScanCounts> = {
  found: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  moved: 0,
  removed: 0,
  failed: 0,
};

export const jobFailureSchema = failureSchema.extend({ path: z.string() });
export type JobFailure = z.infer<typeof jobFailureSchema>;

export const jobStatusSchema = z.object({
  id: z.string(),
  /** `refine` works in the background: it makes way for any other job. */
  kind: z.enum(['scan', 'analyze', 'refine', 'write', 'undo', 'evaluate', 'compare']),
  state: z.enum(['running', 'paused', 'cancelling', 'done', 'cancelled', 'failed']),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  done: z.number().int(),
  /** Null while it is not known yet (walking folders). */
  total: z.number().int().nullable(),
  failed: z.number().int(),
  /** Over the last few seconds of work. */
  tracksPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Which of the two passes of a run that hears all tracks quickly first is under way; null in other jobs and before. */
  pass: z.enum(['quick', 'full']).nullable(),
  /** The file at hand, for the status line. */
  current: z.string().nullable(),
  /** Why it waits of itself and goes on by itself, null if it doesn't: "The machine runs on its battery". */
  held: z.string().nullable(),
  /** One line on what does the work, e.g. the provider and decoder in use. */
  detail: z.string().nullable(),
  scan: scanCountsSchema.nullable(),
  /** Why the whole job failed, if it did; single files are in `failures.list`. */
  failure: failureSchema.nullable(),
});
export type JobStatus = z.infer<typeof jobStatusSchema>;

const tagModeSchema = z.enum(['replace', 'add', 'fill']);
const fieldDiffSchema = z.object({
  field: z.string(),
  names: z.array(z.string()).readonly(),
  before: z.array(z.string()).readonly(),
  after: z.array(z.string()).readonly(),
});
const refusedSchema = failureSchema.extend({ path: z.string(), status: z.literal('refused') });

const labelsSchema = (most: number) => z.array(z.string().min(1).max(200)).max(most).readonly().optional();

export const tagChangeSchema = z.object({
  genres: labelsSchema(50),
  moods: labelsSchema(50),
  grouping: z.array(z.string()).max(50).readonly().optional(),
  comment: z.array(z.string()).max(50).readonly().optional(),
  custom: z.record(z.string(), z.array(z.string()).readonly()).optional(),
  mode: tagModeSchema.default('replace'),
  keep: labelsSchema(1000),
  drop: labelsSchema(1000),
});

const labelListSchema = z.array(z.string().trim().min(1).max(200)).max(1000).readonly();

/** Each setting by itself, so that one that is wrong is named. */
export const writingFields = {
  neverTouchFiles: z.boolean(),
  joinV23: z.enum(JOINS),
  keepMtime: z.boolean(),
  links: z.enum(LINK_HANDLING),
  inPlaceAboveMiB: z.number().int().min(0).max(1_000_000).nullable(),
  histogramField: z.boolean(),
  confidenceField: z.boolean(),
  writeMood: z.boolean(),
  keepGenres: labelListSchema,
  dropGenres: labelListSchema,
  mostGenres: z.number().int().min(1).max(10),
  leastShare: z.number().min(0).max(1),
  wideGenres: z.boolean(),
  genreParents: z.enum(GENRE_PARENTS),
  genreOrder: z.enum(GENRE_ORDERS),
  rollUpFrom: z.number().min(0).max(1).nullable(),
} satisfies Record<keyof WritingSettings, z.ZodType>;
export const writingSettingsSchema = z.strictObject(writingFields);
export const someWritingSettingsSchema = writingSettingsSchema.partial();

/** Minutes; the longest is a week. */
const minutesSchema = z.number().min(0.1).max(10_080);

/** As `writingFields`. */
export const listeningFields = {
  share: z.enum(SHARES),
  pauseOnBattery: z.boolean(),
  yieldToWindow: z.boolean(),
  ffmpegPath: programText().nullable(),
  provider: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  quickFirst: z.boolean(),
  maxFileMinutes: minutesSchema.nullable(),
  timeoutMinutes: minutesSchema,
} satisfies Record<keyof ListeningSettings, z.ZodType>;
export const listeningSettingsSchema = z.strictObject(listeningFields);
export const someListeningSettingsSchema = listeningSettingsSchema.partial();

export const plannedFileSchema = z.union([
  z.object({
    path: z.string(),
    status: z.enum(['ready', 'unchanged']),
    format: z.string(),
    stamp: z.object({ size: z.number(), mtimeNs: z.string(), inode: z.string() }),
    change: tagChangeSchema,
    writing: z.object({
      joinV23: z.enum(JOINS),
      keepMtime: z.boolean(),
      method: z.enum(['new-file', 'in-place', 'own-file']),
      target: z.string().nullable(),
    }),
    diffs: z.array(fieldDiffSchema).readonly(),
    warnings: z.array(z.string()).readonly(),
  }),
  refusedSchema,
]);

const writtenSchema = z.object({
  path: z.string(),
  status: z.literal('written'),
  diffs: z.array(fieldDiffSchema).readonly(),
  receipt: z.object({
    sizeBefore: z.number(),
    sizeAfter: z.number(),
    hashBefore: z.string(),
    hashAfter: z.string(),
    audioHash: z.string(),
    method: z.enum(['in-place', 'own-file']).optional(),
    target: z.string().optional(),
    brokenLink: z.string().optional(),
  }),
});

/** A file of a run as its history shows it: `undone` if it was taken back since; `undo` says how, where the run is an undo. */
export const runFileSchema = z.union([
  writtenSchema.extend({
    undone: z.boolean(),
    undo: z
      .object({
        exact: z.boolean(),
        /** Fields that were left alone, since they no longer held what was written. */
        left: z
          .array(
            z.object({ field: z.string(), wrote: z.array(z.string()).readonly(), now: z.array(z.string()).readonly() }),
          )
          .readonly(),
      })
      .nullable(),
  }),
  z.object({ path: z.string(), status: z.literal('unchanged') }),
  refusedSchema,
]);
export type RunFile = z.infer<typeof runFileSchema>;

export const writeRunSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['write', 'undo']),
  /** The run that an undo takes back; null where it concerns files of any runs. */
  undoes: z.number().int().nullable(),
  startedAt: z.number(),
  files: z.number().int(),
  written: z.number().int(),
  refused: z.number().int(),
  undone: z.number().int(),
  /** Files that the run did not come to before it was cancelled or interrupted. */
  notReached: z.number().int(),
  state: z.enum(['running', 'done', 'cancelled', 'interrupted', 'undone', 'partly-undone']),
  /** What the next start found, where the run was interrupted. */
  note: z.string().nullable(),
});
export type WriteRun = z.infer<typeof writeRunSchema>;

export const modelInfoSchema = z.object({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  sha256: z.string(),
  outputs: z.array(z.object({ name: z.string(), task: z.string(), labels: z.array(z.string()).readonly() })).readonly(),
  /** What it listens to, unless it is an ensemble. */
  input: inputInfoSchema.optional(),
  /** What it is made of, if it is an ensemble. */
  ensemble: ensembleInfoSchema.optional(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

/** A model folder that can't be used: where it is, its id as far as that is known, and the manifest's field at fault if it is one. */
export const modelProblemSchema = failureSchema.extend({
  dir: z.string(),
  id: z.string().nullable(),
  field: z.string().nullable(),
});
export type ModelProblem = z.infer<typeof modelProblemSchema>;

export const modelEntrySchema = modelInfoSchema.extend({
  license: z.string(),
  dir: z.string(),
  chosen: z.boolean(),
  /** True in the user's own model folder; what lies elsewhere (bundled, or named on the command line) stays. */
  removable: z.boolean(),
});
export type ModelEntry = z.infer<typeof modelEntrySchema>;

/** A pack after a look at it: its model, what was taken over from another format (none from our own), and a trial run. */
export const packReportSchema = z.object({
  model: modelInfoSchema.extend({ license: z.string() }),
  dir: z.string(),
  /** One line a field: what the pack's own sidecar says -> what it became. */
  takenOver: z.array(z.string()).readonly(),
  /** Labels of its wide vocabulary that become the genre verdict; null where it has a genre output, or tells no genre at all. */
  derivedGenres: z
    .array(z.object({ genre: z.string(), labels: z.array(z.string()).readonly() }))
    .readonly()
    .nullable(),
  windowSec: z.number(),
  /** On the CPU, a batch at a time. */
  msPerWindow: z.number(),
  /** Id and version of the pack of the user's folder whose place it takes, null if there is none. */
  replaces: z.string().nullable(),
});
export type PackReport = z.infer<typeof packReportSchema>;

export const modelShelfSchema = z.object({
  models: z.array(modelEntrySchema).readonly(),
  problems: z.array(modelProblemSchema).readonly(),
  chosen: z.object({
    /** What is asked for; `problem` says why it can't be used, if it can't. It is never replaced by another one. */
    id: z.string(),
    by: z.enum(['default', 'setting', 'command-line']),
    problem: failureSchema.nullable(),
  }),
  /** The user's own model folder, where packs are added. */
  folder: z.string(),
});
export type ModelShelf = z.infer<typeof modelShelfSchema>;

const changedTopSchema = z.object({
  from: z.object({ top: z.string(), confidence: z.number() }),
  to: z.object({ top: z.string(), confidence: z.number() }),
});

/** What the chosen model says otherwise than the one before it, of tracks that both have heard. */
export const modelDiffSchema = z.object({
  /** `<model id>@<version>`. */
  model: z.string(),
  compared: z.number().int(),
  changed: z.number().int(),
  tracks: z
    .array(
      z.object({
        trackId: z.number().int(),
        path: z.string(),
        /** The model of the last result before the present one. */
        former: z.string(),
        /** Null where the genre is the same, or one of the two models has none; so of the mood. */
        genre: changedTopSchema.nullable(),
        mood: changedTopSchema.nullable(),
      }),
    )
    .readonly(),
});
export type ModelDiff = z.infer<typeof modelDiffSchema>;

export const doctorReportSchema = z.object({
  version: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
  platform: z.string(),
  onnxruntime: z.string(),
  decoders: z.array(z.object({ name: z.string(), available: z.boolean(), detail: z.string() })).readonly(),
  providers: z
    .array(
      z.object({
        name: z.string(),
        state: z.enum(['in-use', 'works', 'failed', 'not-compiled-in']),
        /** A line that can stand alone: "WebGPU on NVIDIA RTX A2000: 3,100 windows/s, checked against CPU, batch 64", or what went wrong. */
        detail: z.string(),
      }),
    )
    .readonly(),
  models: z.array(modelInfoSchema).readonly(),
  /** The model asked for, and why it can't be used, if it can't. */
  chosenModel: z.object({ id: z.string(), problem: failureSchema.nullable() }),
  modelFailures: z.array(failureSchema).readonly(),
  library: z.object({
    path: z.string(),
    bytes: z.number(),
    schemaVersion: z.number(),
    tracks: z.number(),
    analysed: z.number(),
  }),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;
