import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where the app's own parts and the user's data lie. All absolute. */
export interface AppPaths {
  /** Folder of the running program's bundle (`out/main`), where the other programs lie too. */
  readonly programs: string;
  /** The window's files, built by vite (`out/renderer`). */
  readonly renderer: string;
  /** Folders that hold models, the user's own first: a model there stands before a shipped one of the same id. */
  readonly modelFolders: readonly string[];
  /** Where the user may put models; in the user's data folder, and perhaps not there yet. */
  readonly userModels: string;
  /** The library file that is used unless another one is named. */
  readonly defaultLibrary: string;
  readonly logs: string;
}

/**
 * @param programFolder `__dirname` of the running bundle
 * @param resourcesFolder where a packaged app keeps its models
 */
export function appPaths(programFolder: string, resourcesFolder = electronResources()): AppPaths {
  const root = join(programFolder, '..', '..');
  const user = envPaths('Genregram', { suffix: '' });
  const userModels = join(user.data, 'models');
  const packagedModels = resourcesFolder ? join(resourcesFolder, 'models') : null;
  const shippedModels = packagedModels && existsSync(packagedModels) ? packagedModels : join(root, 'models');
  return {
    programs: programFolder,
    renderer: join(root, 'out', 'renderer'),
    modelFolders: [userModels, shippedModels],
    userModels,
    defaultLibrary: join(user.data, 'library.sqlite'),
    logs: user.log,
  };
}

/** Electron's resources folder; set in all of its processes, also where it runs a program as Node would. */
function electronResources(): string | null {
  const folder: unknown = Reflect.get(process, 'resourcesPath');
  return typeof folder === 'string' ? folder : null;
}

/** The app's version, from the package.json beside `out/`. */
export function appVersion(programFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(programFolder, '..', '..', 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest && 'version' in manifest && typeof manifest.version === 'string')
    return manifest.version;
  throw new Error('package.json has no version');
}
