import { countStandings, type AcceptRule, type Standing } from '#shared/domain/hands-free/standing';
import type { Stood } from '../hands-free/tag-tracks';
import { trackRecord, type TrackRecord } from '../results/track-record';

/** A label, and how many tracks have it. */
export interface Counted {
  readonly label: string;
  readonly tracks: number;
}

/** What a report says. Its JSON form is this; these names are a promise to scripts. */
export interface Report {
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** `genregram` and its version. */
  readonly madeBy: string;
  /** Absolute; none for the whole library. */
  readonly paths: readonly string[];
  /** What the run went by that the report is of; null where it is of no run. */
  readonly rule: AcceptRule | null;
  readonly tracks: number;
  readonly hours: number;
  readonly standings: Readonly<Record<Standing, number>>;
  /** As decided, else as heard where the model names something; most tracks first. */
  readonly genres: readonly Counted[];
  readonly moods: readonly Counted[];
  /** Tracks that were heard and are music, by the confidence of their genre: bin i holds i/10 up to (i+1)/10. */
  readonly confidence: readonly { readonly named: number; readonly unsure: number }[];
  readonly records: readonly TrackRecord[];
}

interface About {
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly paths: readonly string[];
  readonly rule: AcceptRule | null;
}

export function collectReport(tracks: readonly Stood[], { madeAt, ...about }: About): Report {
  const records = tracks.map(({ row, standing }) => trackRecord(row, standing));
  return {
    ...about,
    madeAt: madeAt.toISOString(),
    tracks: records.length,
    hours: records.reduce((sum, { durationSec }) => sum + (durationSec ?? 0), 0) / 3600,
    standings: countStandings(records.map(({ standing }) => standing)),
    genres: countLabels(records.map((record) => labelsOf(record, 'genre'))),
    moods: countLabels(records.map((record) => labelsOf(record, 'mood'))),
    confidence: binsOf(records),
    records,
  };
}

function labelsOf(record: TrackRecord, task: 'genre' | 'mood'): readonly string[] {
  const { decision, standing } = record;
  if (decision && decision.action !== 'skip') return task === 'genre' ? decision.genres : decision.moods;
  const verdict = record[task];
  return verdict && !verdict.abstained && !record.stale && standing !== 'skipped' ? [titled(verdict.top)] : [];
}

/** Decided genres are as people write them; heard ones are made to look the same. */
const titled = (label: string): string => label.replace(/(^|[\s-])\p{L}/gu, (start) => start.toUpperCase());

function countLabels(lists: readonly (readonly string[])[]): Counted[] {
  const counts = new Map<string, number>();
  for (const label of lists.flatMap((list) => [...new Set(list)])) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, tracks]) => ({ label, tracks }))
    .sort((a, b) => b.tracks - a.tracks || (a.label < b.label ? -1 : 1));
}

function binsOf(records: readonly TrackRecord[]): Report['confidence'] {
  const bins = Array.from({ length: 10 }, () => ({ named: 0, unsure: 0 }));
  for (const { genre, stale } of records) {
    if (!genre || stale || genre.abstainReason === 'not-music') continue;
    const bin = bins[Math.min(9, Math.floor(genre.confidence * 10))];
    if (bin) bin[genre.abstained ? 'unsure' : 'named']++;
  }
  return bins;
}
