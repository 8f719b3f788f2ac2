import type { SavedView, ViewQuery } from '#shared/contract/finding';
import type { Database } from './driver';

interface SqlView {
  id: number;
  name: string;
  query: string;
  position: number;
}

const SELECT = 'SELECT id, name, query, position FROM saved_views';

/** Searches under a name. */
export function createViews(db: Database) {
  const get = (id: number): SavedView | undefined => {
    const row = db.get<SqlView>(`${SELECT} WHERE id = ?`, [id]);
    return row && toView(row);
  };
  return {
    get,
    list: (): SavedView[] => db.all<SqlView>(`${SELECT} ORDER BY position, id`).map(toView),
    /** @param position null: after all others */
    add: (name: string, query: ViewQuery, position: number | null, now: number): SavedView => {
      const { lastId } = db.run(
        `INSERT INTO saved_views (name, query, position, created_at)
         VALUES (?, ?, coalesce(?, (SELECT coalesce(max(position), 0) + 1 FROM saved_views)), ?)`,
        [name, JSON.stringify(query), position, now],
      );
      return get(lastId)!;
    },
    change: ({ id, name, query }: SavedView): void => {
      db.run('UPDATE saved_views SET name = ?, query = ? WHERE id = ?', [name, JSON.stringify(query), id]);
    },
    remove: (id: number): void => {
      db.run('DELETE FROM saved_views WHERE id = ?', [id]);
    },
  };
}

const toView = ({ query, ...row }: SqlView): SavedView => ({ ...row, query: JSON.parse(query) as ViewQuery });
