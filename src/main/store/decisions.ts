import type { Decision } from '#shared/contract/schemas';
import type { Verdict, WideGenre } from '#shared/domain/analysis';
import { BY_RULE } from '#shared/domain/hands-free/standing';
import { ACCEPTED_GENRE, ACCEPTED_MOOD, QUICK_KEY, type Derivation } from './derive';
import { inBulk } from './bulk';
import type { Database } from './driver';
import { QUICK } from './query';
import { parseVerdict } from './rows';

/** What a decision is made from: the track, and the verdicts of the result shown. */
export interface Decidable {
  readonly id: number;
  readonly path: string;
  readonly artist: string | null;
  readonly albumArtist: string | null;
  readonly genre: Verdict | null;
  readonly mood: Verdict | null;
  /** Null also where it was not asked for. */
  readonly wide: readonly WideGenre[] | null;
  /** The result shown is a quick one. */
  readonly quick: boolean;
}

/** A decision whose tags are to be written. */
export interface DecidedTrack {
  readonly id: number;
  readonly path: string;
  readonly action: 'accept' | 'change';
  readonly genres: readonly string[];
  readonly moods: readonly string[];
  /** Accepted of a quick result, which the full one has yet to confirm. */
  readonly quick: boolean;
}

/** With what it rests on, if that is a quick result that was accepted. */
const INSERT = `INSERT OR REPLACE INTO decisions (track_id, action, genres, moods, decided_at, not_music, by_rule, quick_genre, quick_mood)
SELECT t.id, :action, :genres, :moods, :decidedAt, :notMusic, :byRule,
  CASE WHEN :action = 'accept' AND r.plan = '${QUICK_KEY}' THEN ${ACCEPTED_GENRE} END,
  CASE WHEN :action = 'accept' AND r.plan = '${QUICK_KEY}' THEN ${ACCEPTED_MOOD} END
FROM tracks t LEFT JOIN results r ON r.id = t.result_id WHERE t.id = :trackId`;

const DECISION_JSON = `json_object('action', d.action, 'genres', json(d.genres), 'moods', json(d.moods),
  'decidedAt', d.decided_at, 'notMusic', d.not_music, 'byRule', d.by_rule)`;

function toDecision(text: string): Decision {
  const { notMusic, byRule, ...decision } = JSON.parse(text) as Omit<Decision, 'notMusic' | 'byRule'> & {
    notMusic: number;
    byRule: number;
  };
  return { ...decision, ...(notMusic === 1 && { notMusic: true }), ...ruleOf(byRule) };
}

/** `decisions.by_rule` as a decision has it. */
export const ruleOf = (byRule: number): Pick<Decision, 'byRule'> => {
  const name = BY_RULE[byRule - 1];
  return name === undefined ? {} : { byRule: name };
};

interface SqlChoice {
  id: number;
  path: string;
  artist: string | null;
  albumArtist: string | null;
  genre: string | null;
  mood: string | null;
  wide: string | null;
  quick: number;
}

