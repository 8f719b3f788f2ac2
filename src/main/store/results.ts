import { FULL_PLAN, formatWindowPlan, isNotMusic, type TrackAnalysis } from '#shared/domain/analysis';
import { foldLabel } from '#shared/domain/vocabulary';
import { QUICK_KEY, type Derivation } from './derive';
import { bytesOf, type Database, type SqlValue } from './driver';
import { packEmbedding, unpackEmbedding } from './embedding-blob';
import { compareWithFormer } from './former';
import { QUICK } from './query';

const COLUMNS = [
  'content_hash',
  'model',
  'front_end',
  'plan',
  'duration_sec',
  'windows',
  'window_sec',
  'starts_sec',
  'decoder',
  'provider',
  'ms',
  'warnings',
  'genre',
  'genre_top',
  'genre_fold',
  'genre_confidence',
  'genre_abstained',
  'genre_labels',
  'genre_windows',
  'mood',
  'mood_top',
  'mood_labels',
  'mood_windows',
  'content',
  'wide',
  'affect',
  'embedding',
  'not_music',
  'analysed_at',
  'chosen_at',
] as const;

const UPSERT = `INSERT INTO results (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((c) => `:${c}`).join(', ')})
ON CONFLICT (content_hash, model, front_end, plan) DO UPDATE SET ${COLUMNS.map((c) => `${c} = excluded.${c}`).join(', ')}`;

/** Analysis failures that say more of the machine than of the file: such tracks are tried again by the next run. */
const RETRIED = [
  'decoder-missing',
  'not-found',
  'permission-denied',
  'read-failed',
  'no-space',
  'analysis-crashed',
  'internal',
]
  .map((code) => `'${code}'`)
  .join(', ');

const FULL_KEY = formatWindowPlan(FULL_PLAN);

/**
 * The failure `f` is one that this plan won't mend. What could not be decoded quickly may yet be decoded in full: the quick
 * pass jumps through the file, for which a damaged one may be good for less than for being read from its start.
 */
const LASTS = `f.code NOT IN (${RETRIED})
  AND ((f.stage = 'analysis' AND f.model = :model AND f.front_end = :frontEnd
      AND NOT (:plan = '${FULL_KEY}' AND coalesce(f.plan, '') = '${QUICK_KEY}' AND f.code = 'decode-failed'))
    OR (f.stage = 'scan' AND f.code = 'empty-file'))`;

const HOPELESS = `(t.has_failure AND EXISTS (SELECT 1 FROM failures f WHERE f.track_id = t.id AND ${LASTS}))`;

/** Ids in path order, of what the model is in doubt of or of the rest; in one index and unsorted, as `pageSql`. */
export const heardQuickly = (doubtful: boolean): string =>
  `SELECT t.id FROM tracks t WHERE t.missing = 0 AND t.quick & ${QUICK.quick}
   AND (t.quick & ${QUICK.unsure} <> 0) = ${Number(doubtful)} ORDER BY t.path`;

/** The active model has heard the track `t` with this plan. */
const HEARD = `EXISTS (SELECT 1 FROM results r WHERE r.content_hash = t.content_hash
  AND r.model = :model AND r.front_end = :frontEnd AND r.plan = :plan)`;

