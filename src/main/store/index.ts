import { statSync } from 'node:fs';
import { createDecisions } from './decisions';
import { createDerivation, DERIVATION, type ActiveModel } from './derive';
import { openDatabase, type Database } from './driver';
import { createFailures } from './failures';
import { createGenres } from './genres';
import { createInsight } from './insight';
import { lockLibrary } from './lock';
import { migrate, schemaVersion } from './migrate';
import { MIGRATIONS, type Migration } from './migrations';
import { createPlaylistFiles } from './playlist-files';
import { createPlaylists } from './playlists';
import { createQueries } from './query';
import { createResults } from './results';
import { createReview } from './review';
import { createRoots } from './roots';
import { selectDetail, selectRows } from './rows';
import { createSettings } from './settings';
import { createTracks } from './tracks';
import { createValues } from './values';
import { createViews } from './views';
import { createWrites } from './writes';

export type { ActiveModel } from './derive';
export type { Decidable, DecidedTrack } from './decisions';
export type { StoredRow } from './rows';
export type { Tally } from './insight-distributions';
export type { JournalEntry } from './write-rows';
export type { UndoTarget } from './undo-targets';
export type { TrackIdentity, ScannedFile } from './tracks';
export type { RootRow } from './roots';
export { isUnder } from './under-path';

export type Store = ReturnType<typeof build>;

/**
 * Opens a library file for this process alone, creating or migrating it.
 *
 * @throws CodedError `library-locked`, `library-newer`, `library-corrupt`, `migration-failed`, `permission-denied`
 */
export function openStore(path: string, migrations: readonly Migration[] = MIGRATIONS): Store {
  const unlock = lockLibrary(path);
  try {
    return build(path, openLibrary(path, migrations), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Nothing is written to the file before it is known to be ours and not newer. */
function openLibrary(path: string, migrations: readonly Migration[]): Database {
  const db = openDatabase(path);
  try {
    migrate(db, path, migrations);
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY',
    );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function build(path: string, db: Database, unlock: () => void) {
  const settings = createSettings(db);
  const genres = createGenres(db, settings);
  const derivation = createDerivation(db, genres);
  /** What the derived columns are of. */
  const keyOf = ({ model, frontEnd }: ActiveModel): string =>
    JSON.stringify([model, frontEnd, DERIVATION, genres.version()]);
  /** Shows the results of this model and front end; quick where they are shown already. */
  const activate = (next: ActiveModel): void => {
    const key = keyOf(next);
    if (settings.get('active-model') === key) {
      derivation.resume(next);
      return;
    }
    db.transaction(() => {
      genres.refold();
      derivation.activate(next);
      settings.set('active-model', key);
    });
  };

  return {
    path,
    settings,
    genres: {
      text: genres.text,
      graph: genres.graph,
      ownLists: genres.ownLists,
      tracksWith: genres.tracksWith,
    },
    roots: createRoots(db),
    tracks: createTracks(db, derivation, genres),
    results: createResults(db, derivation),
    failures: createFailures(db, derivation),
    decisions: createDecisions(db, derivation),
    review: createReview(db),
    writes: createWrites(db),
    queries: createQueries(db),
    values: createValues(db),
    views: createViews(db),
    playlists: createPlaylists(db),
    playlistFiles: createPlaylistFiles(db),
    insight: createInsight(db, derivation, genres),
    rows: (ids: readonly number[]) => selectRows(db, derivation.active(), ids),
    detail: (id: number) => selectDetail(db, derivation.active(), id),
    active: derivation.active,
    activate,
    /** Takes another text of genres, which is known to be without a problem, and sees all tracks in its light. */
    changeGenres: (text: string): void => {
      db.transaction(() => {
        genres.setText(text);
        genres.refold();
        derivation.activate(derivation.active());
        settings.set('active-model', keyOf(derivation.active()));
      });
    },
    /** Shows what was shown last, where no model can be chosen; what another version derived of it is derived anew here, too. */
    activateLast: (): void => {
      const last = settings.get('active-model');
      const [model = '', frontEnd = ''] = JSON.parse(last ?? '[]') as string[];
      if (last === null) derivation.resume({ model, frontEnd });
      else activate({ model, frontEnd });
    },
    transaction: db.transaction,
    stats: () => ({
      path,
      bytes: statSync(path).size,
      schemaVersion: schemaVersion(db),
      ...db.get<{ tracks: number; analysed: number }>(
        'SELECT count(*) AS tracks, count(result_id) AS analysed FROM tracks WHERE missing = 0',
      )!,
    }),
    close: (): void => {
      db.close();
      unlock();
    },
  };
}
