import type { TrackState } from '#shared/contract/schemas';
import type { Verdict } from '#shared/domain/analysis';
import { foldLabel } from '#shared/domain/vocabulary';

/** So many at once stay small in memory, and are written by one statement. */
export const FACTS_TOGETHER = 2000;

/** What the facts of a track are made from; `genre` to `analysed_at` are of the result shown. */
export interface FactSource {
  id: number;
  state: TrackState;
  path: string;
  title: string | null;
  artist: string | null;
  album: string | null;
  album_artist: string | null;
  year: number | null;
  duration_sec: number | null;
  search: string;
  confidence: number | null;
  own_genres: string;
  own_moods: string;
  genre: string | null;
  mood: string | null;
  wide: string | null;
  affect: string | null;
  analysed_at: number | null;
  decided_genres: string | null;
  decided_moods: string | null;
  decided_at: number | null;
  written_at: number | null;
  track_number: number | null;
  rating: number | null;
  bitrate: number | null;
  sample_rate: number | null;
  codec: string | null;
  size: number;
  mtime_ns: string;
  added_at: number;
}

export const sourceOf = (
  where: string,
): string => `SELECT t.id, t.state, t.path, t.title, t.artist, t.album, t.album_artist,
  t.year, t.duration_sec, t.search, t.genre_confidence AS confidence, t.own_genres, t.own_moods,
  r.genre, r.mood, r.wide, r.affect, r.analysed_at, d.genres AS decided_genres, d.moods AS decided_moods,
  d.decided_at, d.written_at, t.track_number, t.rating, t.bitrate, t.sample_rate, t.codec, t.size, t.mtime_ns, t.added_at
FROM (SELECT * FROM tracks WHERE id > :after AND (${where}) ORDER BY id LIMIT ${FACTS_TOGETHER}) t
LEFT JOIN results r ON r.id = t.result_id LEFT JOIN decisions d ON d.track_id = t.id ORDER BY t.id`;

/** A verdict's fold, where it names one. */
export const named = (verdict: Verdict | null): string[] => (verdict && !verdict.abstained ? [fold(verdict.top)] : []);

/** Labels that fold to one are summed. To a millionth: finer than anyone asks, and half as long as all digits. */
export function sharesOf({ histogram }: Verdict): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const { label, share } of histogram) shares[fold(label)] = (shares[fold(label)] ?? 0) + share;
  for (const label of Object.keys(shares)) shares[label] = Math.round((shares[label] ?? 0) * 1e6) / 1e6;
  return shares;
}

const folds = new Map<string, string>();

/** As `foldLabel`; a library has few labels and each of them very often. */
export function fold(label: string): string {
  const known = folds.get(label) ?? foldLabel(label);
  if (folds.size < 10_000) folds.set(label, known);
  return known;
}

export const parse = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
