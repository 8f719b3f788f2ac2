import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isTableName } from '#shared/contract/evaluation';
import type { Handlers, MethodOutput } from '#shared/contract/methods';
import type { LibraryRoot } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { folderFailure } from '../../adapters/walk/errors';
import { isUnder, type RootRow } from '../../store';
import type { Context } from '../context';
import type { Confinement } from '../confinement';
import { isAvailable, isFolder, locate } from '../paths';

export function rootHandlers(
  context: Context,
): Pick<Handlers, 'roots.list' | 'roots.add' | 'roots.remove' | 'folders.list'> {
  const { store, jobs, events } = context;
  return {
    'roots.list': () => Promise.all(store.roots.list().map((root) => withAvailability(context, root))),
    'roots.add': async ({ path }) => withAvailability(context, await addRoot(context, path)),
    'roots.remove': ({ id }) => {
      jobs.assertIdle();
      if (!store.roots.get(id)) throw new CodedError('not-found', 'This folder is not in the library any more.');
      store.roots.remove(id);
      events.emit('library.changed', {});
      return {};
    },
    'folders.list': ({ path, tables }) => listFolders(context, path, tables),
  };
}

/** @throws CodedError as the contract says */
async function addRoot({ store, events }: Context, given: string): Promise<RootRow> {
  const { path, isFolder } = await locate(given);
  if (!isFolder) throw new CodedError('invalid-input', `${path} is a file. Add the folder that it lies in.`);
  const around = store.roots.list().find((root) => isUnder(path, root.path));
  if (around)
    throw new CodedError(
      'invalid-input',
      around.path === path
        ? `${path} is in the library already. Scan it to look for changes.`
        : `${path} lies in ${around.path}, which is in the library already. Scan that folder to look for changes.`,
    );
  const root = store.roots.add(path, Date.now());
  events.emit('library.changed', {});
  return root;
}

async function withAvailability(context: Context, root: RootRow): Promise<LibraryRoot> {
  const { id, path, tracks, addedAt } = root;
  return { id, path, tracks, addedAt, available: await isAvailable(context, path) };
}

type FolderList = MethodOutput<'folders.list'>;

/** Where only some folders may be reached, they are the top: the only one, or a list of them that is no folder itself. */
function listFolders(
  { confinement }: Context,
  given: string | undefined,
  tables: boolean,
): Promise<FolderList> | FolderList {
  const { folders } = confinement;
  if (!folders) return listFolder(confinement, resolve(given ?? homedir()), tables);
  if (given !== undefined) return listFolder(confinement, resolve(given), tables);
  if (folders[0] !== undefined && folders.length === 1) return listFolder(confinement, folders[0], tables);
  return { path: '', parent: null, folders: folders.map((path) => ({ name: path, path })), tables: [] };
}

async function listFolder(confinement: Confinement, path: string, withTables: boolean): Promise<FolderList> {
  try {
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort((a, b) => a.localeCompare(b));
    const list: FolderList = { path, parent: await parentOf(confinement, path), folders: [], tables: [] };
    for (const name of names) {
      const inner = join(path, name);
      const isIn = (await isFolder(inner)) ? list.folders : withTables && isTableName(name) ? list.tables : null;
      if (isIn && !(await confinement.refusal(inner))) isIn.push({ name, path: inner });
    }
    return list;
  } catch (error) {
    const notFolder = await stat(path).then(
      (stats) => !stats.isDirectory(),
      () => false,
    );
    if (notFolder) throw new CodedError('invalid-input', `${path} is a file, not a folder.`);
    throw CodedError.from(folderFailure(path, error));
  }
}

async function parentOf({ folders, refusal }: Confinement, path: string): Promise<string | null> {
  const parent = dirname(path);
  if (parent === path) return null;
  if (!(await refusal(parent))) return parent;
  return folders && folders.length > 1 ? '' : null;
}
