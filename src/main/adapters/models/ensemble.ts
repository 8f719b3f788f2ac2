import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensembleManifestSchema, type EnsembleManifest } from '#shared/contract/ensemble-manifest';
import type { ModelProblem } from '#shared/contract/schemas';
import { isMismatch, matchLabels } from '../../core/ensemble/labels';
import { windowTasks } from '../../core/ensemble/tasks';
import { ACTIVATIONS } from '../../core/ensemble/track';
import type { FoundEnsemble, FoundModel } from '../../ports';
import { givesVerdict, outputComplaint } from './contradiction';
import { heldOutOf, idOf, readManifest } from './manifest';
import { invalid, modelProblem, type ModelResult } from './problem';

/** What an ensemble finds its members in. */
export interface Shelf {
  readonly models: readonly FoundModel[];
  readonly failures: readonly ModelProblem[];
  /** Ids of ensembles that are not among the models yet. */
  readonly ensembles?: ReadonlySet<string>;
}

/** A member as it was found, and the labels of its tasks. */
interface Member {
  readonly found: FoundModel;
  readonly weight: number;
  readonly tasks: ReturnType<typeof windowTasks>;
}

/** Reads a folder's `model.json` as an ensemble's and checks what can be checked without its members; null if it is none. */
export async function readEnsemble(dir: string): Promise<ModelResult<EnsembleManifest> | null> {
  const value = await readJson(join(dir, 'model.json'));
  if (typeof value !== 'object' || value === null || !('ensemble' in value)) return null;
  const id = idOf(value);
  const parsed = ensembleManifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return invalid({ dir, id, field: issue?.path.join('.') ?? '' }, issue?.message ?? 'is wrong');
  }
  const complaint = complaintOf(parsed.data);
  return complaint ? invalid({ dir, id, field: complaint[0] }, complaint[1]) : { ok: true, value: parsed.data };
}

/** What is no JSON is for the reader of plain models to say. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @returns the field and what is wrong with it */
function complaintOf({ id, ensemble: { members }, outputs }: EnsembleManifest): [string, string] | null {
  for (const [i, member] of members.entries()) {
    const field = `ensemble.members.${i}.id`;
    if (member.id === id) return [field, `is ${id}, the ensemble itself`];
    if (members.findIndex((other) => other.id === member.id) < i)
      return [field, `names ${member.id} again; give it one weight`];
  }
  for (const [i, output] of outputs.entries()) {
    const { task, labels } = output;
    if (outputs.findIndex((other) => other.task === task) < i) return [`outputs.${i}.task`, `names ${task} again`];
    const complaint = outputComplaint({ ...output, name: task, size: labels.length, activation: ACTIVATIONS[task] });
    if (complaint) return [`outputs.${i}.${complaint[0]}`, complaint[1]];
  }
  return givesVerdict(outputs)
    ? null
    : ['outputs', 'none of them has the task genre or mood, so there would be no verdict of a track'];
}

/** Finds an ensemble's members and matches their labels with its own: then it is a model as any other. */
export async function resolveEnsemble(
  dir: string,
  manifest: EnsembleManifest,
  shelf: Shelf,
): Promise<ModelResult<FoundModel>> {
  const { id } = manifest;
  const members: Member[] = [];
  for (const [i, { weight, ...wanted }] of manifest.ensemble.members.entries()) {
    const member = findMember({ dir, id, field: `ensemble.members.${i}` }, wanted, shelf);
    if (!member.ok) return member;
    const read = await readManifest(member.value.dir);
    if (!read.ok) return read;
    members.push({ found: member.value, weight, tasks: windowTasks(read.value.manifest.outputs) });
  }
  const complaint = labelComplaint(manifest, members);
  if (complaint) return invalid({ dir, id, field: complaint[0] }, complaint[1]);
  return { ok: true, value: foundEnsemble(dir, manifest, members) };
}

function findMember(
  { field, ...place }: { dir: string; id: string; field: string },
  { id, version }: { id: string; version?: string | undefined },
  { models, failures, ensembles }: Shelf,
): ModelResult<FoundModel> {
  const found = models.find((model) => model.id === id);
  if (ensembles?.has(id) || found?.ensemble)
    return invalid({ ...place, field: `${field}.id` }, `is ${id}, which is an ensemble itself; name its members`);
  const missing = (at: string, what: string): ModelResult<never> =>
    modelProblem('model-missing', { ...place, field: at }, `${join(place.dir, 'model.json')}: ${at}: ${what}`);
  if (!found) {
    const broken = failures.find((failure) => failure.id === id);
    return broken
      ? missing(`${field}.id`, `the member ${id} can't be used: ${broken.message}`)
      : missing(`${field}.id`, `there is no model ${id}. Add its pack, and the ensemble can be used.`);
  }
  if (version === undefined || version === found.version) return { ok: true, value: found };
  return missing(
    `${field}.version`,
    `asks for ${id} ${version}, but ${found.version} is installed. Add the pack of that version, or name ${found.version} here.`,
  );
}

/** @returns the field and what is wrong with it */
function labelComplaint({ outputs }: EnsembleManifest, members: readonly Member[]): [string, string] | null {
  for (const [i, { task, labels }] of outputs.entries()) {
    const able = members.filter(({ tasks }) => tasks.has(task));
    if (able.length === 0) return [`outputs.${i}.task`, `is ${task}, which none of the members has`];
    for (const { found, tasks } of able) {
      const match = matchLabels(task, labels, tasks.get(task)!);
      if (!isMismatch(match)) continue;
      const { missing, strangers } = match;
      const what =
        missing.length > 0
          ? `names ${missing.join(', ')}, which the member ${found.id} has no label for`
          : `has nothing that stands for ${strangers.join(', ')}, which the member ${found.id} gives`;
      return [`outputs.${i}.labels`, what];
    }
  }
  return null;
}

function foundEnsemble(dir: string, manifest: EnsembleManifest, members: readonly Member[]): FoundModel {
  const { id, version, name, license, outputs } = manifest;
  const { rule } = manifest.ensemble;
  const known = members.map(({ found, weight }) => ({ id: found.id, version: found.version, weight }));
  const model = {
    ...{ id, version, name },
    sha256: createHash('sha256').update(JSON.stringify(manifest)).digest('hex'),
    outputs: outputs.map(({ task, labels }) => ({ name: task, task, labels })),
    ensemble: { rule, members: known },
  };
  const together: FoundEnsemble = {
    ...{ id, version, rule, members: known, outputs, model },
    dirs: members.map(({ found }) => found.dir),
  };
  return { ...model, license, dir, heldOut: heldOutOf(outputs), together };
}
