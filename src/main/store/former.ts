import type { ModelDiff } from '#shared/contract/schemas';
import type { ActiveModel } from './derive';
import type { Database } from './driver';

interface SqlChange {
  trackId: number;
  path: string;
  former: string;
  genreChanged: number;
  genreFrom: string;
  genreFromConfidence: number;
  genreTo: string;
  genreToConfidence: number;
  moodChanged: number;
  moodFrom: string;
  moodFromConfidence: number;
  moodTo: string;
  moodToConfidence: number;
}

/** Tracks that the active model has heard and another one (or another version, or front end) before it; `o` is its last result. */
const COMPARED = `FROM tracks t JOIN results c ON c.id = t.result_id
JOIN results o ON o.id = (SELECT x.id FROM results x WHERE x.content_hash = t.content_hash
  AND (x.model <> :model OR x.front_end <> :frontEnd) ORDER BY x.chosen_at DESC, x.id DESC LIMIT 1)
WHERE t.missing = 0`;

/** Not where one of the models has no genres, or no moods. */
const GENRE_CHANGED = "(o.genre_fold <> c.genre_fold AND o.genre_top <> '' AND c.genre_top <> '')";
const MOOD_CHANGED = 'coalesce(o.mood_top <> c.mood_top, 0)';

const CHANGES = `SELECT t.id AS trackId, t.path, o.model AS former,
  ${GENRE_CHANGED} AS genreChanged, o.genre_top AS genreFrom, o.genre_confidence AS genreFromConfidence,
  c.genre_top AS genreTo, c.genre_confidence AS genreToConfidence,
  ${MOOD_CHANGED} AS moodChanged, o.mood_top AS moodFrom, json_extract(o.mood, '$.confidence') AS moodFromConfidence,
  c.mood_top AS moodTo, json_extract(c.mood, '$.confidence') AS moodToConfidence
${COMPARED} AND (${GENRE_CHANGED} OR ${MOOD_CHANGED}) ORDER BY t.path LIMIT :limit`;

/** What the results shown say otherwise than those of the model before, by top label, abstained or not; at most `limit` tracks. */
export function compareWithFormer(db: Database, active: ActiveModel, limit: number): ModelDiff {
  const { compared, changed } = db.get<{ compared: number; changed: number }>(
    `SELECT count(*) AS compared, coalesce(sum(${GENRE_CHANGED} OR ${MOOD_CHANGED}), 0) AS changed ${COMPARED}`,
    { ...active },
  )!;
  const rows = db.all<SqlChange>(CHANGES, { ...active, limit });
  return { model: active.model, compared, changed, tracks: rows.map(toChange) };
}

function toChange(row: SqlChange): ModelDiff['tracks'][number] {
  const { trackId, path, former } = row;
  return {
    trackId,
    path,
    former,
    genre: row.genreChanged
      ? {
          from: { top: row.genreFrom, confidence: row.genreFromConfidence },
          to: { top: row.genreTo, confidence: row.genreToConfidence },
        }
      : null,
    mood: row.moodChanged
      ? {
          from: { top: row.moodFrom, confidence: row.moodFromConfidence },
          to: { top: row.moodTo, confidence: row.moodToConfidence },
        }
      : null,
  };
}
