import type { GenreMatrix, MatrixCell } from '#shared/contract/insight';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import type { Database } from './driver';

/** Own genres outside the model's vocabulary that get a row of their own; the rest share one. */
const FOREIGN_ROWS = 12;
/** Of a larger vocabulary only what was heard has a row and a column. */
const WHOLE_VOCABULARY = 24;

const UNSURE = 'unsure';
const OTHERS = 'others';
const NONE = 'none';
const genreKey = (fold: string): string => `genre:${fold}`;

/** Present tracks that were heard and are music. */
const COUNTED = 't.missing = 0 AND t.result_id IS NOT NULL AND t.genre_top IS NOT NULL';

/** Tracks that can't be told apart in the matrix. */
const GROUP = `t.own_genre_folds || char(10) || (t.own_genre_key IS NULL) || char(10) || t.genre_abstained || char(10) || t.genre_top`;

interface Group {
  readonly id: string;
  readonly folds: readonly string[];
  /** Of the verdict; null where it names nothing. */
  readonly heard: string | null;
  readonly hasOwn: boolean;
  readonly tracks: number;
  /** One of its tracks. */
  readonly sample: number;
}

/** Which row and which column a group is in. */
interface Layout {
  readonly rows: GenreMatrix['rows'];
  readonly columns: GenreMatrix['columns'];
  readonly rowOf: (group: Group) => string;
  readonly columnOf: (group: Group) => string;
}

/** The whole matrix; one pass over the table of tracks. */
export function genreMatrix(db: Database): GenreMatrix {
  const groups = readGroups(db);
  const { rows, columns, rowOf, columnOf } = layOut(db, groups);
  const counts = rows.map(() => columns.map(() => 0));
  const rowIndex = new Map(rows.map(({ key }, i) => [key, i]));
  const columnIndex = new Map(columns.map(({ key }, i) => [key, i]));
  let agree = 0;
  let disagree = 0;
  for (const group of groups) {
    const row = counts[rowIndex.get(rowOf(group)) ?? -1];
    const column = columnIndex.get(columnOf(group));
    if (!row || column === undefined) throw new Error(`no cell for ${group.id}`);
    row[column] = (row[column] ?? 0) + group.tracks;
    if (!group.hasOwn || group.heard === null) continue;
    if (group.folds.includes(group.heard)) agree += group.tracks;
    else disagree += group.tracks;
  }
  const left = db.get<{ notHeard: number; notMusic: number }>(
    `SELECT coalesce(sum(t.result_id IS NULL), 0) AS notHeard,
       coalesce(sum(t.result_id IS NOT NULL AND t.genre_top IS NULL), 0) AS notMusic
     FROM tracks t WHERE t.missing = 0`,
  )!;
  return { rows, columns, counts, agree, disagree, ...left };
}

/** Ids of the tracks in a cell, a row or a column, in path order; none where there is no such row or column (any more). */
export function matrixTracks(db: Database, { row, column }: MatrixCell): number[] {
  const groups = readGroups(db);
  const { rowOf, columnOf } = layOut(db, groups);
  const chosen = groups.filter(
    (group) => (row === null || rowOf(group) === row) && (column === null || columnOf(group) === column),
  );
  const found = db.get<{ ids: string }>(
    `SELECT json_group_array(id) AS ids FROM (SELECT t.id FROM tracks t
     WHERE ${COUNTED} AND ${GROUP} IN (SELECT value FROM json_each(?)) ORDER BY t.path)`,
    [JSON.stringify(chosen.map(({ id }) => id))],
  );
  return JSON.parse(found?.ids ?? '[]') as number[];
}

function readGroups(db: Database): Group[] {
  const rows = db.all<{ id: string; tracks: number; sample: number }>(
    `SELECT ${GROUP} AS id, count(*) AS tracks, min(t.id) AS sample FROM tracks t WHERE ${COUNTED} GROUP BY 1`,
  );
  return rows.map(({ id, tracks, sample }) => {
    // Folds are letters and digits in JSON, so the first three line ends are ours; a label may hold anything.
    const [folds = '[]', bare, abstained, ...top] = id.split('\n');
    const heard = abstained === '1' ? null : foldLabel(top.join('\n'));
    return { id, folds: JSON.parse(folds) as string[], heard, hasOwn: bare === '0', tracks, sample };
  });
}

