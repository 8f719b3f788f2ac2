import type { EvaluatedTrack, JudgedModel } from '#shared/contract/evaluation';
import { wilsonInterval } from '#shared/domain/statistics';
import { reliabilityBins } from '../../core/evaluation/reliability';
import type { JudgedTrack } from '../../core/evaluation/judged-tracks';
import type { VerdictReport } from '../../core/evaluation/tasks';

/** Points of a curve that a screen can tell apart. */
const MOST_POINTS = 400;

/** A report as a window shows it. */
export function summaryOf(
  { model, name }: { readonly model: string; readonly name: string },
  report: VerdictReport,
  tracks: readonly JudgedTrack[],
): JudgedModel {
  const { n, accuracy, named, namedRight, top2, macroF1, ece, confusion, perClass, riskCoverage, skipped, unknown } =
    report;
  const right = tracks.filter(({ isRight }) => isRight).length;
  return {
    ...{ model, name, n, right, accuracy, named, namedRight, top2, macroF1, ece, unknown },
    interval: wilsonInterval(right, n),
    labels: confusion.labels,
    matrix: confusion.matrix,
    perClass: confusion.labels.flatMap((label) => {
      const figures = perClass[label];
      return figures ? [{ label, ...figures }] : [];
    }),
    bins: reliabilityBins(tracks),
    riskCoverage: thinned(riskCoverage),
    strangers: skipped,
  };
}

/** Evenly spaced points of a curve, its last among them. */
const thinned = <T>(curve: readonly T[]): readonly T[] =>
  curve.length <= MOST_POINTS
    ? curve
    : Array.from({ length: MOST_POINTS }, (_, i) => curve[Math.ceil(((i + 1) * curve.length) / MOST_POINTS) - 1]!);

/** What a track list is put together from: of each model by path. */
export interface TrackParts {
  readonly judged: readonly ReadonlyMap<string, JudgedTrack>[];
  readonly tags: (path: string) => { readonly title: string | null; readonly artist: string | null };
  readonly durationSec: (path: string) => number | null;
}

/** The tracks that any model was judged by, in the order of `paths`. @param ids as many as there are paths, at least */
export function trackList(paths: readonly string[], ids: readonly number[], parts: TrackParts): EvaluatedTrack[] {
  return paths.flatMap((path, i) => {
    const verdicts = parts.judged.map((judged) => {
      const track = judged.get(path);
      if (!track) return null;
      const { heard, confidence, abstained, isRight } = track;
      return { heard, confidence, abstained, isRight };
    });
    const label = parts.judged.find((judged) => judged.has(path))?.get(path)?.label;
    if (label === undefined) return [];
    return [{ id: ids[i]!, path, ...parts.tags(path), durationSec: parts.durationSec(path), label, verdicts }];
  });
}
