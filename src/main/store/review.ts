import type { Database } from './driver';
import { bytesOf } from './driver';
import { embeddingBytes } from './embedding-blob';
import { QUICK } from './query';

/** What a track says of its genre: what was decided, else what was heard for sure. */
export interface Saying {
  readonly id: number;
  /** Null where nothing was decided or named. */
  readonly genre: string | null;
  readonly undecided: boolean;
}

/** Which tracks belong together with one, and the name that they share. */
export interface Fellows {
  readonly name: string;
  /** In path order, the one asked about among them. */
  readonly tracks: readonly Saying[];
}

/** A track and the result that it shows. */
export type Shown = readonly [trackId: number, resultId: number];

const UNDECIDED = `t.missing = 0 AND t.quick & ${QUICK.unreviewed | QUICK['look-again']}`;
const FRESH = `t.missing = 0 AND t.quick & ${QUICK.unreviewed}`;
const DOUBT = 't.genre_confidence ASC NULLS LAST, t.path ASC';

/** Each is read from one index; what is no music has no confidence and comes last. */
const LISTS = {
  lookAgain: `t.missing = 0 AND t.quick & ${QUICK['look-again']} ORDER BY t.path`,
  doubtful: `${FRESH} ORDER BY ${DOUBT}`,
  disagreeing: `${FRESH} AND t.quick & ${QUICK.disagrees} ORDER BY t.genre_confidence DESC, t.path DESC`,
  agreeing: `${FRESH} AND t.quick & ${QUICK.disagrees} = 0 ORDER BY ${DOUBT}`,
  byPath: `${FRESH} ORDER BY t.path`,
} as const;

const SAYING = `SELECT t.id, coalesce(json_extract(d.genres, '$[0]'),
    CASE WHEN t.genre_abstained = 0 AND coalesce(d.action, '') <> 'skip' THEN t.genre_top END) AS genre,
  t.quick & ${QUICK.unreviewed | QUICK['look-again']} <> 0 AS undecided
FROM tracks t LEFT JOIN decisions d ON d.track_id = t.id WHERE t.missing = 0`;

/** One album: of the same name, and of the same album artist, artist or folder. */
const ALBUM = `${SAYING} AND t.album_key = :album AND (t.album_artist = :albumArtist
  OR ((:albumArtist IS NULL OR t.album_artist IS NULL)
    AND (t.artist_key = :artist OR substr(t.path, 1, length(t.path) - length(t.file_name)) = :folder)))
ORDER BY t.path`;

const SHOWN = `SELECT json_group_array(json_array(id, result_id)) AS shown FROM (
  SELECT t.id, t.result_id FROM tracks t INDEXED BY tracks_result
  WHERE t.result_id IS NOT NULL AND (t.result_id, t.id) > (:resultId, :trackId) ORDER BY t.result_id, t.id LIMIT :limit)`;

interface SqlPlace {
  album: string | null;
  albumKey: string | null;
  albumArtist: string | null;
  artist: string | null;
  artistKey: string | null;
  folder: string;
}

/** What a review of the tracks needs to know. */
export function createReview(db: Database) {
  /** One text is read much faster than as many rows. */
  const list = (name: keyof typeof LISTS): number[] => {
    const row = db.get<{ ids: string }>(
      `SELECT json_group_array(id) AS ids FROM (SELECT t.id FROM tracks t WHERE ${LISTS[name]})`,
    );
    return JSON.parse(row?.ids ?? '[]') as number[];
  };
  const place = (trackId: number): SqlPlace | undefined =>
    db.get<SqlPlace>(
      `SELECT album, album_key AS albumKey, album_artist AS albumArtist, artist, artist_key AS artistKey,
         substr(path, 1, length(path) - length(file_name)) AS folder FROM tracks WHERE id = ?`,
      [trackId],
    );
  const sayings = (sql: string, params: Parameters<Database['all']>[1]): Saying[] =>
    db
      .all<{ id: number; genre: string | null; undecided: number }>(sql, params)
      .map(({ id, genre, undecided }) => ({ id, genre, undecided: undecided === 1 }));

  return {
    list,
    /** Those of the tracks that wait for a decision, in the order given. */
    undecidedOf: (ids: readonly number[]): number[] =>
      db
        .all<{ id: number }>(
          `SELECT t.id FROM json_each(?) c JOIN tracks t ON t.id = c.value WHERE ${UNDECIDED} ORDER BY c.key`,
          [JSON.stringify(ids)],
        )
        .map(({ id }) => id),
    albumOf: (trackId: number): Fellows | null => {
      const at = place(trackId);
      if (at?.album == null || at.albumKey === null) return null;
      const { albumKey, albumArtist, artistKey, folder } = at;
      return { name: at.album, tracks: sayings(ALBUM, { album: albumKey, albumArtist, artist: artistKey, folder }) };
    },
    artistOf: (trackId: number): Fellows | null => {
      const at = place(trackId);
      if (at?.artist == null || at.artistKey === null) return null;
      return { name: at.artist, tracks: sayings(`${SAYING} AND t.artist_key = ? ORDER BY t.path`, [at.artistKey]) };
    },
    /** Another one as soon as tracks or results were added; takes no time. */
    newest: (): string => {
      const { track, result } = db.get<{ track: number | null; result: number | null }>(
        'SELECT (SELECT max(id) FROM tracks) AS track, (SELECT max(id) FROM results) AS result',
      )!;
      return `${track}:${result}`;
    },
    /** The next tracks that show a result, by result and id after the pair given; `[0, 0]` begins. */
    shownAfter: ([trackId, resultId]: Shown, limit: number): Shown[] => {
      const row = db.get<{ shown: string }>(SHOWN, { trackId, resultId, limit });
      return JSON.parse(row?.shown ?? '[]') as Shown[];
    },
    /** The embeddings of results as signed bytes, which are the values over a scale of each result's own. */
    embeddingBytes: (resultIds: readonly number[]): Map<number, Int8Array> =>
      new Map(
        db
          .all<{ id: number; embedding: unknown }>(
            `SELECT r.id, r.embedding FROM json_each(?) c CROSS JOIN results r INDEXED BY results_embedding
             ON r.id = c.value WHERE r.embedding IS NOT NULL`,
            [JSON.stringify(resultIds)],
          )
          .map(({ id, embedding }) => {
            const bytes = embeddingBytes(bytesOf(embedding));
            return [id, new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)];
          }),
      ),
    /** Genres of decisions, the most frequent first. */
    decidedGenres: (limit: number): string[] =>
      db
        .all<{ genre: string }>(
          `SELECT g.value AS genre FROM decisions d, json_each(d.genres) g GROUP BY g.value ORDER BY count(*) DESC, g.value LIMIT ?`,
          [limit],
        )
        .map(({ genre }) => genre),
  };
}
