import type { JobFailure } from '#shared/contract/schemas';
import type { Failure } from '#shared/domain/failure';
import type { Derivation } from './derive';
import type { Database } from './driver';
import { underPath, underPathParams } from './under-path';

export type FailureStage = 'scan' | 'analysis' | 'write';

const INSERT = `INSERT INTO failures (path, stage, track_id, code, message, model, front_end, plan, at)
VALUES (:path, :stage, :trackId, :code, :message, :model, :frontEnd, :plan, :at)
ON CONFLICT (path, stage) DO UPDATE SET track_id = excluded.track_id, code = excluded.code, message = excluded.message,
  model = excluded.model, front_end = excluded.front_end, plan = excluded.plan, at = excluded.at`;

export function createFailures(db: Database, derivation: Derivation) {
  return {
    /**
     * At most one failure per path and stage is kept, the last. `trackId` is null for folders and files outside the library,
     * `plan` for other stages than the analysis.
     */
    set: (
      path: string,
      stage: FailureStage,
      trackId: number | null,
      failure: Failure,
      at: number,
      plan: string | null = null,
    ): void => {
      db.transaction(() => {
        const { code, message } = failure;
        db.run(INSERT, { path, stage, trackId, code, message, at, plan, ...derivation.active() });
        if (trackId !== null) derivation.track(trackId);
      });
    },
    clear: (path: string, stage: FailureStage, trackId: number | null): void => {
      db.transaction(() => {
        const { changes } = db.run('DELETE FROM failures WHERE path = ? AND stage = ?', [path, stage]);
        if (changes > 0 && trackId !== null) derivation.track(trackId);
      });
    },
    /** Forgets what an earlier scan said of folders at or under a path. */
    clearFolders: (path: string): void => {
      db.run(
        `DELETE FROM failures WHERE stage = 'scan' AND track_id IS NULL AND ${underPath('path')}`,
        underPathParams(path),
      );
    },
    /** Newest first; those of vanished tracks and of other models are left out. */
    list: (limit: number): JobFailure[] =>
      db.all<JobFailure>(
        `SELECT f.path, f.code, f.message FROM failures f LEFT JOIN tracks t ON t.id = f.track_id
         WHERE coalesce(t.missing, 0) = 0
           AND (f.stage <> 'analysis' OR (f.model = :model AND f.front_end = :frontEnd))
           AND NOT (f.stage = 'scan' AND EXISTS (SELECT 1 FROM failures a WHERE a.path = f.path AND a.stage = 'analysis'
             AND a.model = :model AND a.front_end = :frontEnd))
         ORDER BY f.at DESC, f.id DESC LIMIT :limit`,
        { limit, ...derivation.active() },
      ),
  };
}
