import type { TrackRow } from '#shared/contract/schemas';
import type { Verdict, VerdictTask } from '#shared/domain/analysis';

/** The mean histogram of several tracks, each counting the same; votes are the windows of all. Null if none was heard. */
export function averageVerdict(rows: readonly TrackRow[], task: VerdictTask): Verdict | null {
  const verdicts = rows.map((row) => row[task]).filter((verdict) => verdict !== null);
  if (verdicts.length === 0) return null;
  const bars = new Map<string, { share: number; votes: number }>();
  for (const verdict of verdicts)
    for (const { label, share, votes } of verdict.histogram) {
      const bar = bars.get(label) ?? { share: 0, votes: 0 };
      bars.set(label, { share: bar.share + share / verdicts.length, votes: bar.votes + votes });
    }
  const histogram = [...bars].map(([label, bar]) => ({ label, ...bar })).sort((a, b) => b.share - a.share);
  const confidence = verdicts.reduce((sum, verdict) => sum + verdict.confidence, 0) / verdicts.length;
  return { top: histogram[0]?.label ?? '', confidence, abstained: false, abstainReason: null, histogram };
}
