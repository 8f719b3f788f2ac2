import { createPowerSource } from '../adapters/power';
import { listModels } from '../adapters/models';
import { modelPacks } from '../adapters/models/packs';
import { createTagWriter } from '../adapters/tags';
import { createReadTags } from '../adapters/tags/read-tags';
import { createDescribeService } from '../analysis/describe-service';
import { createEnsembleService } from '../analysis/ensemble-service';
import { createAnalysisService } from '../analysis/service';
import type { PowerSource, SpawnAnalysis, VerdictFile } from '../ports';
import { openStore, type Store } from '../store';
import { composeBackend, type Backend } from './backend';
import { confineTo, UNCONFINED } from './confinement';
import { writingSettings } from './writing-settings';

export type { Backend } from './backend';

export interface BackendOptions {
  /** The library file; created where there is none. */
  readonly libraryPath: string;
  /** Folders that hold model folders. */
  readonly modelFolders: readonly string[];
  /** That one of them which is the user's own. */
  readonly userModels: string;
  /** `id` or `id@version`, for this run; without it the one chosen before, else `base`, else the first model found. */
  readonly modelId?: string;
  /** `auto` (also without it), or the onnxruntime provider that must work. */
  readonly provider?: string;
  readonly spawnAnalysis: SpawnAnalysis;
  /** Without it, what the system's own files say. */
  readonly power?: PowerSource;
  /** See `BackendParts`. */
  readonly refinesUnasked?: boolean;
  /** Where the user's files may be touched at all, for hosts that others reach; without it, anywhere. */
  readonly folders?: readonly string[];
}

/**
 * Opens the library and makes the backend that every host runs: the only place that wires real adapters.
 *
 * @throws CodedError `library-locked`, `library-newer`, `library-corrupt`, `migration-failed`, `permission-denied`; `not-found` for a folder
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const { libraryPath, modelFolders, userModels, modelId, provider, spawnAnalysis, refinesUnasked = false } = options;
  const confinement = options.folders ? await confineTo(options.folders) : UNCONFINED;
  const store = openStore(libraryPath);
  const createAnalysis = () => createEnsembleService(() => createAnalysisService(spawnAnalysis, verdictFile(store)));
  try {
    return await composeBackend({
      store,
      readTags: createReadTags(() => writingSettings(store)),
      tagWriter: createTagWriter(),
      listModels,
      analysis: createAnalysis(),
      createAnalysis,
      describer: createDescribeService(spawnAnalysis),
      modelPacks,
      modelFolders,
      userModels,
      refinesUnasked,
      confinement,
      power: options.power ?? createPowerSource(),
      ...(modelId !== undefined && { modelId }),
      ...(provider !== undefined && { provider }),
    });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** With the library's settings: a library that comes to another machine has its verdicts for that one, too. */
const verdictFile = ({ settings }: Store): VerdictFile => ({
  read: () => settings.get('providers'),
  write: (text) => settings.set('providers', text),
});
