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

/** What a track of a playlist is told from, in this order. */
type SqlTrack = [
  id: number,
  path: string,
  title: string | null,
  artist: string | null,
  albumArtist: string | null,
  album: string | null,
  trackNumber: number | null,
  year: number | null,
  genres: string[],
  durationSec: number | null,
  bitrate: number | null,
  sampleRate: number | null,
  sizeBytes: number,
  rating: number | null,
  addedAt: number,
  mtimeNs: string,
];

/** As one text, since the SQLite library takes its time for each row. */
const TRACKS = `SELECT json_group_array(json_array(t.id, t.path, t.title, t.artist, t.album_artist, t.album, t.track_number, t.year,
  json(CASE WHEN d.genres <> '[]' THEN d.genres ELSE t.own_genres END), t.duration_sec, t.bitrate, t.sample_rate, t.size, t.rating,
  t.added_at, t.mtime_ns) ORDER BY c.key) AS tracks
FROM json_each(?) c JOIN tracks t ON t.id = c.value LEFT JOIN decisions d ON d.track_id = t.id`;

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
     * The tracks of which a rule holds, by id, and what the columns (SQL over `rule_facts p` and `track_facts f`) say of each.
     *
     * @returns the ids, then as many lists as there are columns, each as long
     */
    *matching(rule: RuleSql, columns: readonly RuleSql[]): Generator<void, [ids: number[], ...values: unknown[][]]> {
      const lists = [{ sql: 'p.track_id', params: [] }, ...columns].map(
        ({ sql }, n) => `json_group_array(${sql}) AS c${n}`,
      );
      const sql = `SELECT ${lists.join(', ')} ${PRESENT} AND (${rule.sql})`;
      const found: [number[], ...unknown[][]] = [[], ...columns.map(() => [])];
      for (let from = 0, last = lastId(); from < last; from += TOGETHER) {
        const params = [...columns.flatMap((each) => each.params), from, from + TOGETHER, ...rule.params];
        const row = db.get<Record<string, string>>(sql, params)!;
        for (const [n, list] of found.entries())
          for (const value of JSON.parse(row[`c${n}`]!) as never[]) list.push(value);
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
    /** How long these tracks play and how large they are, those not known counting 0. */
    *sizes(ids: readonly number[]): Generator<void, { durationSec: number; sizeBytes: number }> {
      const sizes = { durationSec: 0, sizeBytes: 0 };
      for (let at = 0; at < ids.length; at += TOGETHER) {
        const part = db.get<typeof sizes>(
          `SELECT coalesce(sum(p.duration_sec), 0) AS durationSec, coalesce(sum(p.size), 0) AS sizeBytes
           FROM json_each(?) c JOIN rule_facts p ON p.track_id = c.value`,
          [JSON.stringify(ids.slice(at, at + TOGETHER))],
        )!;
        sizes.durationSec += part.durationSec;
        sizes.sizeBytes += part.sizeBytes;
        yield;
      }
      return sizes;
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
        const row = db.get<{ tracks: string }>(TRACKS, [JSON.stringify(ids.slice(at, at + PAGE_OF_TRACKS))]);
        for (const each of JSON.parse(row?.tracks ?? '[]') as SqlTrack[]) tracks.push(toTrack(each));
        yield;
      }
      return tracks;
    },
  };
}

const PAGE_OF_TRACKS = 500;

function valuesOf(field: TextField, text: string): readonly string[] {
  if (field === 'tag') return JSON.parse(text) as string[];
  if (field === 'folder') return [splitPath(text).folder];
  return [field === 'fileName' ? splitPath(text).name : text];
}

function toTrack(row: SqlTrack): PlaylistTrack {
  const [id, path, title, artist, albumArtist, album, trackNumber, year, genres, ...rest] = row;
  const [durationSec, bitrate, sampleRate, sizeBytes, rating, addedAt, mtimeNs] = rest;
  return {
    ...{
      id,
      path,
      title,
      artist,
      albumArtist,
      album,
      trackNumber,
      year,
      genres,
      durationSec,
      sampleRate,
      sizeBytes,
      rating,
      addedAt,
    },
    bitrate: kilobits(bitrate),
    modifiedAt: millisecondsOf(mtimeNs),
  };
}
