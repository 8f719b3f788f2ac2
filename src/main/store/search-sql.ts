import type { Clause, Interval, LabelField, Search, SearchState, Term, Test } from '#shared/domain/search/search';
import type { TrackState } from '#shared/contract/schemas';
import type { SqlValue } from './driver';

/** A condition on `track_facts` and the values of its parameters in order. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** What of the facts a search asks for. A test is true or not: what has no value fails it, and passes its negation. */
export function conditionOf({ clauses }: Pick<Search, 'clauses'>): Condition {
  return join(clauses.map(clauseSql), ' AND ', '1');
}

const clauseSql = (clause: Clause): Condition => join(clause.map(termSql), ' OR ', '0');

function termSql({ not, test }: Term): Condition {
  const { sql, params } = testSql(test);
  return { sql: `(${sql}) IS ${not ? 'NOT ' : ''}TRUE`, params };
}

/** A track's state by the name that searches have for it. */
export const STATES: Readonly<Record<SearchState, TrackState>> = {
  unreviewed: 'analysed',
  decided: 'decided',
  written: 'written',
  skipped: 'skipped',
  failed: 'failed',
  new: 'new',
};

const LISTS = { genre: 'genres', mood: 'moods', wide: 'wide' } as const satisfies Partial<Record<LabelField, string>>;

function testSql(test: Test): Condition {
  switch (test.kind) {
    case 'words':
      return { sql: 'instr(search, ?)', params: [test.text] };
    case 'text':
      return { sql: `instr(${test.field}, ?)`, params: [test.text] };
    case 'label':
      if (test.field === 'heard') return { sql: 'heard = ?', params: [test.label] };
      return { sql: `instr(${LISTS[test.field]}, ?)`, params: [`|${test.label}|`] };
    case 'state':
      return { sql: 'state = ?', params: [STATES[test.state]] };
    case 'number':
      return intervalSql(test.field === 'duration' ? 'duration_sec' : test.field, [], test.interval);
    case 'share': {
      const share = 'CASE WHEN shares IS NOT NULL THEN coalesce(shares ->> ?, 0) END';
      return intervalSql(share, [`$."${test.label}"`], test.interval);
    }
  }
}

function intervalSql(value: string, params: readonly SqlValue[], interval: Interval): Condition {
  const { from, fromOpen, to, toOpen } = interval;
  const ends: Condition[] = [];
  if (from !== null) ends.push({ sql: `${value} ${fromOpen ? '>' : '>='} ?`, params: [...params, from] });
  if (to !== null) ends.push({ sql: `${value} ${toOpen ? '<' : '<='} ?`, params: [...params, to] });
  return join(ends, ' AND ', '1');
}

/** Conditions put together; `none` is what no conditions come to. */
export function join(conditions: readonly Condition[], by: string, none: string): Condition {
  if (conditions.length === 0) return { sql: none, params: [] };
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(by),
    params: conditions.flatMap(({ params }) => params),
  };
}