export function createResults(db: Database, derivation: Derivation) {
  const idsOf = (sql: string, params: Readonly<Record<string, SqlValue>>): number[] =>
    db.all<{ id: number }>(sql, { ...params, ...derivation.active() }).map((row) => row.id);

  return {
    /** True if this content was analysed by the active model with any plan; the result shown stays the one shown. */
    adopt: (contentHash: string): boolean =>
      db.transaction(() => {
        const known = db.get(
          'SELECT 1 FROM results WHERE content_hash = :contentHash AND model = :model AND front_end = :frontEnd LIMIT 1',
          { contentHash, ...derivation.active() },
        );
        if (known) derivation.content(contentHash);
        return known !== undefined;
      }),
    /** True if this content was analysed by the active model with this plan; the result is then the one shown. */
    choose: (contentHash: string, plan: string, now: number): boolean =>
      db.transaction(() => {
        const { changes } = db.run(
          `UPDATE results SET chosen_at = max(chosen_at + 1, :now)
           WHERE content_hash = :contentHash AND plan = :plan AND model = :model AND front_end = :frontEnd`,
          { contentHash, plan, now, ...derivation.active() },
        );
        if (changes > 0) derivation.content(contentHash);
        return changes > 0;
      }),
    /** As `choose` for all of these tracks that were analysed with this plan but show the result of another one. */
    chooseAll: (trackIds: readonly number[], plan: string, now: number): void => {
      db.transaction(() => {
        const { changes } = db.run(
          `UPDATE results SET chosen_at = max(chosen_at + 1, :now)
           WHERE plan = :plan AND model = :model AND front_end = :frontEnd
             AND content_hash IN (SELECT t.content_hash FROM tracks t JOIN results shown ON shown.id = t.result_id
               WHERE t.id IN (SELECT value FROM json_each(:ids)) AND shown.plan <> :plan)`,
          { ids: JSON.stringify(trackIds), plan, now, ...derivation.active() },
        );
        if (changes > 0) derivation.tracks(trackIds);
      });
    },
    /**
     * One transaction: the result, the track's content hash, the end of an earlier failure, and what follows from them.
     *
     * @param yields the result is shown only where there is none of another plan
     */
    store: (trackId: number, analysis: TrackAnalysis, plan: string, now: number, yields = false): void => {
      db.transaction(() => {
        db.run(UPSERT, { ...columnsOf(analysis, plan, now), chosen_at: yields ? 0 : now });
        db.run('UPDATE tracks SET content_hash = ?, duration_sec = coalesce(duration_sec, ?) WHERE id = ?', [
          analysis.contentHash,
          analysis.durationSec,
          trackId,
        ]);
        db.run(`DELETE FROM failures WHERE track_id = ? AND stage = 'analysis'`, [trackId]);
        derivation.content(analysis.contentHash);
      });
    },
    /**
     * Which of the candidates the active model has yet to analyse with this plan, in the candidates' order.
     *
     * @param named also those that failed before, whatever the reason
     */
    pending: (candidates: readonly number[], plan: string, named: boolean): number[] =>
      idsOf(
        `SELECT t.id FROM json_each(:ids) c JOIN tracks t ON t.id = c.value
         WHERE t.missing = 0 AND NOT ${HEARD} AND (:named OR NOT ${HOPELESS}) ORDER BY c.key`,
        { ids: JSON.stringify(candidates), plan, named },
      ),
    /** As `pending` for the quick pass, which leaves out what has a result of any plan. */
    unheard: (candidates: readonly number[], named: boolean): number[] =>
      idsOf(
        `SELECT t.id FROM json_each(:ids) c JOIN tracks t ON t.id = c.value
         WHERE t.missing = 0 AND t.result_id IS NULL AND (:named OR NOT ${HOPELESS}) ORDER BY c.key`,
        { ids: JSON.stringify(candidates), plan: QUICK_KEY, named },
      ),
    /**
     * What was heard quickly, or failed so in a way that hearing it in full may mend: tracks that the model is in doubt of come
     * first, else they are in path order, and what failed comes last.
     */
    toRefine: (): number[] => {
      // One text is read much faster than as many rows.
      const quickly = [true, false].flatMap((doubtful) => {
        const row = db.get<{ ids: string }>(`SELECT json_group_array(id) AS ids FROM (${heardQuickly(doubtful)})`);
        return JSON.parse(row?.ids ?? '[]') as number[];
      });
      const failed = idsOf(
        `SELECT t.id FROM failures f JOIN tracks t ON t.id = f.track_id AND t.missing = 0
         WHERE f.stage = 'analysis' AND f.model = :model AND f.front_end = :frontEnd AND f.plan = '${QUICK_KEY}'
           AND t.result_id IS NULL ORDER BY t.path`,
        {},
      );
      const hopeless = new Set(
        idsOf(`SELECT f.track_id AS id FROM failures f WHERE f.track_id IS NOT NULL AND ${LASTS}`, { plan: FULL_KEY }),
      );
      return [...quickly, ...failed].filter((id) => !hopeless.has(id));
    },
    /** The embeddings of the results shown of these tracks, by id; tracks without one are left out. */
    embeddings: (trackIds: readonly number[]): Map<number, Float32Array> =>
      new Map(
        db
          .all<{ id: number; embedding: unknown }>(
            `SELECT t.id, r.embedding FROM json_each(:ids) c JOIN tracks t ON t.id = c.value
             JOIN results r ON r.id = t.result_id WHERE r.embedding IS NOT NULL`,
            { ids: JSON.stringify(trackIds) },
          )
          .map(({ id, embedding }) => [id, unpackEmbedding(bytesOf(embedding))]),
      ),
    /** See `compareWithFormer`. */
    compareWithFormer: (limit: number) => compareWithFormer(db, derivation.active(), limit),
    /**
     * The front end that last gave results of a model, '' if there are none: what to show until the model is loaded.
     * @param beginning only one that begins so
     */
    lastFrontEnd: (model: string, beginning = ''): string =>
      db.get<{ v: string }>(
        `SELECT front_end AS v FROM results WHERE model = :model AND substr(front_end, 1, length(:beginning)) = :beginning
         ORDER BY id DESC LIMIT 1`,
        { model, beginning },
      )?.v ?? '',
  };
}

/** Of a model that hears no genre: these columns of the first library may not be null, so an empty top stands for none. */
const NO_GENRE = {
  genre: 'null',
  genre_top: '',
  genre_fold: '',
  genre_confidence: 0,
  genre_abstained: true,
  genre_labels: 'null',
  genre_windows: new Uint8Array(),
};

const genreColumnsOf = ({ genre, perWindow }: TrackAnalysis): Record<keyof typeof NO_GENRE, SqlValue> =>
  genre && perWindow.genre
    ? {
        genre: JSON.stringify(genre),
        genre_top: genre.top,
        genre_fold: foldLabel(genre.top),
        genre_confidence: genre.confidence,
        genre_abstained: genre.abstained,
        genre_labels: JSON.stringify(perWindow.genre.labels),
        genre_windows: perWindow.genre.data,
      }
    : NO_GENRE;

function columnsOf(a: TrackAnalysis, plan: string, now: number): Record<(typeof COLUMNS)[number], SqlValue> {
  return {
    content_hash: a.contentHash,
    model: a.model,
    front_end: a.frontEnd,
    plan,
    duration_sec: a.durationSec,
    windows: a.windows,
    window_sec: a.windowSec,
    starts_sec: JSON.stringify(a.startsSec),
    decoder: a.decoder,
    provider: a.provider,
    ms: JSON.stringify(a.ms),
    warnings: JSON.stringify(a.warnings),
    ...genreColumnsOf(a),
    mood: a.mood && JSON.stringify(a.mood),
    mood_top: a.mood && a.mood.top,
    mood_labels: a.perWindow.mood && JSON.stringify(a.perWindow.mood.labels),
    mood_windows: a.perWindow.mood && a.perWindow.mood.data,
    content: a.content && JSON.stringify(a.content),
    wide: a.wide && JSON.stringify(a.wide),
    affect: a.affect && JSON.stringify(a.affect),
    embedding: a.embedding && packEmbedding(a.embedding),
    not_music: isNotMusic(a.content),
    analysed_at: now,
    chosen_at: now,
  };
}
