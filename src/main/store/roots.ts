import { inBulk } from './bulk';
import type { Database } from './driver';
import { underPath, underPathParams } from './under-path';

export interface RootRow {
  readonly id: number;
  readonly path: string;
  readonly addedAt: number;
  readonly tracks: number;
}

const SELECT = `SELECT r.id, r.path, r.added_at AS addedAt,
  (SELECT count(*) FROM tracks t WHERE t.root_id = r.id AND t.missing = 0) AS tracks FROM roots r`;

export function createRoots(db: Database) {
  const get = (id: number): RootRow | undefined => db.get<RootRow>(`${SELECT} WHERE r.id = ?`, [id]);
  return {
    get,
    list: (): RootRow[] => db.all<RootRow>(`${SELECT} ORDER BY r.path`),
    /** Adds a folder; roots inside it become part of it, and so do single files that lie in it. */
    add: (path: string, addedAt: number): RootRow =>
      db.transaction(() => {
        const { lastId } = db.run('INSERT INTO roots (path, added_at) VALUES (?, ?)', [path, addedAt]);
        const inside = underPathParams(path);
        db.run(`UPDATE tracks SET root_id = :rootId WHERE ${underPath('path')}`, { ...inside, rootId: lastId });
        db.run(`DELETE FROM roots WHERE id <> :rootId AND ${underPath('path')}`, { ...inside, rootId: lastId });
        return get(lastId)!;
      }),
    /** Forgets a folder, its tracks and its failures. Results stay under their content's hash, for when it comes back. */
    remove: (id: number): void => {
      const root = get(id);
      if (!root) return;
      inBulk(db, root.tracks, () => {
        db.run(`DELETE FROM failures WHERE ${underPath('path')}`, underPathParams(root.path));
        db.run('DELETE FROM roots WHERE id = ?', [id]);
      });
    },
  };
}
