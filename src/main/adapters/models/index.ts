import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelManifest } from '#shared/contract/model-manifest';
import type { ModelProblem } from '#shared/contract/schemas';
import type { FoundModel, ListModels } from '../../ports';
import { loadModel } from './load';
import { modelInfo } from './manifest';
import { modelProblem } from './problem';

export { loadModel, type LoadedModel } from './load';
export { modelInfo, parseManifest, readManifest } from './manifest';

/**
 * Finds the models in folders of model folders, hashes checked. A folder without model.json is none of ours and passed over.
 * An id belongs to the first folder that has a model of it, be it broken: so a user's folder, named first, can replace a
 * bundled model, and what replaces it is never passed over in silence. Two sound models of one id in a folder are a problem.
 */
export const listModels: ListModels = async (folders) => {
  const models: FoundModel[] = [];
  const failures: ModelProblem[] = [];
  const taken = new Set<string>();
  for (const folder of folders) {
    const found = await modelsIn(folder);
    models.push(...found.models.filter(({ id }) => !taken.has(id)));
    failures.push(...found.failures.filter(({ id }) => id === null || !taken.has(id)));
    for (const { id } of [...found.models, ...found.failures]) if (id !== null) taken.add(id);
  }
  return { models, failures };
};

async function modelsIn(folder: string): Promise<{ models: FoundModel[]; failures: ModelProblem[] }> {
  const models: FoundModel[] = [];
  const failures: ModelProblem[] = [];
  for (const dir of await modelFolders(folder)) {
    const loaded = await loadModel(dir);
    if (!loaded.ok) {
      failures.push(loaded.failure);
      continue;
    }
    const { manifest } = loaded.value;
    const twin = models.find(({ id }) => id === manifest.id);
    if (twin) failures.push(twins(manifest.id, dir, twin.dir));
    else models.push({ ...modelInfo(manifest), license: manifest.license, dir, heldOut: heldOutOf(manifest) });
  }
  return { models, failures };
}

const heldOutOf = ({ outputs }: ModelManifest): NonNullable<FoundModel['heldOut']> =>
  Object.fromEntries(outputs.flatMap(({ task, heldOut }) => (heldOut ? [[task, heldOut]] : [])));

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
