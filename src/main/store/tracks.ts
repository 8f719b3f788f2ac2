import { basename, dirname } from 'node:path';
import type { OwnTags } from '#shared/domain/tags';
import { foldText } from '#shared/domain/text';
import type { Derivation } from './derive';
import type { Database, SqlValue } from './driver';
import type { GenreStore } from './genres';
import { sortKey } from './text';
import { underPath, underPathParams } from './under-path';

/** What a scan compares: a file's identity in the store and on disk. */
export interface TrackIdentity {
  readonly id: number;
  readonly path: string;
  readonly rootId: number | null;
  readonly size: number;
  readonly mtimeNs: string;
  readonly inode: string;
  readonly contentHash: string | null;
  readonly missing: number;
  /** 1 if the last scan could not read it for a reason that its size and time would not show. */
  readonly retry: number;
  /** 1 if its tags are to be read again although it is unchanged. */
  readonly reread: number;
}

export interface ScannedFile {
  readonly path: string;
  readonly rootId: number | null;
  readonly size: number;
  readonly mtimeNs: string;
  readonly inode: string;
  /** Null where the tags could not be read. */
  readonly tags: OwnTags | null;
  /** Hash of the audio payload where it is known; null: not known (yet). */
  readonly contentHash: string | null;
}

/** What a scan compares of a present track with what is on disk. */
export interface TrackFile extends Pick<TrackIdentity, 'id' | 'path' | 'size' | 'mtimeNs' | 'retry' | 'reread'> {
  readonly inRoot: number;
}

/** Version of what is read of tags; a library that an older one read has them read again by its next scan, and nothing analysed anew. */
const TAGS_READ = 1;

const REREAD = `tags_read <> ${TAGS_READ}`;

const RETRY = `has_failure AND EXISTS (SELECT 1 FROM failures f WHERE f.track_id = tracks.id AND f.stage = 'scan'
    AND f.code IN ('permission-denied', 'read-failed', 'not-found'))`;

/** By id, as the rows lie: read one after the other. As one text, since the SQLite library takes its time for each row. */
const FILES = `SELECT json_group_array(json_array(id, path, size, mtime_ns, in_root, retry, reread)) AS files
FROM (SELECT id, path, size, mtime_ns, root_id IS :rootId AS in_root, ${RETRY} AS retry, ${REREAD} AS reread
  FROM tracks NOT INDEXED WHERE id > :afterId AND missing = 0 AND ${underPath('path')} ORDER BY id LIMIT :limit)`;

const IDENTITY = `SELECT id, path, root_id AS rootId, size, mtime_ns AS mtimeNs, inode, content_hash AS contentHash, missing,
  ${RETRY} AS retry, ${REREAD} AS reread
FROM tracks`;

const COLUMNS = [
  'root_id',
  'path',
  'file_name',
  'size',
  'mtime_ns',
  'inode',
  'content_hash',
  'title',
  'artist',
  'album',
  'album_artist',
  'year',
  'track_number',
  'duration_sec',
  'bitrate',
  'sample_rate',
  'container',
  'codec',
  'own_genres',
  'own_genre_folds',
  'own_moods',
  'search',
  'title_key',
  'artist_key',
  'album_key',
  'own_genre_key',
  'rating',
  'tags_read',
] as const;

/** Two look-ups in two indexes; one condition with OR would read the whole table, for each new file. */
export const MISSING_LIKE = `SELECT id FROM tracks WHERE missing = 1 AND size = ?
  UNION SELECT id FROM tracks WHERE missing = 1 AND content_hash = ?`;

const INSERT = `INSERT INTO tracks (${COLUMNS.join(', ')}, added_at) VALUES (${COLUMNS.map((c) => `:${c}`).join(', ')}, :added_at)`;
const UPDATE = `UPDATE tracks SET ${COLUMNS.map((c) => `${c} = :${c}`).join(', ')}, missing = 0 WHERE id = :id`;

