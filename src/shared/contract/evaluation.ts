import { z } from 'zod';
import { pathText } from './paths';
import { jobFailureSchema } from './schemas';

/**
 * How right models are: labelled files are heard as they are, beside the library and without a trace in it, and compared with their
 * labels. The last evaluation is kept until the backend ends or the next one takes its place.
 */

const count = z.number().int();
const share = z.number().min(0).max(1);
/** `<model id>@<version>`. */
const modelKey = z.string();

/** Tasks with one verdict a track. */
export const JUDGED_TASKS = ['genre', 'mood', 'content'] as const;
export type JudgedTask = (typeof JUDGED_TASKS)[number];

/** Files of one evaluation; more are refused. */
export const MOST_EVALUATED = 20_000;

/** How the files of tables of labels are called that are offered to choose from; the text inside may have commas, semicolons or tabs. */
export const TABLE_EXTENSIONS = ['csv', 'tsv', 'txt'] as const;
const TABLE_NAME = new RegExp(String.raw`\.(${TABLE_EXTENSIONS.join('|')})$`, 'i');
/** Whether a file may be a table of labels, by its name or path. */
export const isTableName = (name: string): boolean => TABLE_NAME.test(name);

/** Where labels are from: the names of the folders that files lie in, the files' own tags, or a CSV table with a column `file`. */
export const labelSourceSchema = z.object({
  kind: z.enum(['folder', 'tag', 'table']),
  /** The folder of music, or the table. */
  path: pathText(),
  /** Of a table: the folder that its paths start from; its own where it is left out. */
  root: pathText().optional(),
  /** Of a table: the column that holds the labels; that of the task's name where it is left out. */
  column: z.string().min(1).max(200).optional(),
});
export type LabelSource = z.infer<typeof labelSourceSchema>;

const taskSchema = z.enum(JUDGED_TASKS);
/** An id or key of `models.list`; null: the chosen one. */
const wantedModel = z.string().min(1).max(200).nullable().default(null);

/** What is known of labels before anything is heard. */
export const labelLookSchema = z.object({
  /** Files that may hold music, or rows of the table; at most `MOST_EVALUATED` are counted. */
  files: count,
  /** Of these, how many were looked at for their labels: of tags only some. */
  looked: count,
  /** Of those looked at, how many have a label that the model knows. */
  known: count,
  /** Most files first. `known` is null where the model's labels can't be told without hearing something. */
  labels: z.array(z.object({ label: z.string(), files: count, known: z.boolean().nullable() })).readonly(),
  /** Of those looked at, how many have no label. */
  unlabelled: count,
  /** Files that are not there or can't be looked at, and the first of them with why. */
  failed: count,
  failure: jobFailureSchema.nullable(),
  /** The model's own labels; null as above. */
  modelLabels: z.array(z.string()).readonly().nullable(),
  /** Of a table. */
  columns: z.array(z.string()).readonly(),
  /** The column that is used, null where the table has none for the task. */
  column: z.string().nullable(),
});
export type LabelLook = z.infer<typeof labelLookSchema>;

const classFiguresSchema = z.object({
  label: z.string(),
  /** Each 0 where its denominator is 0. */
  precision: share,
  recall: share,
  f1: share,
  /** Tracks that truly have the label. */
  support: count,
});

/** One model's verdicts beside the labels; see `core/evaluation` for each figure and its source. */
export const judgedModelSchema = z.object({
  model: modelKey,
  name: z.string(),
  /** Tracks whose label the model knows, and that it heard. */
  n: count,
  right: count,
  /** `right / n`, verdicts that name nothing included, with its 95 % interval (Wilson). */
  accuracy: share,
  interval: z.tuple([share, share]).readonly(),
  top2: share,
  macroF1: share,
  ece: share,
  /** Tracks for which the model names a label, and how many of those are right; the others are abstained. */
  named: count,
  namedRight: count,
  labels: z.array(z.string()).readonly(),
  /** Tracks: [true label][verdict], in the order of `labels`. */
  matrix: z.array(z.array(count).readonly()).readonly(),
  perClass: z.array(classFiguresSchema).readonly(),
  bins: z
    .array(
      z.object({
        from: share,
        to: share,
        tracks: count,
        meanConfidence: share.nullable(),
        accuracy: share.nullable(),
      }),
    )
    .readonly(),
  /** From the surest verdicts to all; of a long curve evenly spaced points, the last among them. */
  riskCoverage: z.array(z.object({ coverage: share, risk: share, threshold: share })).readonly(),
  /** Labels that the model does not know. */
  strangers: z.array(z.object({ label: z.string(), count })).readonly(),
  /** Of tracks labelled "unknown": how well confidence tells them from the others. */
  unknown: z.object({ n: count, named: count, auroc: share.nullable() }),
});
export type JudgedModel = z.infer<typeof judgedModelSchema>;

