import type { SearchValue, ValueField } from '#shared/contract/finding';
import type { TrackState } from '#shared/contract/schemas';
import type { Verdict } from '#shared/domain/analysis';
import { SEARCH_STATES } from '#shared/domain/search/search';
import { foldText } from '#shared/domain/text';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import type { Database } from './driver';
import { STATES } from './search-sql';

interface Counted {
  readonly key: string;
  readonly tracks: number;
}

/** Labels as facts hold them, and of a track that has one of them the labels as they are written. */
const LABELS = {
  genre: {
    facts: 'genres',
    written: `SELECT t.own_genres AS a, d.genres AS b FROM track_facts f JOIN tracks t ON t.id = f.track_id
      LEFT JOIN decisions d ON d.track_id = t.id WHERE instr(f.genres, ?) LIMIT 1`,
  },
  mood: { facts: 'moods', written: null },
  wide: {
    facts: 'wide',
    written: `SELECT (SELECT json_group_array(value ->> 'label') FROM json_each(r.wide)) AS a, NULL AS b
      FROM track_facts f JOIN tracks t ON t.id = f.track_id JOIN results r ON r.id = t.result_id
      WHERE instr(f.wide, ?) LIMIT 1`,
  },
  heard: {
    facts: "'|' || heard || '|'",
    written: `SELECT json_array(r.genre_top) AS a, NULL AS b FROM track_facts f JOIN tracks t ON t.id = f.track_id
      JOIN results r ON r.id = t.result_id WHERE f.heard = trim(?, '|') LIMIT 1`,
  },
} as const;

/** What searches can ask for in this library, for suggestions while one is typed. */
export function createValues(db: Database) {
  const names = (field: 'artist' | 'album', text: string, limit: number): SearchValue[] =>
    db
      .all<Counted & { id: number }>(
        `SELECT ${field}_key AS key, count(*) AS tracks, min(id) AS id FROM tracks t
         WHERE missing = 0 AND ${field}_key IS NOT NULL AND instr(${field}_key, ?)
         GROUP BY ${field}_key ORDER BY tracks DESC, key LIMIT ?`,
        [foldText(text), limit],
      )
      .map(({ key, tracks, id }) => {
        const row = db.get<{ name: string }>(`SELECT ${field} AS name FROM tracks WHERE id = ?`, [id]);
        return { value: row?.name ?? key, tracks };
      });

  const labels = (field: keyof typeof LABELS, text: string, limit: number): SearchValue[] => {
    const { facts, written } = LABELS[field];
    const lists = db.all<Counted>(
      `SELECT ${facts} AS key, count(*) AS tracks FROM track_facts GROUP BY 1 HAVING key IS NOT NULL`,
    );
    const counts = new Map<string, number>();
    for (const { key, tracks } of lists)
      for (const fold of key.split('|').filter(Boolean)) counts.set(fold, (counts.get(fold) ?? 0) + tracks);
    return [...counts]
      .filter(([fold]) => fold.includes(foldLabel(text)))
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([fold, tracks]) => ({ value: displayLabel(spelling(written, fold)), tracks }));
  };

  /** A label as some track has it written; its fold where there is none. */
  const spelling = (sql: string | null, fold: string): string => {
    const row = sql === null ? undefined : db.get<{ a: string | null; b: string | null }>(sql, [`|${fold}|`]);
    const written = [row?.a, row?.b].flatMap((list) => JSON.parse(list ?? '[]') as string[]);
    return written.find((label) => foldLabel(label) === fold) ?? fold;
  };

  /** All labels that the model can hear, from the last result of it that is shown. */
  const shares = (text: string, limit: number): SearchValue[] => {
    const row = db.get<{ genre: string }>(
      'SELECT r.genre FROM tracks t JOIN results r ON r.id = t.result_id ORDER BY t.result_id DESC LIMIT 1',
    );
    const verdict = JSON.parse(row?.genre ?? 'null') as Pick<Verdict, 'histogram'> | null;
    return (verdict?.histogram ?? [])
      .map(({ label }) => label)
      .filter((label) => foldLabel(label).includes(foldLabel(text)))
      .sort()
      .slice(0, limit)
      .map((label) => ({ value: displayLabel(label), tracks: null }));
  };

  const states = (text: string): SearchValue[] => {
    const rows = db.all<Counted>(
      'SELECT state AS key, count(*) AS tracks FROM tracks WHERE missing = 0 GROUP BY state',
    );
    const counts = new Map(rows.map(({ key, tracks }) => [key as TrackState, tracks]));
    return SEARCH_STATES.filter((state) => state.includes(text.toLowerCase())).map((state) => ({
      value: state,
      tracks: counts.get(STATES[state]) ?? 0,
    }));
  };

  /** Values of a field that have the text in them, those of most tracks first. */
  return (field: ValueField, text: string, limit: number): SearchValue[] => {
    switch (field) {
      case 'artist':
      case 'album':
        return names(field, text, limit);
      case 'genre':
      case 'heard':
      case 'mood':
      case 'wide':
        return labels(field, text, limit);
      case 'share':
        return shares(text, limit);
      case 'state':
        return states(text);
    }
  };
}
