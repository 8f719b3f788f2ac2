import { basename, dirname } from 'node:path';
import type { TrackState } from '#shared/contract/schemas';
import { isNamed, type Affect, type Verdict, type WideGenre } from '#shared/domain/analysis';
import { foldText } from '#shared/domain/text';
import { foldLabel } from '#shared/domain/vocabulary';
import type { Database, SqlValue } from './driver';

/** What the facts of a track are made from; `genre` and what follows are of the result shown, the last two decided. */
interface Source {
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
}

const sourceOf = (where: string): string => `SELECT t.id, t.state, t.path, t.title, t.artist, t.album, t.album_artist,
  t.year, t.duration_sec, t.search, t.genre_confidence AS confidence, t.own_genres, t.own_moods,
  r.genre, r.mood, r.wide, r.affect, r.analysed_at, d.genres AS decided_genres, d.moods AS decided_moods
FROM (SELECT * FROM tracks WHERE id > :after AND (${where}) ORDER BY id LIMIT ${BATCH}) t
LEFT JOIN results r ON r.id = t.result_id LEFT JOIN decisions d ON d.track_id = t.id ORDER BY t.id`;

/** So many at once stay small in memory, and are written by one statement. */
const BATCH = 2000;

const COLUMNS = [
  'track_id',
  'state',
  'year',
  'duration_sec',
  'confidence',
  'valence',
  'arousal',
  'heard',
  'mood',
  'analysed_at',
  'genres',
  'moods',
  'wide',
  'search',
  'artist',
  'album',
  'title',
  'path',
  'album_group',
  'folder',
] as const;

const WRITE = `INSERT OR REPLACE INTO track_facts (${COLUMNS.join(', ')}, shares)
SELECT ${COLUMNS.map((_, i) => `value ->> ${i}`).join(', ')}, jsonb(value ->> ${COLUMNS.length}) FROM json_each(:rows)`;

/** Brings the facts of the tracks for which `where` holds in line with tags, result shown and decision. */
export function refreshFacts(db: Database, where: string, params: Readonly<Record<string, SqlValue>>): void {
  for (let after = 0; ;) {
    const sources = db.all<Source>(sourceOf(where), { ...params, after });
    if (sources.length > 0) db.run(WRITE, { rows: JSON.stringify(sources.map(factsOf)) });
    if (sources.length < BATCH) return;
    after = sources.at(-1)?.id ?? after;
  }
}

/** In the order of `COLUMNS`, the shares last, as a text so that none are NULL and not JSON's null. */
function factsOf(source: Source): unknown[] {
  const genre = parse<Verdict>(source.genre);
  const mood = parse<Verdict>(source.mood);
  const affect = parse<Affect>(source.affect);
  const folder = dirname(source.path);
  const facts: Record<(typeof COLUMNS)[number], string | number | null> = {
    track_id: source.id,
    state: source.state,
    year: source.year,
    duration_sec: source.duration_sec,
    confidence: source.confidence,
    valence: affect?.valence ?? null,
    arousal: affect?.arousal ?? null,
    heard: named(genre)[0] ?? null,
    mood: named(mood)[0] ?? null,
    analysed_at: source.analysed_at,
    genres: foldList([...(parse<string[]>(source.own_genres) ?? []), ...decided(source.decided_genres)]),
    moods: foldList([...(parse<string[]>(source.own_moods) ?? []), ...named(mood), ...decided(source.decided_moods)]),
    wide: foldList((parse<WideGenre[]>(source.wide) ?? []).filter(isNamed).map(({ label }) => label)),
    search: source.search,
    // A line each, so that no search finds the end of one and the beginning of the other.
    artist: foldText([source.artist, source.album_artist].filter(Boolean).join('\n')),
    album: foldText(source.album ?? ''),
    title: foldText(source.title ?? basename(source.path)),
    path: foldText(source.path),
    album_group: source.album && `${foldText(source.album)}\n${foldText(source.album_artist ?? '') || folder}`,
    folder,
  };
  return [...COLUMNS.map((column) => facts[column]), genre && JSON.stringify(sharesOf(genre))];
}

/** A verdict's fold, where it names one. */
const named = (verdict: Verdict | null): string[] => (verdict && !verdict.abstained ? [fold(verdict.top)] : []);

const decided = (labels: string | null): string[] => parse<string[]>(labels) ?? [];

const foldList = (labels: readonly string[]): string =>
  `|${[...new Set(labels.map(fold))].map((label) => `${label}|`).join('')}`;

/** Labels that fold to one are summed. To a millionth: finer than anyone asks, and half as long as all digits. */
function sharesOf({ histogram }: Verdict): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const { label, share } of histogram) shares[fold(label)] = (shares[fold(label)] ?? 0) + share;
  for (const label of Object.keys(shares)) shares[label] = Math.round((shares[label] ?? 0) * 1e6) / 1e6;
  return shares;
}

const folds = new Map<string, string>();

/** As `foldLabel`; a library has few labels and each of them very often. */
function fold(label: string): string {
  const known = folds.get(label) ?? foldLabel(label);
  if (folds.size < 10_000) folds.set(label, known);
  return known;
}

const parse = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