function layOut(db: Database, groups: readonly Group[]): Layout {
  const names = vocabulary(db, groups);
  const ownOf = ({ folds, heard }: Group): string =>
    folds.find((fold) => fold === heard) ?? folds.find((fold) => names.has(fold)) ?? folds[0] ?? '';
  const foreign = mostFrequent(
    groups.filter((group) => group.hasOwn && !names.has(ownOf(group))),
    ownOf,
  );
  const shown = foreign.slice(0, FOREIGN_ROWS);
  const ownRows = new Set([...names.keys(), ...shown.map(({ fold }) => fold)]);
  const known = [...names].map(([fold, name]) => ({ key: genreKey(fold), name }));
  return {
    rows: [
      ...known.map((genre) => ({ ...genre, kind: 'known' as const })),
      ...shown.map(({ fold, sample }) => ({
        key: genreKey(fold),
        name: spelling(db, sample, fold),
        kind: 'foreign' as const,
      })),
      ...(foreign.length > shown.length ? [{ key: OTHERS, name: 'Other genres', kind: 'others' as const }] : []),
      { key: NONE, name: 'No genre', kind: 'none' },
    ],
    columns: [
      ...known.map((genre) => ({ ...genre, kind: 'genre' as const })),
      { key: UNSURE, name: 'Not sure', kind: 'unsure' },
    ],
    rowOf: (group) => {
      if (!group.hasOwn) return NONE;
      const fold = ownOf(group);
      return ownRows.has(fold) ? genreKey(fold) : OTHERS;
    },
    columnOf: ({ heard }) => (heard === null ? UNSURE : genreKey(heard)),
  };
}

/** The genres that the model may name, fold -> name, in the names' order. */
function vocabulary(db: Database, groups: readonly Group[]): ReadonlyMap<string, string> {
  const heard = groups.filter((group) => group.heard !== null).map(({ id }) => id.split('\n').slice(3).join('\n'));
  const verdict = db.get<{ genre: string }>(
    'SELECT r.genre FROM tracks t JOIN results r ON r.id = t.result_id WHERE t.missing = 0 LIMIT 1',
  );
  const { histogram } = JSON.parse(verdict?.genre ?? '{"histogram":[]}') as { histogram: { label: string }[] };
  const all = histogram.length > WHOLE_VOCABULARY ? [] : histogram.map(({ label }) => label);
  const byFold = new Map([...all, ...heard].map((label) => [foldLabel(label), displayLabel(label)]));
  return new Map([...byFold].sort(([, a], [, b]) => a.localeCompare(b, 'en')));
}

/** Own genres of these groups, the most frequent first, each with a track of its largest group. */
function mostFrequent(
  groups: readonly Group[],
  ownOf: (group: Group) => string,
): { fold: string; tracks: number; sample: number }[] {
  const found = new Map<string, { fold: string; tracks: number; largest: number; sample: number }>();
  for (const group of groups) {
    const fold = ownOf(group);
    const known = found.get(fold) ?? { fold, tracks: 0, largest: 0, sample: group.sample };
    known.tracks += group.tracks;
    if (group.tracks > known.largest) {
      known.largest = group.tracks;
      known.sample = group.sample;
    }
    found.set(fold, known);
  }
  return [...found.values()].sort((a, b) => b.tracks - a.tracks || (a.fold < b.fold ? -1 : 1));
}

/** How a track itself writes a genre. */
function spelling(db: Database, trackId: number, fold: string): string {
  const row = db.get<{ own: string }>('SELECT own_genres AS own FROM tracks WHERE id = ?', [trackId]);
  const own = JSON.parse(row?.own ?? '[]') as string[];
  return own.find((label) => foldLabel(label) === fold) ?? fold;
}
