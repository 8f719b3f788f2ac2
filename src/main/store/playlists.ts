import type { KeptPlaylist } from '#shared/contract/playlists';
import { splitPath } from '#shared/domain/playlists/evaluate';
import { textName } from '#shared/domain/tag-names';
import type { PlaylistTrack, SmartPlaylist, TextCondition, TextField } from '#shared/domain/playlists/playlist';
import type { Database } from './driver';
import type { RuleSql } from './playlists-sql';
import { kilobits, millisecondsOf } from './rule-facts';

/** Rows that are looked at by one statement: some milliseconds. */
const TOGETHER = 4000;
/** Tracks whose paths or texts are read at a time. */
const PAGE = 5000;

interface SqlPlaylist {
  id: number;
  playlist: string;
  position: number;
}

const SELECT = 'SELECT id, playlist, position FROM playlists';

const toKept = ({ playlist, ...row }: SqlPlaylist): KeptPlaylist => ({
  ...row,
  playlist: JSON.parse(playlist) as KeptPlaylist['playlist'],
});

/** Tracks that are there; `f` is left out by SQLite where nothing asks for it. */
const PRESENT = `FROM rule_facts p LEFT JOIN track_facts f ON f.track_id = p.track_id
WHERE p.track_id > ? AND p.track_id <= ? AND p.track_id NOT IN (SELECT id FROM tracks WHERE missing = 1)`;

/** What a track of a playlist is told from. */
interface SqlTrack {
  id: number;
  path: string;
  title: string | null;
  artist: string | null;
  album_artist: string | null;
  album: string | null;
  track_number: number | null;
  year: number | null;
  genres: string;
  duration_sec: number | null;
  bitrate: number | null;
  sample_rate: number | null;
  size: number;
  rating: number | null;
  added_at: number;
  mtime_ns: string;
}

const TRACKS = `SELECT t.id, t.path, t.title, t.artist, t.album_artist, t.album, t.track_number, t.year,
  CASE WHEN d.genres <> '[]' THEN d.genres ELSE t.own_genres END AS genres,
  t.duration_sec, t.bitrate, t.sample_rate, t.size, t.rating, t.added_at, t.mtime_ns
FROM json_each(?) c JOIN tracks t ON t.id = c.value LEFT JOIN decisions d ON d.track_id = t.id ORDER BY c.key`;

/** Where the text of a field stands as it is written. */
const TEXTS: Readonly<Record<Exclude<TextField, 'tag'>, string>> = {
  title: 'title',
  artist: 'artist',
  albumArtist: 'album_artist',
  album: 'album',
  codec: 'codec',
  path: 'path',
  folder: 'path',
  fileName: 'path',
};

