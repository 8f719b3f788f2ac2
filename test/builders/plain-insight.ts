import type { Distribution, Distributions, GenreMatrix, MatrixCell, Reliability } from '#shared/contract/insight';
import type { StoredRow } from '../../src/main/store';
import { isNotMusic } from '#shared/domain/analysis';
import { builtInGenreGraph, foldsOfOwn } from '#shared/domain/genres/graph';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';

/** The library as a whole, told from its rows one by one: what the store's queries must agree with, and what the fake backend says. */

const FOREIGN_ROWS = 12;

type Verdict = NonNullable<StoredRow['genre']>;
type Heard = StoredRow & { genre: Verdict };

/** Heard by the chosen model, and music. */
export const isCounted = <Row extends StoredRow>(row: Row): row is Row & { genre: Verdict } =>
  row.genre !== null && !row.stale && !isNoMusic(row);

/** As the model says, or the user. */
const isNoMusic = ({ content, decision }: StoredRow): boolean => isNotMusic(content) || decision?.notMusic === true;

const keyOf = (fold: string): string => `genre:${fold}`;

const columnOf = ({ genre }: Heard): string => (genre.abstained ? 'unsure' : keyOf(foldLabel(genre.top)));

/** Of the own genres the one under which a track is counted. */
function ownFold({ ownGenres, genre }: Heard, vocabulary: readonly string[]): string {
  const folds = foldsOfOwn(builtInGenreGraph(), ownGenres);
  const known = vocabulary.map(foldLabel);
  const agreeing = genre.abstained ? undefined : folds.find((fold) => fold === foldLabel(genre.top));
  return agreeing ?? folds.find((fold) => known.includes(fold)) ?? folds[0]!;
}

