import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import type { Affect, Verdict } from '#shared/domain/analysis';
import type { Standing } from '#shared/domain/hands-free/standing';
import type { Cell } from '../../../core/report/csv';

/** What `export` and reports say of a track. These names are a promise to scripts. */
export interface TrackRecord {
  readonly path: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly year: number | null;
  readonly durationSec: number | null;
  /** What the file's own tags say. */
  readonly ownGenres: readonly string[];
  readonly ownMoods: readonly string[];
  readonly state: TrackRow['state'];
  /** See `STANDINGS`: what a run without a person would do with it. */
  readonly standing: Standing;
  /** What was heard; of `stale` ones by another model than the one chosen now. */
  readonly genre: Verdict | null;
  readonly mood: Verdict | null;
  readonly content: Verdict | null;
  readonly affect: Affect | null;
  readonly stale: boolean;
  readonly quick: boolean;
  /** What was decided, and whether the collector or a rule did. */
  readonly decision: {
    readonly action: 'accept' | 'change' | 'skip';
    readonly by: 'collector' | 'rule';
    readonly genres: readonly string[];
    readonly moods: readonly string[];
    readonly notMusic: boolean;
    /** ISO 8601, UTC; so is the next. */
    readonly at: string;
  } | null;
  readonly analysedAt: string | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function trackRecord(row: TrackRow, standing: Standing): TrackRecord {
  const { path, title, artist, album, year, durationSec, ownGenres, ownMoods, state } = row;
  const { genre, mood, content, affect, stale, quick, decision, failure } = row;
  return {
    ...{ path, title, artist, album, year, durationSec, ownGenres, ownMoods, state, standing },
    ...{ genre, mood, content, affect, stale, quick },
    decision: decision && {
      action: decision.action,
      by: decision.byRule ? 'rule' : 'collector',
      genres: decision.genres,
      moods: decision.moods,
      notMusic: decision.notMusic ?? false,
      at: new Date(decision.decidedAt).toISOString(),
    },
    analysedAt: instant(row.analysedAt),
    failure,
  };
}

type Column = readonly [name: string, cell: (record: TrackRecord) => Cell];

/** The columns of a table of tracks. Shares are `label:0.62`, confidences 0..1. */
const COLUMNS: readonly Column[] = [
  ['path', ({ path }) => path],
  ['title', ({ title }) => title],
  ['artist', ({ artist }) => artist],
  ['album', ({ album }) => album],
  ['year', ({ year }) => year],
  ['duration_sec', ({ durationSec }) => durationSec],
  ['own_genres', ({ ownGenres }) => ownGenres],
  ['own_moods', ({ ownMoods }) => ownMoods],
  ['state', ({ state }) => state],
  ['standing', ({ standing }) => standing],
  ['genre', ({ genre }) => genre?.top ?? null],
  ['genre_confidence', ({ genre }) => confidence(genre)],
  ['genre_named', ({ genre }) => genre && !genre.abstained],
  ['genre_shares', ({ genre }) => shares(genre)],
  ['mood', ({ mood }) => mood?.top ?? null],
  ['mood_confidence', ({ mood }) => confidence(mood)],
  ['mood_named', ({ mood }) => mood && !mood.abstained],
  ['mood_shares', ({ mood }) => shares(mood)],
  ['content', ({ content }) => content?.top ?? null],
  ['valence', ({ affect }) => affect && rounded(affect.valence)],
  ['arousal', ({ affect }) => affect && rounded(affect.arousal)],
  ['stale', ({ stale }) => stale],
  ['quick', ({ quick }) => quick],
  ['decision', ({ decision }) => (decision?.notMusic ? 'not-music' : (decision?.action ?? null))],
  ['decided_by', ({ decision }) => decision?.by ?? null],
  ['decided_genres', ({ decision }) => decision?.genres ?? null],
  ['decided_moods', ({ decision }) => decision?.moods ?? null],
  ['decided_at', ({ decision }) => decision?.at ?? null],
  ['analysed_at', ({ analysedAt }) => analysedAt],
  ['failure', ({ failure }) => failure?.code ?? null],
  ['failure_message', ({ failure }) => failure?.message ?? null],
];

export const COLUMN_NAMES: readonly string[] = COLUMNS.map(([name]) => name);
export const cellsOf = (record: TrackRecord): Cell[] => COLUMNS.map(([, cell]) => cell(record));

const rounded = (value: number): number => Number(value.toFixed(4));
const confidence = (verdict: Verdict | null): number | null => verdict && rounded(verdict.confidence);
const shares = (verdict: Verdict | null): readonly string[] | null =>
  verdict && verdict.histogram.map(({ label, share }) => `${label}:${share.toFixed(4)}`);

/** What was heard in one window of one task. */
export interface WindowRecord {
  readonly startSec: number;
  readonly windowSec: number;
  readonly task: 'genre' | 'mood';
  /** Label -> probability, 0..1 in steps of 1/255, as it is kept. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** Every window of a track's result, in the order of time; none where it was not heard. */
export function windowRecords({ analysis }: TrackDetail): WindowRecord[] {
  if (!analysis) return [];
  const { startsSec, windowSec, perWindow } = analysis;
  return startsSec.flatMap((startSec, window) =>
    (['genre', 'mood'] as const).flatMap((task): WindowRecord[] => {
      const heard = perWindow[task];
      if (!heard) return [];
      const { labels, data } = heard;
      const at = window * labels.length;
      const probabilities = Object.fromEntries(labels.map((label, i) => [label, rounded((data[at + i] ?? 0) / 255)]));
      return [{ startSec, windowSec, task, probabilities }];
    }),
  );
}
