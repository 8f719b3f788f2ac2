import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EnsembleManifest } from '#shared/contract/ensemble-manifest';
import type { ModelManifest } from '#shared/contract/model-manifest';
import type { ModelProblem } from '#shared/contract/schemas';
import type { FoundModel, ListModels } from '../../ports';
import { readEnsemble, resolveEnsemble } from './ensemble';
import { loadModel } from './load';
import { heldOutOf, modelInfo } from './manifest';
import { modelProblem, type ModelResult } from './problem';

export { loadModel, type LoadedModel } from './load';
export { modelInfo, parseManifest, readManifest } from './manifest';

/** What lies in a folder of model folders; ensembles wait for their members, which may lie in another one. */
interface Finds {
  readonly models: FoundModel[];
  readonly ensembles: { readonly dir: string; readonly manifest: EnsembleManifest }[];
  readonly failures: ModelProblem[];
}

/**
 * Finds the models in folders of model folders, hashes checked. A folder without model.json is none of ours and passed over.
 * An id belongs to the first folder that has a model of it, be it broken: so a user's folder, named first, can replace a
 * bundled model, and what replaces it is never passed over in silence. Two sound models of one id in a folder are a problem.
 * Ensembles come after the models that they may be made of.
 */
export const listModels: ListModels = async (folders) => {
  const all: Finds = { models: [], ensembles: [], failures: [] };
  const taken = new Set<string>();
  for (const folder of folders) {
    const found = await modelsIn(folder);
    all.models.push(...found.models.filter(({ id }) => !taken.has(id)));
    all.ensembles.push(...found.ensembles.filter(({ manifest }) => !taken.has(manifest.id)));
    all.failures.push(...found.failures.filter(({ id }) => id === null || !taken.has(id)));
    for (const id of idsOf(found)) taken.add(id);
  }
  const { models, failures } = all;
  const ensembles = new Set(all.ensembles.map(({ manifest }) => manifest.id));
  const shelf = { models: [...models], failures: [...failures], ensembles };
  for (const { dir, manifest } of all.ensembles) {
    const found = await resolveEnsemble(dir, manifest, shelf);
    if (found.ok) models.push(found.value);
    else failures.push(found.failure);
  }
  return { models, failures };
};

const idsOf = ({ models, ensembles, failures }: Finds): string[] =>
  [...models, ...ensembles.map(({ manifest }) => manifest), ...failures].flatMap(({ id }) => id ?? []);

async function modelsIn(folder: string): Promise<Finds> {
  const finds: Finds = { models: [], ensembles: [], failures: [] };
  const dirs = new Map<string, string>();
  for (const dir of await modelFolders(folder)) {
    const read = await readPack(dir);
    if (!read.ok) {
      finds.failures.push(read.failure);
      continue;
    }
    const { id } = read.value.manifest;
    const first = dirs.get(id);
    if (first !== undefined) finds.failures.push(twins(id, dir, first));
    else if (read.value.model) finds.models.push(read.value.model);
    else finds.ensembles.push({ dir, manifest: read.value.manifest });
    if (first === undefined) dirs.set(id, dir);
  }
  return finds;
}

/** A model with its files checked, or an ensemble whose members are still to be found. */
type Pack =
  | { readonly model: FoundModel; readonly manifest: ModelManifest }
  | { readonly model: null; readonly manifest: EnsembleManifest };

async function readPack(dir: string): Promise<ModelResult<Pack>> {
  const ensemble = await readEnsemble(dir);
  if (ensemble) return ensemble.ok ? { ok: true, value: { model: null, manifest: ensemble.value } } : ensemble;
  const loaded = await loadModel(dir);
  if (!loaded.ok) return loaded;
  const { manifest } = loaded.value;
  const { license, outputs } = manifest;
  return {
    ok: true,
    value: { model: { ...modelInfo(manifest), license, dir, heldOut: heldOutOf(outputs) }, manifest },
  };
}

const twins = (id: string, dir: string, first: string): ModelProblem =>
  modelProblem(
    'model-invalid',
    { dir, id, field: 'id' },
    `${join(dir, 'model.json')}: id: ${id} is also the id of the model in ${first}, which is the one used; remove one of them or give it another id.`,
  ).failure;

async function modelFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return (
    entries
      // What is still being copied has a name with a dot.
      .filter(({ name }) => !name.startsWith('.'))
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => join(folder, entry.name))
      .filter((dir) => existsSync(join(dir, 'model.json')))
      .sort()
  );
}