/** Two models on the tracks that both heard and whose label both know; see `core/evaluation/paired`. */
export const pairedSchema = z.object({
  n: count,
  accuracy: z.tuple([share, share]).readonly(),
  bothRight: count,
  onlyFirst: count,
  onlySecond: count,
  bothWrong: count,
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]).readonly(),
  p: share,
});
export type Paired = z.infer<typeof pairedSchema>;

export const evaluationSchema = z.object({
  /** A later evaluation has a larger one. */
  id: count,
  /** Milliseconds since the epoch. */
  madeAt: z.number(),
  source: labelSourceSchema,
  task: taskSchema,
  plan: z.string(),
  /** One, or two that were compared. */
  models: z.array(judgedModelSchema).min(1).max(2).readonly(),
  paired: pairedSchema.nullable(),
  /** Files that could not be heard, the first 500 of them. */
  failures: z.array(jobFailureSchema).readonly(),
  failed: count,
  /** Whether the first model gives embeddings, for a map. */
  hasMap: z.boolean(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

const trackVerdictSchema = z.object({
  heard: z.string(),
  confidence: share,
  abstained: z.boolean(),
  /** Whether `heard` is the label; abstained ones count as they are. */
  isRight: z.boolean(),
});

export const evaluatedTrackSchema = z.object({
  /** As `tracks` have ids, for the player; the library knows none of them. */
  id: count,
  path: z.string(),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  durationSec: z.number().nullable(),
  /** In the model's own spelling. */
  label: z.string(),
  /** Of each model in turn; null where it did not hear the track, or does not know the label. */
  verdicts: z.array(trackVerdictSchema.nullable()).min(1).max(2).readonly(),
});
export type EvaluatedTrack = z.infer<typeof evaluatedTrackSchema>;

/** How likely each label is in each window that was heard. */
export const evaluatedWindowsSchema = z.object({
  windowSec: z.number(),
  startsSec: z.array(z.number()).readonly(),
  labels: z.array(z.string()).readonly(),
  /** Row-major [windows, labels], 0..255 for probability 0..1. */
  data: z.array(count.min(0).max(255)).readonly(),
});
export type EvaluatedWindows = z.infer<typeof evaluatedWindowsSchema>;

/** Which of the evaluation's models. */
const modelIndex = z.number().int().min(0).max(1).default(0);
const evaluationId = z.object({ evaluation: count });

export const EVALUATION_METHODS = {
  /** What labels there are, without hearing anything. A second look ends the first with `cancelled`. Fails with `not-found`, `invalid-input`, … */
  'evaluation.look': {
    input: z.object({ source: labelSourceSchema, task: taskSchema, model: wantedModel }),
    output: labelLookSchema,
  },
  /** Hears the files and compares; a job of kind `evaluate`. Fails with `busy`, or with what is wrong with the request. */
  'evaluation.start': {
    input: z.object({
      source: labelSourceSchema,
      task: taskSchema,
      model: wantedModel,
      /** Another model that hears the same files, to be compared with the first; null for none. */
      against: z.string().min(1).max(200).nullable().default(null),
      plan: z.string().default('all'),
    }),
    output: z.object({ jobId: z.string() }),
  },
  /** The last evaluation; null where there was none since the start. */
  'evaluation.result': { input: z.object({}), output: evaluationSchema.nullable() },
  /** Its judged tracks, in path order. This and what follows fail with `not-found` where another one has taken its place. */
  'evaluation.tracks': { input: evaluationId, output: z.array(evaluatedTrackSchema) },
  /** What a model heard in the windows of a track; null where it says nothing of single windows. */
  'evaluation.windows': {
    input: evaluationId.extend({ trackId: count, model: modelIndex }),
    output: evaluatedWindowsSchema.nullable(),
  },
  /** The first model's embeddings of the judged tracks that have one. */
  'evaluation.embeddings': {
    input: evaluationId,
    output: z.object({
      ids: z.array(count).readonly(),
      dimensions: count,
      /** As `insight.embeddings` has them. */
      vectors: z.string(),
    }),
  },
  /** As `genregram evaluate --report` writes it. */
  'evaluation.export': {
    input: evaluationId.extend({ form: z.enum(['html', 'json', 'csv']) }),
    output: z.object({ text: z.string() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
