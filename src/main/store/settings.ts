import type { Database } from './driver';

export function createSettings(db: Database) {
  return {
    get: (key: string): string | null =>
      db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])?.value ?? null,
    set: (key: string, value: string): void => {
      db.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
        key,
        value,
      ]);
    },
  };
}

export type Settings = ReturnType<typeof createSettings>;
