import { join } from 'node:path';
import type { ExportedFile } from '#shared/contract/playlist-export';
import { toFailure } from '#shared/domain/failure';
import { isSameFile, putPlaylistFile, removePlaylistFile, renamePlaylistFile } from '../../adapters/playlist-files';
import type { PlaylistFileRow } from '../../store/playlist-files';
import { makeFile, type ExportContext, type ExportFile, type ExportRequest, type NamedPlaylist } from './plan';

interface WriteOptions {
  /** The synced folder that the file belongs to; null of one that is exported once. */
  readonly folderId: number | null;
  /** Also over what another program wrote. */
  readonly replace: boolean;
}

/** Writes a playlist's file, and keeps that it is ours. What fails is told, never thrown. */
export async function writeOne(
  context: ExportContext,
  named: NamedPlaylist,
  request: ExportRequest,
  { folderId, replace }: WriteOptions,
): Promise<ExportedFile> {
  const { id, playlist } = named.kept;
  const told = { playlistId: id, name: playlist.name, path: null, writes: 'list', tracks: 0, leftOutCount: 0 } as const;
  try {
    const file = await makeFile(context, named, request);
    const path = join(request.folder, file.fileName);
    const result = resultOf(file, path);
    try {
      await moveFormer(context, path, id, folderId);
      const known = ownHash(context, path, id, folderId);
      const outcome = await putPlaylistFile(path, file.text, known, replace);
      const row = context.store.playlistFiles.file(path);
      context.store.playlistFiles.keepFile({
        path,
        hash: file.text.hash,
        folderId: folderId ?? row?.folderId ?? null,
        playlistId: id,
      });
      return { ...result, outcome };
    } catch (error) {
      return { ...result, outcome: 'failed', failure: toFailure(error) };
    }
  } catch (error) {
    return { ...told, outcome: 'failed', failure: toFailure(error) };
  }
}

const resultOf = ({ playlistId, name, writes, tracks, leftOut }: ExportFile, path: string) => ({
  ...{ playlistId, name, path, writes, tracks },
  leftOutCount: leftOut.length,
  failure: null,
});

/** The hash of what we wrote at a path: for this playlist, for one that is gone, or for any of the same synced folder. */
function ownHash({ store }: ExportContext, path: string, playlistId: number, folderId: number | null): string | null {
  const row = store.playlistFiles.file(path);
  if (!row) return null;
  const isOurs =
    row.playlistId === playlistId ||
    (folderId !== null && row.folderId === folderId) ||
    store.playlists.get(row.playlistId) === undefined;
  return isOurs ? row.hash : null;
}

/** A file whose name changes in case alone is the same file where case does not count: it takes its new name first. */
async function moveFormer(
  context: ExportContext,
  path: string,
  playlistId: number,
  folderId: number | null,
): Promise<void> {
  if (folderId === null) return;
  const { playlistFiles } = context.store;
  for (const row of playlistFiles.filesOf(folderId)) {
    if (row.playlistId !== playlistId || row.path === path || !(await isSameFile(row.path, path))) continue;
    await renamePlaylistFile(row.path, path);
    playlistFiles.forgetFile(row.path);
    playlistFiles.keepFile({ ...row, path });
  }
}

/**
 * Removes a file that no longer belongs to a synced folder, if it is as we wrote it; else it is left, and no longer ours.
 *
 * @returns null where it was gone already
 */
export async function removeOne({ store }: ExportContext, row: PlaylistFileRow): Promise<ExportedFile> {
  const name = row.path.slice(Math.max(row.path.lastIndexOf('/'), row.path.lastIndexOf('\\')) + 1);
  const told = {
    playlistId: row.playlistId,
    name,
    path: row.path,
    writes: 'list',
    tracks: 0,
    leftOutCount: 0,
  } as const;
  try {
    const removed = await removePlaylistFile(row.path, row.hash);
    store.playlistFiles.forgetFile(row.path);
    const message = 'It was changed by another program, so it was left. Remove it yourself if it is not wanted.';
    return removed
      ? { ...told, outcome: 'removed', failure: null }
      : { ...told, outcome: 'failed', failure: { code: 'file-changed', message } };
  } catch (error) {
    return { ...told, outcome: 'failed', failure: toFailure(error) };
  }
}
