import { resolve } from 'node:path';
import type { PLAYLIST_EXPORT_METHODS } from '#shared/contract/playlist-export';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { assertPlaylistFolder } from '../../adapters/playlist-files';
import { ALL_TARGETS } from '../../core/playlists/targets';
import type { FolderPlan } from '../../store/playlist-files';
import type { Context } from '../context';
import { toInfo } from '../playlist-export/info';
import { exported, planOf, type ExportRequest } from '../playlist-export/plan';
import { notThere } from '../playlist-export/sync';
import { writeOne } from '../playlist-export/write';

export function playlistExportHandlers(context: Context): Pick<Handlers, keyof typeof PLAYLIST_EXPORT_METHODS> {
  const { store, playlistSync } = context;
  const syncedNow = async (id: number) => (await playlistSync.sync(id, false))[0]!;
  const refuseTwice = ({ folder, target }: FolderPlan, id: number | null): void => {
    const same = store.playlistFiles.folders().find((row) => row.folder === folder && row.target === target);
    if (same && same.id !== id)
      throw new CodedError('invalid-input', `${folder} is kept up to date for this target already. Change that entry.`);
  };

  return {
    'playlistTargets.list': () => ALL_TARGETS.map(toInfo),
    'playlists.exportPlan': async (input) => {
      const request = withFolder(input);
      const plans = [];
      for (const named of exported(context, request).values()) plans.push(await planOf(context, named, request));
      return plans;
    },
    'playlists.export': async ({ replace, ...input }) => {
      const request = withFolder(input);
      const playlists = exported(context, request);
      await assertPlaylistFolder(request.folder);
      const files = [];
      for (const named of playlists.values())
        files.push(await writeOne(context, named, request, { folderId: null, replace }));
      return files;
    },

    'playlistFolders.list': () => playlistSync.list(),
    'playlistFolders.add': async (input) => {
      const plan = withFolder(input);
      exported(context, plan);
      refuseTwice(plan, null);
      await assertPlaylistFolder(plan.folder);
      return syncedNow(store.playlistFiles.addFolder(plan).id);
    },
    'playlistFolders.change': async ({ id, ...changes }) => {
      const before = store.playlistFiles.folder(id);
      if (!before) throw notThere();
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const plan = withFolder({ ...before, ...given });
      exported(context, plan);
      refuseTwice(plan, id);
      await assertPlaylistFolder(plan.folder);
      store.playlistFiles.changeFolder(id, plan);
      return syncedNow(id);
    },
    'playlistFolders.remove': async ({ id, files }) => {
      await playlistSync.remove(id, files);
      return {};
    },
    'playlistFolders.sync': ({ id, replace }) => playlistSync.sync(id, replace),
  };
}

/** As the user has the folder it may be relative. */
const withFolder = <T extends ExportRequest>(request: T): T => ({ ...request, folder: resolve(request.folder) });
