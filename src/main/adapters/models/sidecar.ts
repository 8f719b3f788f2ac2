import { z } from 'zod';
import type { MelInput } from '#shared/contract/model-input';
import { idSchema, versionSchema } from '#shared/contract/model-manifest';

/**
 * The JSON that lies beside taggers exported for other programs: front end and classes in words. It says no more than is
 * needed to run the model, so what it says must be understood in full; what can't be is refused by the name of its field.
 */

export interface Converted {
  /** In the form of our `model.json`, still to be checked as such. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** One line a field: what the sidecar says -> what it became. */
  readonly takenOver: readonly string[];
}

/** A field that the app can't do or does not understand. */
export class SidecarError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

const sidecarSchema = z.object({
  id: idSchema,
  name: z.string(),
  version: versionSchema.optional(),
  task: z.literal('multi-label tagging'),
  license: z.string(),
  source: z.union([z.string(), z.record(z.string(), z.string())]),
  model: z.object({ file: z.string(), sha256: z.string(), parameters: z.number().int().positive().optional() }),
  input: z.object({ name: z.string(), dtype: z.literal('float32'), layout: z.string() }),
  output: z.object({ name: z.string(), dtype: z.literal('float32'), activation: z.string() }),
  frontend: z.object({
    sampleRate: z.number(),
    channels: z.string(),
    preemphasis: z.string().nullable().optional(),
    nFft: z.number(),
    winLength: z.number(),
    hopLength: z.number(),
    window: z.string(),
    center: z.literal(true),
    pad: z.literal('reflect'),
    power: z.number(),
    nMels: z.number(),
    fMin: z.number(),
    fMax: z.number(),
    melScale: z.string(),
    melNorm: z.string().nullable(),
    compression: z.string(),
    normalize: z.string().nullable(),
  }),
  patch: z.object({ frames: z.number() }),
  classes: z.array(z.string()),
});
type Sidecar = z.infer<typeof sidecarSchema>;

/** Whether a JSON value is such a sidecar and not a manifest of ours. */
export function isSidecar(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'frontend' in value && 'classes' in value;
}

/** @throws SidecarError naming the field that is wrong or beyond this app */
export function convertSidecar(value: unknown): Converted {
  const parsed = sidecarSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new SidecarError(issue.path.join('.'), issue.message);
  }
  const sidecar = parsed.data;
  const takenOver: string[] = [];
  const note: Note = (field, said, became) => {
    takenOver.push(`${field}: ${said ?? 'none'} -> ${describe(became)}`);
    return became;
  };
  const manifest = {
    id: sidecar.id,
    version: note('version', sidecar.version ?? 'none, so the weights’ hash gives one', versionOf(sidecar)),
    name: sidecar.name,
    license: sidecar.license,
    source: typeof sidecar.source === 'string' ? sidecar.source : Object.values(sidecar.source).join('; '),
    trainedOn: [],
    file: note('model.file', sidecar.model.file, sidecar.model.file),
    sha256: sidecar.model.sha256,
    ...(sidecar.model.parameters === undefined ? {} : { parameters: sidecar.model.parameters }),
    input: inputOf(sidecar, note),
    outputs: [
      {
        name: note('output.name', sidecar.output.name, sidecar.output.name),
        task: note('task', sidecar.task, 'genre-wide'),
        activation: note('output.activation', sidecar.output.activation, activationOf(sidecar.output.activation)),
        labels: sidecar.classes,
        size: note('classes', `${sidecar.classes.length} labels`, sidecar.classes.length),
      },
    ],
  };
  return { manifest, takenOver };
}

type Scalar = string | number | boolean | null | undefined;
type Note = <T>(field: string, said: Scalar, became: T) => T;

