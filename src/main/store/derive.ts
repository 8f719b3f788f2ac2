import { TRACK_STATES } from '#shared/contract/schemas';
import { formatWindowPlan, QUICK_PLAN } from '#shared/domain/analysis';
import type { GenreGraph } from '#shared/domain/genres/graph';
import { inBulk } from './bulk';
import type { Database, SqlValue } from './driver';
import { refreshFacts } from './facts';

/** The model and front end whose results are shown; those of others are kept but never mixed in. */
export interface ActiveModel {
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly frontEnd: string;
}

/** Number of the rules below; another one than a library was left with has it derived anew when it is opened. */
export const DERIVATION = 5;

/** Confidence under which a verdict counts as unsure in the quick filter, besides abstained ones. */
export const UNSURE_BELOW = 0.5;

/** The key under which quick results are stored. */
export const QUICK_KEY = formatWindowPlan(QUICK_PLAN);

/** What accepting the result `r` would take of it; '' for nothing. */
export const ACCEPTED_GENRE = `CASE WHEN r.genre_abstained = 0 THEN r.genre_fold ELSE '' END`;
export const ACCEPTED_MOOD = `CASE WHEN r.mood_top IS NOT NULL AND NOT json_extract(r.mood, '$.abstained') THEN r.mood_top ELSE '' END`;

/** Something was accepted on a quick result `d`, and the full one `r` that took its place does not name it. */
const LOOK_AGAIN = `coalesce(d.action = 'accept' AND d.quick_genre IS NOT NULL AND r.plan <> '${QUICK_KEY}'
  AND ((d.quick_genre <> '' AND r.genre_top <> '' AND d.quick_genre <> ${ACCEPTED_GENRE}) OR (d.quick_mood <> '' AND d.quick_mood <> ${ACCEPTED_MOOD})), 0)`;

/** As the model hears it for sure, or as the user decided. */
const NOT_MUSIC = '(coalesce(r.not_music, 0) | coalesce(d.not_music, 0))';

/** False of a result of a model that hears no genre; such a track is in no doubt about it, either. */
const HAS_GENRE = "r.genre_top <> ''";

const STATE_RANK = `CASE state ${TRACK_STATES.map((state, rank) => `WHEN '${state}' THEN ${rank}`).join(' ')} END`;

/**
 * One pass, so that each index entry is rewritten once. An abstained verdict disagrees with nobody, and what is no music, or has no
 * verdict of the genre, has no place in the order by genre or confidence. Failures of another
 * model's analysis count as little as its results: those are only kept in mind (`former_id`) for a track that the active
 * model has not heard, to be shown as stale.
 */
const DERIVE = `UPDATE tracks SET
  (result_id, former_id, genre_top, genre_confidence, genre_abstained, disagrees, has_failure, state, state_rank, quick) = (
  SELECT result, former, top, confidence, abstained, disagrees, failed, state,
    ${STATE_RANK},
    (own_genre_key IS NULL) | (disagrees << 1) | (unsure << 2)
      | ((state = 'analysed') << 3) | ((state = 'decided') << 4) | (failed << 5)
      | (not_music << 6) | ((former IS NOT NULL) << 7) | (heard_quickly << 8) | (look_again << 9)
  FROM (SELECT r.id AS result, o.id AS former, CASE WHEN ${NOT_MUSIC} = 0 AND ${HAS_GENRE} THEN r.genre_top END AS top,
    CASE WHEN ${NOT_MUSIC} = 0 AND ${HAS_GENRE} THEN r.genre_confidence END AS confidence, r.genre_abstained AS abstained,
    r.id IS NOT NULL AND ${NOT_MUSIC} = 0 AND r.genre_abstained = 0 AND tracks.own_genre_key IS NOT NULL
      AND r.genre_fold NOT IN (SELECT value FROM json_each(tracks.own_genre_folds)) AS disagrees,
    ${NOT_MUSIC} AS not_music,
    r.id IS NOT NULL AND ${NOT_MUSIC} = 0 AND ${HAS_GENRE} AND (r.genre_abstained = 1 OR r.genre_confidence < ${UNSURE_BELOW}) AS unsure,
    coalesce(r.plan = '${QUICK_KEY}', 0) AS heard_quickly,
    ${LOOK_AGAIN} AS look_again,
    f.failed AS failed,
    CASE
      WHEN d.action = 'skip' THEN 'skipped'
      WHEN d.written_at IS NOT NULL THEN 'written'
      WHEN d.action IS NOT NULL THEN 'decided'
      WHEN r.id IS NOT NULL THEN 'analysed'
      WHEN f.failed THEN 'failed'
      ELSE 'new'
    END AS state
  FROM (SELECT EXISTS (SELECT 1 FROM failures x WHERE x.track_id = tracks.id
    AND (x.stage <> 'analysis' OR (x.model = :model AND x.front_end = :frontEnd))) AS failed) f
  LEFT JOIN results r ON r.id = (SELECT c.id FROM results c
    WHERE c.content_hash = tracks.content_hash AND c.model = :model AND c.front_end = :frontEnd
    ORDER BY c.chosen_at DESC, c.id DESC LIMIT 1)
  LEFT JOIN results o ON r.id IS NULL AND o.id = (SELECT c.id FROM results c
    WHERE c.content_hash = tracks.content_hash ORDER BY c.chosen_at DESC, c.id DESC LIMIT 1)
  LEFT JOIN decisions d ON d.track_id = tracks.id))`;

/**
 * Brings the derived columns (result shown, flags, state) and the facts of some tracks up to date. Everything that changes what they are
 * derived from calls this in the same transaction.
 */
export function createDerivation(db: Database, genres: { graph: () => GenreGraph }) {
  let active: ActiveModel = { model: '', frontEnd: '' };

  const refresh = (where: string, params: Readonly<Record<string, SqlValue>>): void => {
    db.run(`${DERIVE} WHERE ${where}`, { ...params, ...active });
    refreshFacts(db, genres.graph(), where, params);
  };

  return {
    active: (): ActiveModel => active,
    /** Shows another model's results from now on. */
    activate: (next: ActiveModel): void => {
      active = next;
      const tracks = db.get<{ n: number }>('SELECT count(*) AS n FROM tracks')?.n ?? 0;
      inBulk(db, tracks, () => {
        refresh('1', {});
      });
    },
    /** As `activate`, where the derived columns are known to be of this model already. */
    resume: (same: ActiveModel): void => {
      active = same;
    },
    track: (id: number): void => {
      refresh('id = :id', { id });
    },
    content: (hash: string): void => {
      refresh('content_hash = :hash', { hash });
    },
    tracks: (ids: readonly number[]): void => {
      refresh('id IN (SELECT value FROM json_each(:ids))', { ids: JSON.stringify(ids) });
    },
  };
}

export type Derivation = ReturnType<typeof createDerivation>;
