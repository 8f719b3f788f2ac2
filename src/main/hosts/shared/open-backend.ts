import { join, resolve } from 'node:path';
import { spawnByFork } from '../../analysis/spawn-fork';
import { createBackend, type Backend } from '../../backend/compose';
import { makeFolderOf } from './library-folder';
import { appPaths } from './paths';

/** What every program of Genregram can be told about the library and the models. */
export interface BackendOptions {
  /** Library file, relative to the working folder; else $GENREGRAM_LIBRARY, else the user's own. */
  readonly library?: string;
  /** Further folders that hold models; they stand before the others. */
  readonly models?: readonly string[];
  /** Id of the model to use. */
  readonly model?: string;
  /** `auto`, or an onnxruntime provider that must work. */
  readonly provider?: string;
}

/**
 * Builds the backend in this process, with the analysis in a forked one.
 *
 * @param programFolder `__dirname` of the running bundle
 * @param host see `BackendOptions` of the backend
 * @throws CodedError `library-locked`, `library-newer`, …: with a sentence that names the remedy
 */
export async function openBackend(
  programFolder: string,
  options: BackendOptions,
  host: { readonly refinesUnasked?: boolean; readonly folders?: readonly string[] } = {},
): Promise<Backend> {
  const paths = appPaths(programFolder);
  const libraryPath = resolve(options.library ?? (process.env['GENREGRAM_LIBRARY'] || paths.defaultLibrary));
  makeFolderOf(libraryPath);
  return createBackend({
    libraryPath,
    modelFolders: [...(options.models ?? []).map((folder) => resolve(folder)), ...paths.modelFolders],
    userModels: paths.userModels,
    spawnAnalysis: spawnByFork(join(paths.programs, 'analysis.cjs')),
    ...host,
    ...(options.model === undefined ? {} : { modelId: options.model }),
    ...(options.provider === undefined ? {} : { provider: options.provider }),
  });
}
