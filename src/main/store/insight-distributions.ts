import type { Distribution, Distributions, WideDistribution } from '#shared/contract/insight';
import { isNamed, type Verdict, type WideGenre } from '#shared/domain/analysis';
import type { Database } from './driver';
import { QUICK } from './query';

/** Present tracks that were heard and are music, by id. */
const NEXT = `FROM tracks t NOT INDEXED JOIN results r ON r.id = t.result_id
WHERE t.id > :after AND t.missing = 0 AND t.quick & ${QUICK['not-music']} = 0`;

/** What of a verdict is counted. */
type Counted = Pick<Verdict, 'top' | 'abstained' | 'histogram'>;

/** A sum over tracks that is taken a part at a time, since reading what was heard in very many takes seconds. */
export interface Tally<Result> {
  /** Takes the next so many tracks in; false once there are no more. */
  readonly step: (limit: number) => boolean;
  readonly result: () => Result;
}

/** The texts of a page as one JSON array, which is read much faster than as many rows. */
function pageOf<T>(
  db: Database,
  expression: string,
  condition: string,
  after: number,
  limit: number,
): { values: T[]; last: number | null } {
  const row = db.get<{ found: string | null; last: number | null }>(
    `SELECT group_concat(x.v) AS found, max(x.id) AS last
     FROM (SELECT t.id, ${expression} AS v ${NEXT} ${condition} ORDER BY t.id LIMIT :limit) x`,
    { after, limit },
  );
  return { values: JSON.parse(`[${row?.found ?? ''}]`) as T[], last: row?.last ?? null };
}

/** Genre, mood and confidence; see `distributionsSchema`. */
export function tallyDistributions(db: Database): Tally<Distributions> {
  const genre = sumOf();
  const mood = sumOf();
  let after = 0;
  return {
    step: (limit) => {
      const { values, last } = pageOf<[Counted | null, Counted | null]>(
        db,
        `'[' || r.genre || ',' || coalesce(r.mood, 'null') || ']'`,
        '',
        after,
        limit,
      );
      for (const [heardGenre, heardMood] of values) {
        if (heardGenre) genre.add(heardGenre);
        if (heardMood) mood.add(heardMood);
      }
      after = last ?? after;
      return values.length === limit;
    },
    result: () => ({ genre: genre.result(), mood: mood.result(), confidence: confidenceBins(db) }),
  };
}

/** Labels of the wide vocabulary; see `wideDistributionSchema`. */
export function tallyWide(db: Database): Tally<WideDistribution> {
  const counts = new Map<string, number>();
  let heard = 0;
  let after = 0;
  return {
    step: (limit) => {
      const { values, last } = pageOf<WideGenre[]>(db, 'r.wide', 'AND r.wide IS NOT NULL', after, limit);
      heard += values.length;
      for (const labels of values)
        for (const wide of labels) if (isNamed(wide)) counts.set(wide.label, (counts.get(wide.label) ?? 0) + 1);
      after = last ?? after;
      return values.length === limit;
    },
    result: () => ({
      labels: [...counts]
        .map(([label, tracks]) => ({ label, tracks }))
        .sort((a, b) => b.tracks - a.tracks || (a.label < b.label ? -1 : 1)),
      heard,
    }),
  };
}

function sumOf(): { add: (verdict: Counted) => void; result: () => Distribution } {
  const shares = new Map<string, number>();
  const tops = new Map<string, number>();
  let heard = 0;
  let unsure = 0;
  return {
    add: ({ top, abstained, histogram }) => {
      heard++;
      if (abstained) unsure++;
      else tops.set(top, (tops.get(top) ?? 0) + 1);
      for (const { label, share } of histogram) shares.set(label, (shares.get(label) ?? 0) + share);
    },
    result: () => ({
      bars: [...shares]
        .map(([label, sum]) => ({ label, share: sum / heard, tracks: tops.get(label) ?? 0 }))
        .sort((a, b) => b.share - a.share),
      heard,
      unsure,
    }),
  };
}

function confidenceBins(db: Database): Distributions['confidence'] {
  const bins = Array.from({ length: 10 }, () => ({ named: 0, unsure: 0 }));
  const rows = db.all<{ bin: number; abstained: number; tracks: number }>(
    `SELECT min(9, CAST(t.genre_confidence * 10 AS INTEGER)) AS bin, t.genre_abstained AS abstained, count(*) AS tracks
     FROM tracks t WHERE t.missing = 0 AND t.result_id IS NOT NULL AND t.genre_top IS NOT NULL GROUP BY 1, 2`,
  );
  for (const { bin, abstained, tracks } of rows) {
    const counted = bins[bin];
    if (counted) counted[abstained ? 'unsure' : 'named'] += tracks;
  }
  return bins;
}
