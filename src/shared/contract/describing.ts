import { z } from 'zod';
import { pathText } from './paths';
import { failureSchema, jobFailureSchema } from './schemas';

/**
 * How files sound in numbers: statistics of their middle 30 seconds, such as tempo and brightness, without a model and without a trace in
 * the library. What they are called is in `domain/statistic-names`.
 */

/** More columns than there are statistics. */
const MOST_COLUMNS = 500;

/** Of the caller's choosing, one for each window. */
const windowName = z.string().max(100);

export const descriptionSchema = z.union([
  z.object({
    status: z.literal('ok'),
    durationSec: z.number(),
    /** In the order of the columns asked for; all finite. */
    values: z.array(z.number()).readonly(),
    warnings: z.array(z.string()).readonly(),
  }),
  failureSchema.extend({ status: z.literal('failed') }),
]);
export type DescribedFile = z.infer<typeof descriptionSchema>;

export const DESCRIBING_METHODS = {
  /** The statistics that there are, by the names of their columns. */
  'describe.columns': { input: z.object({}), output: z.object({ columns: z.array(z.string()).readonly() }) },
  /** The music files at and under some paths, in path order; what could not be looked at is told beside them. */
  'describe.find': {
    input: z.object({ paths: z.array(pathText()).min(1).max(20_000) }),
    output: z.object({ files: z.array(z.string()).readonly(), failures: z.array(jobFailureSchema).readonly() }),
  },
  /** Takes about half a second; those that are asked for side by side are worked out by as many workers as listening may take. */
  'describe.file': {
    input: z.object({
      path: pathText(),
      columns: z.array(z.string().max(100)).min(1).max(MOST_COLUMNS),
      window: windowName.default(''),
    }),
    output: descriptionSchema,
  },
  /** Ends what a window has being described; each of these is answered with a failure `cancelled`. */
  'describe.cancel': { input: z.object({ window: windowName }), output: z.object({}) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
