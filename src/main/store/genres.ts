import { createHash } from 'node:crypto';
import { BUILT_IN_GENRES } from '#shared/domain/genres/built-in';
import { foldsOfOwn, readGenres, type GenreGraph } from '#shared/domain/genres/graph';
import type { Database } from './driver';
import type { Settings } from './settings';

const KEY = 'genres';

/** The collector's genres: the built-in graph and the text that changes it, which is kept in the library. */
export function createGenres(db: Database, settings: Settings) {
  const read = (): GenreGraph => readGenres(text()).graph;
  const text = (): string => settings.get(KEY) ?? '';
  let graph = read();
  const folds = (labels: readonly string[]): string => JSON.stringify(foldsOfOwn(graph, labels));

  return {
    text,
    graph: (): GenreGraph => graph,
    /** What `tracks.own_genre_folds` holds for a track of these genres. */
    folds,
    /** Other than before where the folds of tracks are to be made anew. */
    version: (): string => createHash('sha256').update(BUILT_IN_GENRES).update('\0').update(text()).digest('hex'),
    /** Takes another text, which is known to be without a problem; whoever calls this sees to it that `refold` follows. */
    setText: (next: string): void => {
      settings.set(KEY, next);
      graph = read();
    },
    /** How many present tracks have which list of genres of their own. */
    ownLists: (): { genres: readonly string[]; tracks: number }[] =>
      db
        .all<{ own_genres: string; tracks: number }>(
          `SELECT own_genres, count(*) AS tracks FROM tracks WHERE missing = 0 AND own_genre_key IS NOT NULL
           GROUP BY own_genres`,
        )
        .map((row) => ({ genres: JSON.parse(row.own_genres) as string[], tracks: row.tracks })),
    /** Present tracks that have one of these lists, in path order. */
    tracksWith: (lists: readonly (readonly string[])[]): { id: number; path: string }[] =>
      db.all<{ id: number; path: string }>(
        `SELECT id, path FROM tracks WHERE missing = 0 AND own_genres IN (SELECT value FROM json_each(?)) ORDER BY path`,
        [JSON.stringify(lists.map((list) => JSON.stringify(list)))],
      ),
    /** Brings the folds of all tracks up to date; what is derived from them comes after. */
    refold: (): void => {
      const lists = db.all<{ own_genres: string }>(
        'SELECT DISTINCT own_genres FROM tracks WHERE own_genre_key IS NOT NULL',
      );
      db.exec('CREATE TEMP TABLE refolded (own TEXT PRIMARY KEY, folds TEXT NOT NULL) WITHOUT ROWID');
      for (const { own_genres } of lists)
        db.run('INSERT INTO refolded VALUES (?, ?)', [own_genres, folds(JSON.parse(own_genres) as string[])]);
      db.run(`UPDATE tracks SET own_genre_folds = r.folds FROM refolded r
        WHERE r.own = tracks.own_genres AND r.folds <> tracks.own_genre_folds`);
      db.exec('DROP TABLE refolded');
    },
  };
}

export type GenreStore = ReturnType<typeof createGenres>;
