import type { Decision, TrackDetail, TrackRow, TrackState } from '#shared/contract/schemas';
import type { Affect, Verdict, WideGenre } from '#shared/domain/analysis';
import type { FailureCode } from '#shared/domain/failure';
import type { ActiveModel } from './derive';
import { ruleOf } from './decisions';
import { bytesOf, type Database } from './driver';
import { QUICK } from './query';

interface SqlRow {
  id: number;
  path: string;
  file_name: string;
  title: string | null;
  artist: string | null;
  album: string | null;
  duration_sec: number | null;
  year: number | null;
  analysed_at: number | null;
  own_genres: string;
  own_moods: string;
  state: TrackState;
  stale: number;
  heard_quickly: number;
  look_again: number;
  disagrees: number;
  genre: string | null;
  mood: string | null;
  content: string | null;
  affect: string | null;
  action: Decision['action'] | null;
  genres: string;
  moods: string;
  decided_at: number;
  decided_not_music: number;
  decided_by_rule: number;
  failure_code: FailureCode | null;
  failure_message: string;
}

const FAILURE = (column: string) => `(SELECT f.${column} FROM failures f WHERE f.track_id = t.id
  AND (f.stage <> 'analysis' OR (f.model = :model AND f.front_end = :frontEnd)) ORDER BY f.at DESC, f.id DESC LIMIT 1)`;

const SELECT = `SELECT t.id, t.path, t.file_name, t.title, t.artist, t.album, t.duration_sec, t.year, t.own_genres, t.own_moods,
  t.state, t.former_id IS NOT NULL AS stale,
  t.quick & ${QUICK.quick} <> 0 AS heard_quickly, t.quick & ${QUICK['look-again']} <> 0 AS look_again, t.disagrees, r.genre, r.mood, r.content, r.affect, r.analysed_at, d.action, d.genres, d.moods, d.decided_at, d.not_music AS decided_not_music, d.by_rule AS decided_by_rule,
  CASE WHEN t.has_failure THEN ${FAILURE('code')} END AS failure_code,
  CASE WHEN t.has_failure THEN ${FAILURE('message')} END AS failure_message
FROM json_each(:ids) c JOIN tracks t ON t.id = c.value
LEFT JOIN results r ON r.id = coalesce(t.result_id, t.former_id) LEFT JOIN decisions d ON d.track_id = t.id
ORDER BY c.key`;

/** All of a row but what accepting it would write, which the settings decide. */
export type StoredRow = Omit<TrackRow, 'accepts'>;

/** The table's rows of some tracks, in the order of the ids; unknown ids are left out. */
export function selectRows(db: Database, active: ActiveModel, ids: readonly number[]): StoredRow[] {
  return db.all<SqlRow>(SELECT, { ids: JSON.stringify(ids), ...active }).map(toRow);
}

function toRow(row: SqlRow): StoredRow {
  return {
    id: row.id,
    path: row.path,
    fileName: row.file_name,
    title: row.title,
    artist: row.artist,
    album: row.album,
    durationSec: row.duration_sec,
    year: row.year,
    analysedAt: row.analysed_at,
    ownGenres: parse<string[]>(row.own_genres),
    ownMoods: parse<string[]>(row.own_moods),
    state: row.state,
    genre: parseVerdict(row.genre),
    mood: parseVerdict(row.mood),
    content: parseVerdict(row.content),
    affect: parseIfAny<Affect>(row.affect),
    stale: row.stale === 1,
    quick: row.heard_quickly === 1,
    lookAgain: row.look_again === 1,
    disagrees: row.disagrees === 1,
    decision: row.action && {
      action: row.action,
      genres: parse<string[]>(row.genres),
      moods: parse<string[]>(row.moods),
      decidedAt: row.decided_at,
      ...(row.decided_not_music === 1 && { notMusic: true }),
      ...ruleOf(row.decided_by_rule),
    },
    failure: row.failure_code && { code: row.failure_code, message: row.failure_message },
  };
}

interface SqlDetail {
  album_artist: string | null;
  container: string | null;
  codec: string | null;
  shown_id: number | null;
  model: string;
  front_end: string;
  plan: string;
  decoder: string;
  provider: string;
  analysed_at: number;
  windows: number;
  window_sec: number;
  starts_sec: string;
  ms: string;
  warnings: string;
  genre_labels: string;
  genre_windows: unknown;
  mood_labels: string | null;
  mood_windows: unknown;
  wide: string | null;
}

/** All of a detail but that and what only the jobs know. */
type StoredDetail = Omit<TrackDetail, 'fullAnalysis' | 'accepts'>;

/** Everything about one track, or null if there is none of this id. */
export function selectDetail(db: Database, active: ActiveModel, id: number): StoredDetail | null {
  const row = selectRows(db, active, [id])[0];
  const detail = db.get<SqlDetail>(
    `SELECT t.album_artist, t.container, t.codec, r.id AS shown_id, r.* FROM tracks t
     LEFT JOIN results r ON r.id = coalesce(t.result_id, t.former_id) WHERE t.id = ?`,
    [id],
  );
  if (!row || !detail) return null;
  const { album_artist: albumArtist, container, codec } = detail;
  return {
    ...row,
    albumArtist,
    container,
    codec,
    wide: parseIfAny<WideGenre[]>(detail.wide),
    analysis: detail.shown_id === null ? null : toAnalysis(detail),
  };
}

function toAnalysis(row: SqlDetail): NonNullable<TrackDetail['analysis']> {
  return {
    model: row.model,
    frontEnd: row.front_end,
    plan: row.plan,
    decoder: row.decoder,
    provider: row.provider,
    analysedAt: row.analysed_at,
    windows: row.windows,
    windowSec: row.window_sec,
    startsSec: parse<number[]>(row.starts_sec),
    ms: parse<NonNullable<TrackDetail['analysis']>['ms']>(row.ms),
    warnings: parse<string[]>(row.warnings),
    perWindow: {
      genre: toWindows(row.genre_labels, row.genre_windows),
      mood: toWindows(row.mood_labels, row.mood_windows),
    },
  };
}

/** @param labels the text of null, too, is none (a model without genres) */
function toWindows(labels: string | null, data: unknown) {
  const names = parseIfAny<string[] | null>(labels);
  return names && { labels: names, data: [...bytesOf(data)] };
}

/** For text that the store itself wrote. */
const parse = <T>(text: string): T => JSON.parse(text) as T;
const parseIfAny = <T>(text: string | null): T | null => (text === null ? null : parse<T>(text));

/** Verdicts stored before there was a reason abstained for one only. The text of null is that of a model without the task. */
export function parseVerdict(text: string | null): Verdict | null {
  if (text === null) return null;
  const verdict = parse<(Omit<Verdict, 'abstainReason'> & Partial<Verdict>) | null>(text);
  return verdict && { ...verdict, abstainReason: verdict.abstainReason ?? (verdict.abstained ? 'unsure' : null) };
}