/** Smart playlists, and what finding their tracks takes. What reads the whole library does so in parts, and yields between them. */
export function createPlaylists(db: Database) {
  const get = (id: number): KeptPlaylist | undefined => {
    const row = db.get<SqlPlaylist>(`${SELECT} WHERE id = ?`, [id]);
    return row && toKept(row);
  };
  const lastId = (): number => db.get<{ id: number | null }>('SELECT max(id) AS id FROM tracks')?.id ?? 0;

  /** By path, every track that is there; kept until anything in the library changes. */
  function* pathOrder(): Generator<void, readonly number[]> {
    const changes = db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    if (changes === ordered.at) return ordered.ids;
    const ids: number[] = [];
    for (let after = ''; ;) {
      const page = db.get<{ ids: string; last: string | null }>(
        `SELECT json_group_array(id) AS ids, max(path) AS last FROM (
           SELECT id, path FROM tracks WHERE missing = 0 AND path > ? ORDER BY path LIMIT ${PAGE})`,
        [after],
      )!;
      ids.push(...(JSON.parse(page.ids) as number[]));
      if (page.last === null) break;
      after = page.last;
      yield;
    }
    ordered = { at: changes, ids };
    return ids;
  }
  let ordered: { at: number; ids: readonly number[] } = { at: -1, ids: [] };

  return {
    get,
    list: (): KeptPlaylist[] => db.all<SqlPlaylist>(`${SELECT} ORDER BY position, id`).map(toKept),
    /** As the last. */
    add: (playlist: SmartPlaylist, now: number): KeptPlaylist => {
      const { lastId } = db.run(
        `INSERT INTO playlists (name, playlist, position, created_at)
         VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM playlists), ?)`,
        [playlist.name, JSON.stringify(playlist), now],
      );
      return get(lastId)!;
    },
    change: ({ id, playlist, position }: { id: number; playlist: SmartPlaylist; position: number }): void => {
      db.run('UPDATE playlists SET name = ?, playlist = ?, position = ? WHERE id = ?', [
        playlist.name,
        JSON.stringify(playlist),
        position,
        id,
      ]);
    },
    remove: (id: number): void => {
      db.run('DELETE FROM playlists WHERE id = ?', [id]);
    },

    lastId,
    pathOrder,
    /**
     * Of the tracks of which a rule holds the id, and what the columns say (SQL over `rule_facts p` and `track_facts f`), by id.
     */
    *matching(rule: RuleSql, columns: readonly RuleSql[]): Generator<void, [id: number, ...unknown[]][]> {
      const sql = `SELECT json_group_array(json_array(${['p.track_id', ...columns.map((each) => each.sql)].join(', ')})) AS found
        ${PRESENT} AND (${rule.sql})`;
      const found: [number, ...unknown[]][] = [];
      for (let from = 0, last = lastId(); from < last; from += TOGETHER) {
        const params = [...columns.flatMap((each) => each.params), from, from + TOGETHER, ...rule.params];
        const row = db.get<{ found: string }>(sql, params);
        for (const each of JSON.parse(row?.found ?? '[]') as [number, ...unknown[]][]) found.push(each);
        yield;
      }
      return found;
    },
    /** How many tracks a rule holds of, how long they play and how large they are. */
    *sums(rule: RuleSql): Generator<void, { tracks: number; durationSec: number; sizeBytes: number }> {
      const sql = `SELECT count(*) AS tracks, coalesce(sum(p.duration_sec), 0) AS durationSec, coalesce(sum(p.size), 0) AS sizeBytes
        ${PRESENT} AND (${rule.sql})`;
      const sums = { tracks: 0, durationSec: 0, sizeBytes: 0 };
      for (let from = 0, last = lastId(); from < last; from += TOGETHER) {
        const part = db.get<typeof sums>(sql, [from, from + TOGETHER, ...rule.params])!;
        sums.tracks += part.tracks;
        sums.durationSec += part.durationSec;
        sums.sizeBytes += part.sizeBytes;
        yield;
      }
      return sums;
    },
    /** The values of a text as they are written, of the tracks that have some. */
    *texts({
      field,
      tag,
    }: Pick<TextCondition, 'field' | 'tag'>): Generator<void, [id: number, values: readonly string[]][]> {
      const [table, id, value, params] =
        field === 'tag'
          ? ([
              'track_texts',
              'track_id',
              '(SELECT json(value) FROM json_each(texts) WHERE key = ?)',
              [textName(tag ?? '')],
            ] as const)
          : (['tracks NOT INDEXED', 'id', TEXTS[field], []] as const);
      const found: [number, readonly string[]][] = [];
      for (let from = 0, last = lastId(); from < last; from += TOGETHER) {
        const row = db.get<{ texts: string }>(
          `SELECT json_group_array(json_array(id, value)) AS texts FROM (SELECT ${id} AS id, ${value} AS value FROM ${table}
           WHERE ${id} > ? AND ${id} <= ?) WHERE value IS NOT NULL`,
          [...params, from, from + TOGETHER],
        );
        for (const [track, text] of JSON.parse(row?.texts ?? '[]') as [number, string][])
          found.push([track, valuesOf(field, text)]);
        yield;
      }
      return found;
    },
    /** In the order of the ids; unknown ones are left out. */
    *tracks(ids: readonly number[]): Generator<void, PlaylistTrack[]> {
      const tracks: PlaylistTrack[] = [];
      for (let at = 0; at < ids.length; at += PAGE_OF_TRACKS) {
        const rows = db.all<SqlTrack>(TRACKS, [JSON.stringify(ids.slice(at, at + PAGE_OF_TRACKS))]);
        for (const row of rows) tracks.push(toTrack(row));
        yield;
      }
      return tracks;
    },
  };
}

const PAGE_OF_TRACKS = 200;

function valuesOf(field: TextField, text: string): readonly string[] {
  if (field === 'tag') return JSON.parse(text) as string[];
  if (field === 'folder') return [splitPath(text).folder];
  return [field === 'fileName' ? splitPath(text).name : text];
}

const toTrack = (row: SqlTrack): PlaylistTrack => ({
  id: row.id,
  path: row.path,
  title: row.title,
  artist: row.artist,
  albumArtist: row.album_artist,
  album: row.album,
  trackNumber: row.track_number,
  year: row.year,
  genres: JSON.parse(row.genres) as string[],
  durationSec: row.duration_sec,
  bitrate: kilobits(row.bitrate),
  sampleRate: row.sample_rate,
  sizeBytes: row.size,
  rating: row.rating,
  addedAt: row.added_at,
  modifiedAt: millisecondsOf(row.mtime_ns),
});
