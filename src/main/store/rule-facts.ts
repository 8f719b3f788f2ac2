import { basename, dirname } from 'node:path';
import { isNamed, type Affect, type Verdict, type WideGenre } from '#shared/domain/analysis';
import type { GenreGraph } from '#shared/domain/genres/graph';
import type { Database } from './driver';
import { fold, named, parse, sharesOf, type FactSource } from './fact-source';
import { sortKey } from './text';

const COLUMNS = [
  'track_id',
  'state',
  'confidence',
  'valence',
  'arousal',
  'duration_sec',
  'year',
  'track_number',
  'rating',
  'bitrate',
  'sample_rate',
  'size',
  'added_at',
  'modified_at',
  'analysed_at',
  'decided_at',
  'written_at',
  'own_genres',
  'confirmed_genres',
  'heard_genre',
  'wide_genres',
  'own_moods',
  'confirmed_moods',
  'heard_mood',
  'title',
  'artist',
  'album_artist',
  'album',
  'codec',
  'file_name',
  'folder',
] as const;

const WRITE = `INSERT OR REPLACE INTO rule_facts (${COLUMNS.join(', ')}, mood_shares)
SELECT ${COLUMNS.map((_, i) => `value ->> ${i}`).join(', ')}, jsonb(value ->> ${COLUMNS.length}) FROM json_each(:rows)`;

/** Brings what rules of playlists compare in line with tags, result shown, decision and the collector's genres. */
export function writeRuleFacts(db: Database, graph: GenreGraph, sources: readonly FactSource[]): void {
  db.run(WRITE, { rows: JSON.stringify(sources.map((source) => ruleFactsOf(source, graph))) });
}

/** In the order of `COLUMNS`, the shares last, as a text so that none are NULL and not JSON's null. */
function ruleFactsOf(source: FactSource, graph: GenreGraph): unknown[] {
  const mood = parse<Verdict>(source.mood);
  const affect = parse<Affect>(source.affect);
  const labels = (list: readonly string[] | null): string | null => labelList(list ?? [], graph);
  const facts: Record<(typeof COLUMNS)[number], string | number | null> = {
    track_id: source.id,
    state: source.state,
    confidence: source.confidence,
    valence: affect?.valence ?? null,
    arousal: affect?.arousal ?? null,
    duration_sec: source.duration_sec,
    year: source.year,
    track_number: source.track_number,
    rating: source.rating,
    bitrate: kilobits(source.bitrate),
    sample_rate: source.sample_rate,
    size: source.size,
    added_at: source.added_at,
    modified_at: millisecondsOf(source.mtime_ns),
    analysed_at: source.analysed_at,
    decided_at: source.decided_at,
    written_at: source.written_at,
    own_genres: labels(parse(source.own_genres)),
    confirmed_genres: labels(parse(source.decided_genres)),
    heard_genre: labels(named(parse<Verdict>(source.genre))),
    wide_genres: labels((parse<WideGenre[]>(source.wide) ?? []).filter(isNamed).map(({ label }) => label)),
    own_moods: labels(parse(source.own_moods)),
    confirmed_moods: labels(parse(source.decided_moods)),
    heard_mood: labels(named(mood)),
    title: sortKey(source.title),
    artist: sortKey(source.artist),
    album_artist: sortKey(source.album_artist),
    album: sortKey(source.album),
    codec: sortKey(source.codec),
    file_name: sortKey(basename(source.path)) ?? '',
    folder: sortKey(dirname(source.path)) ?? '',
  };
  return [...COLUMNS.map((column) => facts[column]), mood && JSON.stringify(sharesOf(mood))];
}

/** From bit/s. */
export const kilobits = (bitrate: number | null): number | null => bitrate && Math.round(bitrate / 1000);

/** Milliseconds since 1970, of nanoseconds written out. */
export const millisecondsOf = (nanoseconds: string): number => Number(BigInt(nanoseconds) / 1_000_000n);

const lists = new WeakMap<GenreGraph, Map<string, string>>();

/**
 * A list of labels as rules look into it, `|hardrock|>hardrock>rock>`: their folds, then those of what they are within. Null for none.
 * A library has few different lists, and each of them very often.
 */
function labelList(labels: readonly string[], graph: GenreGraph): string | null {
  if (labels.length === 0) return null;
  const known = lists.get(graph) ?? new Map<string, string>();
  lists.set(graph, known);
  const key = labels.join('\0');
  const list = known.get(key) ?? foldedList(labels, graph);
  if (known.size < 10_000) known.set(key, list);
  return list;
}

function foldedList(labels: readonly string[], graph: GenreGraph): string {
  const folds = new Set(labels.map(fold));
  const within = new Set(
    labels.flatMap((label) => [graph.find(label)?.name ?? label, ...graph.ancestors(label)]).map(fold),
  );
  return `|${[...folds].join('|')}|>${[...within].join('>')}>`;
}

/** What a list has in it that holds a label, or something within it. */
export const exactly = (label: string): string => `|${fold(label)}|`;
export const within = (label: string, graph: GenreGraph): string => `>${fold(graph.find(label)?.name ?? label)}>`;
