import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelInfo } from '#shared/contract/schemas';
import type { Failure } from '#shared/domain/failure';
import type { ListModels } from '../../ports';
import { loadModel } from './load';
import { modelInfo } from './manifest';

export { loadModel, type LoadedModel } from './load';
export { modelInfo, parseManifest, readManifest } from './manifest';

/**
 * Finds the models in folders of model folders, hashes checked. A folder without model.json is none of ours and passed over;
 * of two models with one id the first stands, so that a user's folder named first can replace a bundled model.
 */
export const listModels: ListModels = async (folders) => {
  const models: (ModelInfo & { dir: string })[] = [];
  const failures: Failure[] = [];
  for (const dir of (await Promise.all(folders.map(modelFolders))).flat()) {
    const model = await loadModel(dir);
    if (!model.ok) failures.push(model.failure);
    else if (!models.some(({ id }) => id === model.value.manifest.id)) {
      models.push({ ...modelInfo(model.value.manifest), dir });
    }
  }
  return { models, failures };
};

async function modelFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => join(folder, entry.name))
    .filter((dir) => existsSync(join(dir, 'model.json')))
    .sort();
}