function foreignFolds(rows: readonly Heard[], vocabulary: readonly string[]): string[] {
  const counts = new Map<string, number>();
  const known = vocabulary.map(foldLabel);
  for (const row of rows) {
    if (row.ownGenres.length === 0) continue;
    const fold = ownFold(row, vocabulary);
    if (!known.includes(fold)) counts.set(fold, (counts.get(fold) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([fold]) => fold);
}

function rowOf(row: Heard, vocabulary: readonly string[], foreign: readonly string[]): string {
  if (row.ownGenres.length === 0) return 'none';
  const fold = ownFold(row, vocabulary);
  const shown = [...vocabulary.map(foldLabel), ...foreign.slice(0, FOREIGN_ROWS)];
  return shown.includes(fold) ? keyOf(fold) : 'others';
}

/** @param vocabulary the genres that the model may name, in the order of their names */
export function plainMatrix(all: readonly StoredRow[], vocabulary: readonly string[]): GenreMatrix {
  const heard = all.filter(isCounted);
  const foreign = foreignFolds(heard, vocabulary);
  const known = vocabulary.map((label) => ({ key: keyOf(foldLabel(label)), name: displayLabel(label) }));
  const nameOf = (fold: string): string =>
    heard.flatMap((row) => row.ownGenres).find((label) => foldLabel(label) === fold) ?? fold;
  const rows: GenreMatrix['rows'] = [
    ...known.map((genre) => ({ ...genre, kind: 'known' as const })),
    ...foreign
      .slice(0, FOREIGN_ROWS)
      .map((fold) => ({ key: keyOf(fold), name: nameOf(fold), kind: 'foreign' as const })),
    ...(foreign.length > FOREIGN_ROWS ? [{ key: 'others', name: 'Other genres', kind: 'others' as const }] : []),
    { key: 'none', name: 'No genre', kind: 'none' },
  ];
  const columns: GenreMatrix['columns'] = [
    ...known.map((genre) => ({ ...genre, kind: 'genre' as const })),
    { key: 'unsure', name: 'None named', kind: 'unsure' },
  ];
  const placed = place(heard, vocabulary);
  const named = heard.filter((row) => row.ownGenres.length > 0 && !row.genre.abstained);
  return {
    rows,
    columns,
    counts: rows.map(({ key: row }) =>
      columns.map(({ key: column }) => placed.filter((each) => each.row === row && each.column === column).length),
    ),
    agree: named.filter((row) => !row.disagrees).length,
    disagree: named.filter((row) => row.disagrees).length,
    notHeard: all.filter((row) => row.genre === null || row.stale).length,
    notMusic: all.filter((row) => row.genre !== null && !row.stale && isNoMusic(row)).length,
  };
}

interface Placed {
  readonly track: Heard;
  readonly row: string;
  readonly column: string;
}

function place(heard: readonly Heard[], vocabulary: readonly string[]): Placed[] {
  const foreign = foreignFolds(heard, vocabulary);
  return heard.map((track) => ({ track, row: rowOf(track, vocabulary, foreign), column: columnOf(track) }));
}

/** In path order. */
export function plainMatrixTracks(
  all: readonly StoredRow[],
  { row, column }: MatrixCell,
  vocabulary: readonly string[],
): number[] {
  return place(all.filter(isCounted), vocabulary)
    .filter((each) => (row === null || each.row === row) && (column === null || each.column === column))
    .sort((a, b) => (a.track.path < b.track.path ? -1 : 1))
    .map(({ track }) => track.id);
}

function plainDistribution(verdicts: readonly Verdict[]): Distribution {
  const labels = new Set(verdicts.flatMap(({ histogram }) => histogram.map(({ label }) => label)));
  const shareIn = ({ histogram }: Verdict, label: string): number =>
    histogram.find((bar) => bar.label === label)?.share ?? 0;
  return {
    bars: [...labels]
      .map((label) => ({
        label,
        share: verdicts.reduce((sum, verdict) => sum + shareIn(verdict, label), 0) / verdicts.length,
        tracks: verdicts.filter(({ top, abstained }) => top === label && !abstained).length,
      }))
      .sort((a, b) => b.share - a.share),
    heard: verdicts.length,
    unsure: verdicts.filter(({ abstained }) => abstained).length,
  };
}

export function plainDistributions(all: readonly StoredRow[]): Distributions {
  const heard = all.filter(isCounted);
  return {
    genre: plainDistribution(heard.map(({ genre }) => genre)),
    mood: plainDistribution(heard.flatMap(({ mood }) => mood ?? [])),
    confidence: Array.from({ length: 10 }, (_, bin) => {
      const inBin = heard.filter(({ genre }) => Math.min(9, Math.floor(genre.confidence * 10)) === bin);
      return {
        named: inBin.filter(({ genre }) => !genre.abstained).length,
        unsure: inBin.filter(({ genre }) => genre.abstained).length,
      };
    }),
  };
}

/** A decision and the verdict on which it was made. */
export interface Judged {
  readonly decision: NonNullable<StoredRow['decision']>;
  /** Null where it was made on another model's verdict, on none, or on one that named nothing. */
  readonly verdict: Pick<Verdict, 'top' | 'confidence'> | null;
}

export function plainReliability(made: readonly Judged[]): Reliability {
  const judged = made.flatMap(({ decision, verdict }) => {
    if (!verdict || (decision.action !== 'skip' && decision.genres.length === 0)) return [];
    if (decision.notMusic) return [{ outcome: 'changed', confidence: verdict.confidence }] as const;
    const graph = builtInGenreGraph();
    const { action, genres } = decision;
    const isAmong = foldsOfOwn(graph, genres).includes(foldLabel(verdict.top));
    const isElse = genres.every((genre) => graph.find(genre) && !graph.isWithin(verdict.top, genre));
    if (action === 'accept' && !isAmong && isElse) return [];
    const outcome = action === 'skip' ? 'skipped' : action === 'accept' || isAmong ? 'kept' : 'changed';
    return [{ outcome, confidence: verdict.confidence }] as const;
  });
  const countOf = (some: typeof judged) => {
    const of = (wanted: string): number => some.filter(({ outcome }) => outcome === wanted).length;
    return { kept: of('kept'), changed: of('changed'), skipped: of('skipped') };
  };
  return {
    bins: Array.from({ length: 10 }, (_, bin) => {
      const inBin = judged.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
      const decided = inBin.filter(({ outcome }) => outcome !== 'skipped');
      const sum = decided.reduce((total, { confidence }) => total + confidence, 0);
      return { ...countOf(inBin), meanConfidence: decided.length === 0 ? null : sum / decided.length };
    }),
    all: countOf(judged),
    sure: { ...countOf(judged.filter(({ confidence }) => confidence >= 0.8)), from: 0.8 },
    leftOut: made.length - judged.length,
  };
}
