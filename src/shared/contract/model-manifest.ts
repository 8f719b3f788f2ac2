import { z } from 'zod';
import { modelInputSchema } from './model-input';

/**
 * `model.json`, the manifest beside a model's onnx file. Anyone can drop a folder with both into the model folder; what is
 * wrong with it is reported by the name of the field.
 */

export const modelOutputSchema = z.object({
  /** Name of the onnx graph's output. */
  name: z.string().min(1),
  /**
   * `genre` and `mood`: one label a track. `genre-wide`: any number of labels, each with a sigmoid of its own.
   * `valence-arousal`: two numbers -1..1. `content`: labels out of music, speech and other. `embedding`: any vector.
   */
  task: z.enum(['genre', 'genre-wide', 'mood', 'valence-arousal', 'content', 'embedding']),
  /** What the graph gives: `softmax`/`sigmoid` probabilities already, `logits-softmax`/`logits-sigmoid` for the app to apply, `none` for plain numbers. */
  activation: z.enum(['softmax', 'sigmoid', 'logits-softmax', 'logits-sigmoid', 'none']),
  /** In the order of the output's last axis; for embeddings their dimension names or none. */
  labels: z.array(z.string()),
  size: z.number().int().positive(),
  /**
   * For `genre-wide` of a model without a `genre` output: which genre a label stands for, or `music`, `speech`, `other` for a
   * content, or null for none. Labels that are not named here are understood by the built-in genres (`broadGenreOf`).
   */
  labelMap: z.record(z.string(), z.string().min(1).nullable()).optional(),
  calibration: z
    .object({
      /** Divides the logits of each window before softmax; fitted on held-out tracks. */
      temperature: z.number().positive().default(1),
      /** Exponent 1/T applied to the mean share, renormalised, to give the track's confidence (1: none). */
      trackTemperature: z.number().positive().default(1),
      /** A track whose confidence is below this is `abstained`; a content verdict below it settles nothing. */
      abstainBelow: z.number().min(0).max(1).default(0),
      /** For `genre-wide`, one a label: the score at which a track has it. All 0.5 where absent. */
      thresholds: z.array(z.number().positive().max(1)).optional(),
    })
    .prefault({}),
  /**
   * For `genre` and `mood`: verdicts on tracks that the model had not learnt from, at or above some confidences (ascending), and
   * how many of them were right. `tag --precision` goes by it; see `CANDIDATES` for the confidences that it tries.
   */
  heldOut: z
    .object({
      protocol: z.string().min(1),
      atOrAbove: z.array(
        z.object({
          confidence: z.number().min(0).max(1),
          tracks: z.number().int().min(0),
          right: z.number().int().min(0),
        }),
      ),
    })
    .optional(),
});
export type ModelOutput = z.infer<typeof modelOutputSchema>;

/** Small letters, digits and hyphens: it names folders and stands in results. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be small letters, digits and hyphens, 64 at most, such as my-model');
export const versionSchema = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be three numbers, such as 1.0.0');

export const modelManifestSchema = z.object({
  id: idSchema,
  version: versionSchema,
  name: z.string(),
  description: z.string().default(''),
  license: z.string(),
  source: z.string(),
  trainedOn: z.array(z.string()),
  /** In the model's own folder. */
  file: z.string().regex(/^[^/\\]+\.onnx$/, 'must be the name of an .onnx file beside model.json, without a path'),
  /** Hex SHA-256 of the onnx file, checked before it is loaded. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, small letters'),
  parameters: z.number().int().positive().optional(),
  input: modelInputSchema,
  /** At least one of the tasks genre, genre-wide and mood: there is a verdict of every track. */
  outputs: z.array(modelOutputSchema).min(1),
  /** Figures with the protocol that gave them; shown, not used. */
  evaluation: z.array(z.object({ what: z.string(), value: z.number(), protocol: z.string() })).default([]),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;
