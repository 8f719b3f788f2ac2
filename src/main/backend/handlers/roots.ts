import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Handlers } from '#shared/contract/methods';
import type { LibraryRoot } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { folderFailure } from '../../adapters/walk/errors';
import { isUnder, type RootRow } from '../../store';
import type { Context } from '../context';
import { isFolder, locate } from '../paths';

export function rootHandlers(
  context: Context,
): Pick<Handlers, 'roots.list' | 'roots.add' | 'roots.remove' | 'folders.list'> {
  const { store, jobs, events } = context;
  return {
    'roots.list': () => Promise.all(store.roots.list().map(withAvailability)),
    'roots.add': async ({ path }) => withAvailability(await addRoot(context, path)),
    'roots.remove': ({ id }) => {
      jobs.assertIdle();
      if (!store.roots.get(id)) throw new CodedError('not-found', 'This folder is not in the library any more.');
      store.roots.remove(id);
      events.emit('library.changed', {});
      return {};
    },
    'folders.list': ({ path }) => listFolders(resolve(path ?? homedir())),
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

async function withAvailability(root: RootRow): Promise<LibraryRoot> {
  const { id, path, tracks, addedAt } = root;
  return { id, path, tracks, addedAt, available: await isFolder(path) };
}

async function listFolders(path: string) {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const folders = [];
    for (const { name } of entries.filter((entry) => !entry.name.startsWith('.'))) {
      const inner = join(path, name);
      if (await isFolder(inner)) folders.push({ name, path: inner });
    }
    folders.sort((a, b) => a.name.localeCompare(b.name));
    const parent = dirname(path);
    return { path, parent: parent === path ? null : parent, folders };
  } catch (error) {
    const notFolder = await stat(path).then(
      (stats) => !stats.isDirectory(),
      () => false,
    );
    if (notFolder) throw new CodedError('invalid-input', `${path} is a file, not a folder.`);
    throw CodedError.from(folderFailure(path, error));
  }
}
