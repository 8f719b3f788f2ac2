import { z } from 'zod';
import { idSchema, modelManifestSchema, modelOutputSchema, versionSchema } from './model-manifest';

/**
 * `model.json` of an ensemble: a model without weights of its own, which says what installed models say together. Their windows are
 * joined one by one, each as its own model's calibration has it, then the track is judged of the joined windows as of any model's.
 */

/** `mean`: the weighted mean of the members' probabilities. `vote`: each member gives its whole weight to its top label. */
export const ensembleRuleSchema = z.enum(['mean', 'vote']);
export type EnsembleRule = z.infer<typeof ensembleRuleSchema>;

const memberSchema = z.strictObject({
  /** Of an installed model that is no ensemble itself. */
  id: idSchema,
  /** Without it, whichever version is installed. */
  version: versionSchema.optional(),
  /** Against the other members' weights; they need not sum to 1. */
  weight: z.number().positive().max(1e6).default(1),
});

/**
 * What an ensemble says of a task. Its labels are in the order that results have; the members' labels are matched with them by their
 * spelling, and for `genre` by the broad genre that they stand for.
 */
const ensembleOutputSchema = z.strictObject(
  modelOutputSchema.pick({ task: true, labels: true, calibration: true, heldOut: true }).shape,
);
export type EnsembleOutput = z.infer<typeof ensembleOutputSchema>;

export const ensembleManifestSchema = z.object({
  ...modelManifestSchema.pick({
    id: true,
    version: true,
    name: true,
    description: true,
    license: true,
    source: true,
    trainedOn: true,
    evaluation: true,
  }).shape,
  ensemble: z.strictObject({ rule: ensembleRuleSchema, members: z.array(memberSchema).min(2).max(16) }),
  /** A task that is not named here is left out, whichever members have it. */
  outputs: z.array(ensembleOutputSchema).min(1),
});
export type EnsembleManifest = z.infer<typeof ensembleManifestSchema>;

/** Of an ensemble whose members were found: what people and the wire see of it. */
export const ensembleInfoSchema = z.object({
  rule: ensembleRuleSchema,
  members: z.array(z.object({ id: z.string(), version: z.string(), weight: z.number() })).readonly(),
});
export type EnsembleInfo = z.infer<typeof ensembleInfoSchema>;