export function createDecisions(db: Database, derivation: Derivation) {
  return {
    /**
     * Unknown and missing ids are left out; the order is that of the ids given.
     *
     * @param withWide reads the wide vocabulary as well, which is most of a result's text
     */
    decidable: (ids: readonly number[], withWide: boolean): Decidable[] =>
      db
        .all<SqlChoice>(
          `SELECT t.id, t.path, t.artist, t.album_artist AS albumArtist, r.genre, r.mood,
             ${withWide ? 'r.wide' : 'NULL'} AS wide, t.quick & ${QUICK.quick} <> 0 AS quick
           FROM json_each(?) c JOIN tracks t ON t.id = c.value AND t.missing = 0
           LEFT JOIN results r ON r.id = t.result_id ORDER BY c.key`,
          [JSON.stringify(ids)],
        )
        .map((row) => ({
          ...row,
          genre: parseVerdict(row.genre),
          mood: parseVerdict(row.mood),
          wide: row.wide === null ? null : (JSON.parse(row.wide) as WideGenre[]),
          quick: row.quick === 1,
        })),
    /** The decisions of these tracks; unknown ids are left out. */
    get: (ids: readonly number[]): { trackId: number; decision: Decision | null }[] =>
      db
        .all<{ id: number; decision: string | null }>(
          `SELECT t.id, CASE WHEN d.action IS NOT NULL THEN ${DECISION_JSON} END AS decision
           FROM json_each(?) c JOIN tracks t ON t.id = c.value LEFT JOIN decisions d ON d.track_id = t.id ORDER BY c.key`,
          [JSON.stringify(ids)],
        )
        .map(({ id, decision }) => ({ trackId: id, decision: decision === null ? null : toDecision(decision) })),
    /** A null decision takes an earlier one back. */
    set: (decisions: readonly { trackId: number; decision: Decision | null }[]): void => {
      inBulk(db, decisions.length, () => {
        for (const { trackId, decision } of decisions)
          if (decision)
            db.run(INSERT, {
              trackId,
              action: decision.action,
              genres: JSON.stringify(decision.genres),
              moods: JSON.stringify(decision.moods),
              decidedAt: decision.decidedAt,
              notMusic: decision.notMusic ?? false,
              byRule: decision.byRule === undefined ? 0 : BY_RULE.indexOf(decision.byRule) + 1,
            });
          else db.run('DELETE FROM decisions WHERE track_id = ?', [trackId]);
        derivation.tracks(decisions.map((one) => one.trackId));
      });
    },
    /**
     * Accept and change decisions of the tracks named, or all that are not written yet, in path order. Those that a full
     * result speaks against wait for another look, unless they are named.
     */
    toWrite: (ids: readonly number[] | null): DecidedTrack[] =>
      db
        .all<{ id: number; path: string; action: 'accept' | 'change'; genres: string; moods: string; quick: number }>(
          `SELECT t.id, t.path, d.action, d.genres, d.moods,
             d.action = 'accept' AND t.quick & ${QUICK.quick} <> 0 AS quick
           FROM decisions d JOIN tracks t ON t.id = d.track_id AND t.missing = 0
           WHERE d.action <> 'skip' AND CASE WHEN :ids IS NULL THEN d.written_at IS NULL AND t.quick & ${QUICK['look-again']} = 0
             ELSE t.id IN (SELECT value FROM json_each(:ids)) END ORDER BY t.path`,
          { ids: ids && JSON.stringify(ids) },
        )
        .map((row) => ({
          id: row.id,
          path: row.path,
          action: row.action,
          genres: JSON.parse(row.genres) as string[],
          moods: JSON.parse(row.moods) as string[],
          quick: row.quick === 1,
        })),
    /** The genre verdict of the result shown, with its histogram; null where the track has none, or only a former model's. */
    heard: (trackId: number): Verdict | null => {
      const row = db.get<{ genre: string }>(
        'SELECT r.genre FROM tracks t JOIN results r ON r.id = t.result_id WHERE t.id = ?',
        [trackId],
      );
      return row ? (JSON.parse(row.genre) as Verdict | null) : null;
    },
    /**
     * `at` null: the file no longer holds the decision (an undo), which no rule is to make anew. A decision that was made after
     * `at` is another one.
     */
    setWritten: (trackId: number, at: number | null): void => {
      db.transaction(() => {
        db.run(
          'UPDATE decisions SET written_at = :at, by_rule = CASE WHEN by_rule = 0 THEN 0 WHEN :at IS NULL THEN 2 ELSE 1 END WHERE track_id = :trackId AND (:at IS NULL OR decided_at <= :at)',
          {
            at,
            trackId,
          },
        );
        derivation.track(trackId);
      });
    },
    /** Audio that changed under an accepted verdict makes it void; what the user typed stands. */
    dropAccepted: (trackId: number): void => {
      db.run(`DELETE FROM decisions WHERE track_id = ? AND action = 'accept'`, [trackId]);
    },
  };
}
