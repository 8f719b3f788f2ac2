import { basename, dirname } from 'node:path';
import { isNamed, type Affect, type Verdict, type WideGenre } from '#shared/domain/analysis';
import { foldText } from '#shared/domain/text';
import type { GenreGraph } from '#shared/domain/genres/graph';
import type { Database, SqlValue } from './driver';
import { fold, FACTS_TOGETHER, named, parse, sharesOf, sourceOf, type FactSource } from './fact-source';
import { writeRuleFacts } from './rule-facts';

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
export function refreshFacts(
  db: Database,
  graph: GenreGraph,
  where: string,
  params: Readonly<Record<string, SqlValue>>,
): void {
  for (let after = 0; ;) {
    const sources = db.all<FactSource>(sourceOf(where), { ...params, after });
    if (sources.length > 0) {
      db.run(WRITE, { rows: JSON.stringify(sources.map(factsOf)) });
      writeRuleFacts(db, graph, sources);
    }
    if (sources.length < FACTS_TOGETHER) return;
    after = sources.at(-1)?.id ?? after;
  }
}

/** In the order of `COLUMNS`, the shares last, as a text so that none are NULL and not JSON's null. */
function factsOf(source: FactSource): unknown[] {
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

const decided = (labels: string | null): string[] => parse<string[]>(labels) ?? [];

const foldList = (labels: readonly string[]): string =>
  `|${[...new Set(labels.map(fold))].map((label) => `${label}|`).join('')}`;
