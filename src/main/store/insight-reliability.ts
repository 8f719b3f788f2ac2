import type { Reliability } from '#shared/contract/insight';
import type { Judgement } from '#shared/domain/hands-free/precision';
import { foldsOfOwn, type GenreGraph } from '#shared/domain/genres/graph';
import type { ActiveModel } from './derive';
import type { Database } from './driver';
import type { Tally } from './insight-distributions';

/** Over this a verdict counts as sure in the sentence about what was kept. */
const SURE_FROM = 0.8;

/**
 * Decisions by track, and the result on which each was made: the latest that was there by then. One that was renewed since with
 * the same model and plan is not there any more.
 */
const NEXT = `SELECT d.track_id AS id, json_array(CASE WHEN d.not_music THEN 'not-music' ELSE d.action END, json(d.genres), r.genre_fold, r.genre_confidence) AS v
FROM decisions d JOIN tracks t ON t.id = d.track_id AND t.missing = 0
LEFT JOIN results r ON r.id = (SELECT x.id FROM results x
    WHERE x.content_hash = t.content_hash AND x.analysed_at <= d.decided_at ORDER BY x.analysed_at DESC, x.id DESC LIMIT 1)
  AND r.model = :model AND r.front_end = :frontEnd AND r.genre_abstained = 0 AND r.not_music = 0 AND d.by_rule = 0
WHERE d.track_id > :after ORDER BY d.track_id LIMIT :limit`;

type Made = [
  action: 'accept' | 'change' | 'skip' | 'not-music',
  genres: string[],
  heardFold: string | null,
  confidence: number | null,
];
type Outcome = 'kept' | 'changed' | 'skipped';

/** See `reliabilitySchema`. */
export function tallyReliability(db: Database, active: ActiveModel, graph: GenreGraph): Tally<Reliability> {
  const bins = Array.from({ length: 10 }, () => ({ kept: 0, changed: 0, skipped: 0, confidence: 0 }));
  const sure = { kept: 0, changed: 0, skipped: 0 };
  let leftOut = 0;

  const add = (made: Made): void => {
    const outcome = outcomeOf(graph, made);
    const confidence = made[3];
    const bin = confidence === null ? undefined : bins[Math.min(9, Math.floor(confidence * 10))];
    if (!outcome || !bin || confidence === null) {
      leftOut++;
      return;
    }
    bin[outcome]++;
    if (outcome !== 'skipped') bin.confidence += confidence;
    if (confidence >= SURE_FROM) sure[outcome]++;
  };

  return {
    step: stepper(db, active, add),
    result: () => {
      const all = { kept: 0, changed: 0, skipped: 0 };
      for (const bin of bins) for (const name of ['kept', 'changed', 'skipped'] as const) all[name] += bin[name];
      return {
        bins: bins.map(({ confidence, ...outcomes }) => {
          const judged = outcomes.kept + outcomes.changed;
          return { ...outcomes, meanConfidence: judged === 0 ? null : confidence / judged };
        }),
        all,
        sure: { ...sure, from: SURE_FROM },
        leftOut,
      };
    },
  };
}

/** What the collector's decisions say of the chosen model's genre verdicts: each kept is right, each changed is wrong. */
export function tallyJudgements(db: Database, active: ActiveModel, graph: GenreGraph): Tally<Judgement[]> {
  const judged: Judgement[] = [];
  const add = (made: Made): void => {
    const outcome = outcomeOf(graph, made);
    const confidence = made[3];
    if (outcome && outcome !== 'skipped' && confidence !== null) judged.push({ confidence, right: outcome === 'kept' });
  };
  return { step: stepper(db, active, add), result: () => judged };
}

/** Goes through all decisions, a part at a time. */
function stepper(db: Database, active: ActiveModel, add: (made: Made) => void): Tally<unknown>['step'] {
  let after = 0;
  return (limit) => {
    const row = db.get<{ found: string | null; last: number | null; tracks: number }>(
      `SELECT group_concat(x.v) AS found, max(x.id) AS last, count(*) AS tracks FROM (${NEXT}) x`,
      { ...active, after, limit },
    )!;
    for (const made of JSON.parse(`[${row.found ?? ''}]`) as Made[]) add(made);
    after = row.last ?? after;
    return row.tracks === limit;
  };
}

/**
 * Null where a decision says nothing of a genre verdict: also where a line of the collector's own put another genre in its place. Whoever gives the genre
 * its own name, or names a kind of it, keeps it.
 */
function outcomeOf(graph: GenreGraph, [action, genres, heardFold]: Made): Outcome | null {
  if (heardFold === null) return null;
  if (action === 'skip') return 'skipped';
  // A genre was named where the user hears none.
  if (action === 'not-music') return 'changed';
  if (genres.length === 0) return null;
  if (foldsOfOwn(graph, genres).includes(heardFold)) return 'kept';
  if (action === 'change') return 'changed';
  return genres.every((genre) => graph.find(genre) && !graph.isWithin(heardFold, genre)) ? null : 'kept';
}
