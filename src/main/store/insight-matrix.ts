import type { GenreMatrix, MatrixCell } from '#shared/contract/insight';
import type { Verdict } from '#shared/domain/analysis';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import type { Database } from './driver';
import type { Tally } from './insight-distributions';
import { QUICK } from './query';

/** Own genres outside the model's vocabulary that get a row of their own; the rest share one. */
const FOREIGN_ROWS = 12;
/** Of a larger vocabulary only what was heard has a row and a column. */
const WHOLE_VOCABULARY = 24;

const UNSURE = 'unsure';
const OTHERS = 'others';
const NONE = 'none';
const genreKey = (fold: string): string => `genre:${fold}`;

/** Tracks that can't be told apart in the matrix; those in no cell go by one letter. What has no verdict of the genre is not heard. */
const NOT_HEARD = 'x';
const NOT_MUSIC = 'm';
const GROUP = `CASE WHEN t.result_id IS NULL THEN '${NOT_HEARD}' WHEN t.genre_top IS NULL THEN iif(t.quick & ${QUICK['not-music']}, '${NOT_MUSIC}', '${NOT_HEARD}')
  ELSE t.own_genre_folds || char(10) || (t.own_genre_key IS NULL) || char(10) || t.genre_abstained || char(10) || t.genre_top END`;

/** The next present tracks, as the rows lie. */
const NEXT = `SELECT t.id, ${GROUP} AS grp FROM tracks t NOT INDEXED
WHERE t.id > :after AND t.missing = 0 ORDER BY t.id LIMIT :limit`;

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

/** What the tracks of a library come to, told apart as far as the matrix does. */
export interface MatrixGroups {
  matrix(): GenreMatrix;
  /** Ids of the groups in a cell, a row or a column; none where there is no such row or column. */
  groupsIn(cell: MatrixCell): string[];
}

/** One pass over the table of tracks. */
export function tallyGroups(db: Database): Tally<MatrixGroups> {
  const found = new Map<string, { tracks: number; sample: number }>();
  let after = 0;
  return {
    step: (limit) => {
      let tracks = 0;
      const rows = db.all<{ id: string; tracks: number; sample: number; last: number }>(
        `SELECT n.grp AS id, count(*) AS tracks, min(n.id) AS sample, max(n.id) AS last FROM (${NEXT}) n GROUP BY 1`,
        { after, limit },
      );
      for (const row of rows) {
        tracks += row.tracks;
        after = Math.max(after, row.last);
        const known = found.get(row.id) ?? { tracks: 0, sample: row.sample };
        found.set(row.id, { ...known, tracks: known.tracks + row.tracks });
      }
      return tracks === limit;
    },
    result: () => {
      const countOf = (id: string): number => found.get(id)?.tracks ?? 0;
      const left = { notHeard: countOf(NOT_HEARD), notMusic: countOf(NOT_MUSIC) };
      const groups = [...found]
        .filter(([id]) => id !== NOT_HEARD && id !== NOT_MUSIC)
        .map(([id, { tracks, sample }]) => toGroup(id, tracks, sample));
      const layout = layOut(db, groups);
      return {
        matrix: () => ({ ...countCells(groups, layout), ...left }),
        groupsIn: ({ row, column }) =>
          groups
            .filter(
              (group) =>
                (row === null || layout.rowOf(group) === row) && (column === null || layout.columnOf(group) === column),
            )
            .map(({ id }) => id),
      };
    },
  };
}

/** Ids of the tracks in some groups, by id; one pass over the table of tracks. */
export function tallyGroupTracks(db: Database, groups: readonly string[]): Tally<number[]> {
  const wanted = JSON.stringify(groups);
  const ids: number[] = [];
  let after = 0;
  return {
    step: (limit) => {
      const row = db.get<{ ids: string; last: number | null; tracks: number }>(
        `SELECT json_group_array(n.id) FILTER (WHERE n.grp IN (SELECT value FROM json_each(:wanted))) AS ids,
           max(n.id) AS last, count(*) AS tracks FROM (${NEXT}) n`,
        { after, limit, wanted },
      )!;
      for (const id of JSON.parse(row.ids) as number[]) ids.push(id);
      after = row.last ?? after;
      return row.tracks === limit;
    },
    result: () => ids,
  };
}

function countCells(
  groups: readonly Group[],
  { rows, columns, rowOf, columnOf }: Layout,
): Omit<GenreMatrix, 'notHeard' | 'notMusic'> {
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
  return { rows, columns, counts, agree, disagree };
}

function toGroup(id: string, tracks: number, sample: number): Group {
  // Folds are letters and digits in JSON, so the first three line ends are ours; a label may hold anything.
  const [folds = '[]', bare, abstained, ...top] = id.split('\n');
  const heard = abstained === '1' ? null : foldLabel(top.join('\n'));
  return { id, folds: JSON.parse(folds) as string[], heard, hasOwn: bare === '0', tracks, sample };
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
      { key: UNSURE, name: 'None named', kind: 'unsure' },
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
  const { histogram } = (JSON.parse(verdict?.genre ?? 'null') as Pick<Verdict, 'histogram'> | null) ?? {
    histogram: [],
  };
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