function inputOf({ input, frontend, patch }: Sidecar, note: Note): Readonly<Record<string, unknown>> {
  const one = <T>(field: keyof Sidecar['frontend'], convert: (text: string) => T): T =>
    note(`frontend.${field}`, frontend[field], convert(String(frontend[field])));
  const same = (field: keyof Sidecar['frontend']): unknown =>
    note(`frontend.${field}`, frontend[field], frontend[field]);
  return {
    kind: 'mel',
    name: note('input.name', input.name, input.name),
    layout: note('input.layout', input.layout, pick('input.layout', input.layout, LAYOUTS)),
    sampleRate: same('sampleRate'),
    mono: one('channels', (text) => pick('frontend.channels', text, [[/^mono mean$/, 'mean' as const]])),
    ...(frontend.preemphasis ? { preEmphasis: one('preemphasis', preEmphasisOf) } : {}),
    nFft: same('nFft'),
    winLength: same('winLength'),
    hop: same('hopLength'),
    window: one('window', (text) => pick('frontend.window', text, WINDOWS)),
    power: same('power'),
    nMels: same('nMels'),
    fMin: same('fMin'),
    fMax: same('fMax'),
    melScale: one('melScale', (text) => pick('frontend.melScale', text, MEL_SCALES)),
    melNorm: note('frontend.melNorm', frontend.melNorm, frontend.melNorm ?? 'none'),
    compression: one('compression', (text) => pick('frontend.compression', text, COMPRESSIONS)),
    ...(frontend.normalize === null ? {} : { normalisation: one('normalize', normalisationOf) }),
    windowFrames: note('patch.frames', patch.frames, patch.frames),
  };
}

type Choices<T> = readonly (readonly [RegExp, T])[];

const LAYOUTS: Choices<MelInput['layout']> = [
  [/^\[batch, channel, time, mel\]$/, 'NCTM'],
  [/^\[batch, channel, mel, time\]$/, 'NCMT'],
];
const WINDOWS: Choices<NonNullable<MelInput['window']>> = [
  [/^hann periodic\b/, 'hann-periodic'],
  [/^hann symmetric\b/, 'hann-symmetric'],
];
const MEL_SCALES: Choices<MelInput['melScale']> = [
  [/^slaney$/, 'slaney'],
  [/^htk$/, 'htk'],
  [/^kaldi\b/, 'kaldi'],
];
const COMPRESSIONS: Choices<MelInput['compression']> = [
  [/^log10\(1 \+ 10000 ?\*? ?x\)$/, 'log10-1-10000'],
  [/^ln\(x \+ 1e-5\)$/, 'ln-1e-5'],
  [/^none$/, 'none'],
];
const ACTIVATIONS: Choices<'sigmoid' | 'logits-sigmoid'> = [
  [/^sigmoid \(already applied\)$/, 'sigmoid'],
  [/^(logits|sigmoid \(to be applied\))$/, 'logits-sigmoid'],
];

const activationOf = (text: string): 'sigmoid' | 'logits-sigmoid' => pick('output.activation', text, ACTIVATIONS);

/** @throws SidecarError where the text is none of the choices */
function pick<T extends string>(field: string, text: string, choices: Choices<T>): T {
  const found = choices.find(([pattern]) => pattern.test(text));
  if (found) return found[1];
  throw new SidecarError(
    field,
    `"${text}" is not understood; it can be ${choices.map(([, value]) => value).join(', ')}`,
  );
}

function preEmphasisOf(text: string): number {
  const match = /^y\[t\] = x\[t\+1\] - (0?\.\d+)\*x\[t\]/.exec(text);
  if (match) return Number(match[1]);
  throw new SidecarError('frontend.preemphasis', `"${text}" is not understood; it can be y[t] = x[t+1] - a*x[t]`);
}

function normalisationOf(text: string): { add: number; divide: number } {
  const match = /^\(x ([+-]) (\d+(?:\.\d+)?)\) \/ (\d+(?:\.\d+)?)$/.exec(text);
  if (match) return { add: Number(match[2]) * (match[1] === '-' ? -1 : 1), divide: Number(match[3]) };
  throw new SidecarError('frontend.normalize', `"${text}" is not understood; it can be (x + a) / b`);
}

/** Where none is stated, other weights must be another version all the same: results of two are never mixed. */
function versionOf({ version, model }: Sidecar): string {
  return version ?? `0.0.${Number.parseInt(model.sha256.slice(0, 6), 16) || 0}`;
}

const describe = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
