import type { PlaylistFolder } from '#shared/contract/playlist-export';
import type { Database } from './driver';

export type FolderRow = Omit<PlaylistFolder, 'files'>;
export type FolderPlan = Omit<FolderRow, 'id' | 'syncedAt'>;

/** A file that we wrote. */
export interface PlaylistFileRow {
  readonly path: string;
  /** SHA-256 of what was written, hex. */
  readonly hash: string;
  /** The synced folder that it belongs to; null where it was exported once. */
  readonly folderId: number | null;
  readonly playlistId: number;
}

interface SqlFolder {
  id: number;
  folder: string;
  target: string;
  options: string;
  playlists: string | null;
  synced_at: number | null;
}

const FOLDERS = 'SELECT id, folder, target, options, playlists, synced_at FROM playlist_folders';
const FILES = 'SELECT path, hash, folder_id AS folderId, playlist_id AS playlistId FROM playlist_files';
/** Lists of labels that are read at a time. */
const TOGETHER = 20_000;

const toFolder = (row: SqlFolder): FolderRow => ({
  id: row.id,
  folder: row.folder,
  target: row.target as FolderRow['target'],
  options: JSON.parse(row.options) as FolderRow['options'],
  playlists: row.playlists === null ? 'all' : (JSON.parse(row.playlists) as number[]),
  syncedAt: row.synced_at,
});

const valuesOf = ({ folder, target, options, playlists }: FolderPlan): (string | null)[] => [
  folder,
  target,
  JSON.stringify(options),
  playlists === 'all' ? null : JSON.stringify(playlists),
];

/** Synced folders, and the playlist files that we wrote. */
export function createPlaylistFiles(db: Database) {
  const folder = (id: number): FolderRow | undefined => {
    const row = db.get<SqlFolder>(`${FOLDERS} WHERE id = ?`, [id]);
    return row && toFolder(row);
  };
  return {
    folder,
    folders: (): FolderRow[] => db.all<SqlFolder>(`${FOLDERS} ORDER BY id`).map(toFolder),
    addFolder: (plan: FolderPlan): FolderRow => {
      const { lastId } = db.run(
        'INSERT INTO playlist_folders (folder, target, options, playlists) VALUES (?, ?, ?, ?)',
        valuesOf(plan),
      );
      return folder(lastId)!;
    },
    changeFolder: (id: number, plan: FolderPlan): void => {
      db.run('UPDATE playlist_folders SET folder = ?, target = ?, options = ?, playlists = ? WHERE id = ?', [
        ...valuesOf(plan),
        id,
      ]);
    },
    removeFolder: (id: number): void => {
      db.run('DELETE FROM playlist_folders WHERE id = ?', [id]);
    },
    synced: (id: number, at: number): void => {
      db.run('UPDATE playlist_folders SET synced_at = ? WHERE id = ?', [at, id]);
    },

    file: (path: string): PlaylistFileRow | undefined => db.get<PlaylistFileRow>(`${FILES} WHERE path = ?`, [path]),
    filesOf: (folderId: number): PlaylistFileRow[] =>
      db.all<PlaylistFileRow>(`${FILES} WHERE folder_id = ? ORDER BY path`, [folderId]),
    keepFile: ({ path, hash, folderId, playlistId }: PlaylistFileRow): void => {
      db.run('INSERT OR REPLACE INTO playlist_files (path, hash, folder_id, playlist_id) VALUES (?, ?, ?, ?)', [
        path,
        hash,
        folderId,
        playlistId,
      ]);
    },
    forgetFile: (path: string): void => {
      db.run('DELETE FROM playlist_files WHERE path = ?', [path]);
    },

    /** Every genre or mood that stands in some file, as it is spelt there. */
    *labelsInFiles(of: 'genre' | 'mood'): Generator<void, string[]> {
      const labels = new Set<string>();
      const last = db.get<{ id: number | null }>('SELECT max(id) AS id FROM tracks')?.id ?? 0;
      for (let from = 0; from < last; from += TOGETHER) {
        const rows = db.all<{ list: string }>(
          `SELECT DISTINCT own_${of}s AS list FROM tracks WHERE id > ? AND id <= ?`,
          [from, from + TOGETHER],
        );
        for (const { list } of rows) for (const label of JSON.parse(list) as string[]) labels.add(label);
        yield;
      }
      return [...labels];
    },
  };
}