export function createTracks(db: Database, derivation: Derivation, genres: Pick<GenreStore, 'folds'>) {
  const putTexts = (id: number, { tags }: ScannedFile): void => {
    db.run('DELETE FROM track_texts WHERE track_id = ?', [id]);
    if (Object.keys(tags?.texts ?? {}).length === 0) return;
    db.run('INSERT INTO track_texts (track_id, texts) VALUES (?, jsonb(?))', [id, JSON.stringify(tags?.texts)]);
  };
  return {
    byPath: (path: string) => db.get<TrackIdentity>(`${IDENTITY} WHERE path = ?`, [path]),
    byId: (id: number) => db.get<TrackIdentity>(`${IDENTITY} WHERE id = ?`, [id]),
    /** Present tracks at or under a path, in path order. */
    idsUnder: (path: string): number[] =>
      db
        .all<{ id: number }>(
          `SELECT id FROM tracks WHERE missing = 0 AND ${underPath('path')} ORDER BY path`,
          underPathParams(path),
        )
        .map((row) => row.id),
    inPathOrder: (ids: readonly number[]): number[] =>
      db
        .all<{ id: number }>('SELECT id FROM tracks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY path', [
          JSON.stringify(ids),
        ])
        .map((row) => row.id),
    /** The next present tracks at or under a path, by id, and whether they are of this root and could be read. */
    filesUnder: (path: string, rootId: number | null, afterId: number, limit: number): TrackFile[] => {
      const row = db.get<{ files: string }>(FILES, { ...underPathParams(path), rootId, afterId, limit });
      const files = JSON.parse(row?.files ?? '[]') as [number, string, number, string, number, number, number][];
      return files.map(([id, name, size, mtimeNs, inRoot, retry, reread]) => ({
        id,
        path: name,
        size,
        mtimeNs,
        inRoot,
        retry,
        reread,
      }));
    },
    paths: (ids: readonly number[]): { id: number; path: string }[] =>
      db.all('SELECT id, path FROM tracks WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)]),
    withoutRoot: (): TrackIdentity[] => db.all(`${IDENTITY} WHERE root_id IS NULL AND missing = 0 ORDER BY path`),
    countMissing: (): number => db.get<{ n: number }>('SELECT count(*) AS n FROM tracks WHERE missing = 1')?.n ?? 0,
    /** Vanished tracks that a file of this size or content might be. */
    missingLike: (size: number, contentHash: string | null): TrackIdentity[] =>
      db.all(`${IDENTITY} WHERE id IN (${MISSING_LIKE}) ORDER BY id LIMIT 50`, [size, contentHash]),
    /** Tracks under which this very file is known, by what a rename keeps. */
    sameFile: ({ size, mtimeNs, inode }: Pick<ScannedFile, 'size' | 'mtimeNs' | 'inode'>): TrackIdentity[] =>
      db.all(`${IDENTITY} WHERE inode = ? AND size = ? AND mtime_ns = ? ORDER BY id LIMIT 20`, [inode, size, mtimeNs]),
    markMissing: (ids: readonly number[]): void => {
      db.run(`UPDATE tracks SET missing = 1 WHERE id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
    },
    /** Only the place changed: tracks that came back, or whose folder became part of another root. */
    restore: (ids: readonly number[], rootId: number | null): void => {
      db.run('UPDATE tracks SET missing = 0, root_id = ? WHERE id IN (SELECT value FROM json_each(?))', [
        rootId,
        JSON.stringify(ids),
      ]);
    },
    insert: (file: ScannedFile, addedAt: number): number =>
      db.transaction(() => {
        const { lastId } = db.run(INSERT, { ...columnsOf(file, genres), added_at: addedAt });
        putTexts(lastId, file);
        derivation.track(lastId);
        return lastId;
      }),
    /** Replaces what the store knows of a file; decisions and results stay with the row. */
    update: (id: number, file: ScannedFile): void => {
      db.transaction(() => {
        db.run(UPDATE, { ...columnsOf(file, genres), id });
        putTexts(id, file);
        db.run('UPDATE OR REPLACE failures SET path = ? WHERE track_id = ?', [file.path, id]);
        derivation.track(id);
      });
    },
    setContentHash: (id: number, contentHash: string): void => {
      db.transaction(() => {
        db.run('UPDATE tracks SET content_hash = ? WHERE id = ?', [contentHash, id]);
        derivation.track(id);
      });
    },
  };
}

export type Tracks = ReturnType<typeof createTracks>;

function columnsOf(
  file: ScannedFile,
  { folds }: Pick<GenreStore, 'folds'>,
): Record<(typeof COLUMNS)[number], SqlValue> {
  const { tags } = file;
  const fileName = basename(file.path);
  const genres = tags?.genres ?? [];
  return {
    root_id: file.rootId,
    path: file.path,
    file_name: fileName,
    size: file.size,
    mtime_ns: file.mtimeNs,
    inode: file.inode,
    content_hash: file.contentHash,
    title: tags?.title ?? null,
    artist: tags?.artist ?? null,
    album: tags?.album ?? null,
    album_artist: tags?.albumArtist ?? null,
    year: tags?.year ?? null,
    track_number: tags?.trackNumber ?? null,
    duration_sec: tags?.durationSec ?? null,
    bitrate: tags?.bitrate ?? null,
    sample_rate: tags?.sampleRate ?? null,
    container: tags?.container ?? null,
    codec: tags?.codec ?? null,
    own_genres: JSON.stringify(genres),
    own_genre_folds: folds(genres),
    own_moods: JSON.stringify(tags?.moods ?? []),
    search: searchText(file.path, fileName, tags),
    title_key: sortKey(tags?.title) ?? sortKey(fileName) ?? '',
    artist_key: sortKey(tags?.artist),
    album_key: sortKey(tags?.album),
    own_genre_key: sortKey(genres[0]),
    rating: tags?.rating ?? null,
    tags_read: TAGS_READ,
  };
}

/** Searched: the tags shown in the table, the file's name and its folder's. */
function searchText(path: string, fileName: string, tags: OwnTags | null): string {
  const parts = [tags?.title, tags?.artist, tags?.album, tags?.albumArtist, ...(tags?.genres ?? [])];
  return foldText([...parts, basename(dirname(path)), fileName].filter(Boolean).join('\n'));
}
