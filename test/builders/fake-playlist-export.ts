import type {
  ExportedFile,
  ExportPlan,
  PLAYLIST_EXPORT_METHODS,
  PlaylistFolder,
} from '#shared/contract/playlist-export';
import type { KeptPlaylist } from '#shared/contract/playlists';
import type { Handlers, ParsedInput } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { fileNamesFor } from '../../src/main/core/playlists/paths/file-name';
import { ALL_TARGETS, TARGETS } from '../../src/main/core/playlists/targets';
import { toInfo } from '../../src/main/backend/playlist-export/info';

type What = ParsedInput<'playlists.exportPlan'>;

type Playlists = Pick<Handlers, 'playlists.list' | 'playlists.preview'>;

/**
 * Export as the window sees it: targets and rules are the real ones, files are only said to be written. A folder whose name begins with
 * `full` has no room; `Taken.m3u8` is always somebody else's.
 */
export function playlistExportHandlers(
  playlists: Playlists,
  changed: () => void,
): Pick<Handlers, keyof typeof PLAYLIST_EXPORT_METHODS> {
  let folders: PlaylistFolder[] = [];
  let lastId = 0;
  const asked = async ({ playlists: which }: Pick<What, 'playlists'>): Promise<KeptPlaylist[]> =>
    (await playlists['playlists.list']({})).filter(({ id }) => which === 'all' || which.includes(id));

  const plan = async (what: What): Promise<ExportPlan[]> => {
    const { rules, list, extension } = TARGETS[what.target];
    const kept = await asked(what);
    const stems = fileNamesFor(
      kept.map(({ playlist }) => playlist.name),
      '',
    );
    const plans = kept.map(async ({ id, playlist }, i): Promise<ExportPlan> => {
      const said = rules?.language.say(playlist, { labels: (_, __, value) => [value] }) ?? null;
      const text = said && 'text' in said ? said : null;
      const writes = text && rules?.file ? 'rule' : 'list';
      const { tracks } = await playlists['playlists.preview']({ playlist });
      return {
        playlistId: id,
        name: playlist.name,
        fileName: stems[i]! + (writes === 'rule' ? extension : TARGETS[list].extension),
        writes,
        cannot: said && 'cannot' in said ? [...said.cannot] : [],
        expression: text && !rules?.file ? text.text : null,
        notes: text ? [...text.notes] : [],
        tracks,
        leftOut:
          tracks > 100 && writes === 'list'
            ? [{ path: '/music/two\nlines.mp3', why: 'Its path holds a line break.' }]
            : [],
        leftOutCount: tracks > 100 && writes === 'list' ? 1 : 0,
        preview: writes === 'rule' ? (text?.text ?? '') : `#EXTM3U\n#PLAYLIST:${playlist.name}\n`,
      };
    });
    return Promise.all(plans);
  };

  const write = async (what: What, replace: boolean): Promise<ExportedFile[]> =>
    (await plan(what)).map(({ playlistId, name, fileName, writes, tracks, leftOutCount }) => {
      const failure = failureOf(what.folder, fileName, replace);
      return {
        ...{ playlistId, name, writes, tracks, leftOutCount, failure },
        path: `${what.folder}/${fileName}`,
        outcome: failure ? 'failed' : 'written',
      };
    });

  const existing = (id: number): PlaylistFolder => {
    const found = folders.find((each) => each.id === id);
    if (!found) throw new CodedError('not-found', 'This folder is not kept up to date any more. Add it again.');
    return found;
  };
  const synced = async (folder: PlaylistFolder, replace: boolean): Promise<PlaylistFolder> => {
    const now = { ...folder, syncedAt: Date.now(), files: await write(folder, replace) };
    folders = [...folders.filter(({ id }) => id !== folder.id), now].sort((a, b) => a.id - b.id);
    changed();
    return now;
  };

  return {
    'playlistTargets.list': () => ALL_TARGETS.map(toInfo),
    'playlists.exportPlan': plan,
    'playlists.export': ({ replace, ...what }) => write(what, replace),
    'playlistFolders.list': () => folders,
    'playlistFolders.add': (what) => {
      if (folders.some(({ folder, target }) => folder === what.folder && target === what.target))
        throw new CodedError(
          'invalid-input',
          `${what.folder} is kept up to date for this target already. Change that entry.`,
        );
      return synced({ ...what, id: ++lastId, syncedAt: null, files: [] }, false);
    },
    'playlistFolders.change': ({ id, ...changes }) => synced({ ...existing(id), ...changes }, false),
    'playlistFolders.remove': ({ id }) => {
      existing(id);
      folders = folders.filter((each) => each.id !== id);
      changed();
      return {};
    },
    'playlistFolders.sync': ({ id, replace }) =>
      Promise.all(folders.filter((each) => id === undefined || each.id === id).map((each) => synced(each, replace))),
  };
}

function failureOf(folder: string, fileName: string, replace: boolean): ExportedFile['failure'] {
  if (/(^|\/)full/.test(folder)) return { code: 'no-space', message: 'The disk is full; free some space and repeat.' };
  if (!fileName.startsWith('Taken.') || replace) return null;
  return {
    code: 'file-changed',
    message: `${fileName} is in this folder already, and Genregram did not write it. Move it away, choose another folder, or say that it is to be replaced.`,
  };
}
